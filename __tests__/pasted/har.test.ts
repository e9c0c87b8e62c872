/** HTTP archives in the format of HAR 1.2. */
import { readPasted } from '../../src/pasted';
import { flat, readOne } from '../support/pastedHarness';

const url = 'https://abc123.execute-api.us-east-1.amazonaws.com/dev/notes';
const authorization =
  'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20240501/us-east-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date, Signature=00';
const message = '{"message":"Forbidden"}';

const header = (name: string, value: string) => ({ name, value });
const signing = [header('Authorization', authorization), header('X-Amz-Date', '20240501T120000Z')];

/** An entry as the specification has it. */
function entry(request: object = {}, response: object = {}) {
  return {
    startedDateTime: '2024-05-01T12:00:00.000Z',
    time: 50,
    request: { method: 'GET', url, httpVersion: 'HTTP/1.1', headers: signing, cookies: [], queryString: [], headersSize: -1, bodySize: 0, ...request }, // prettier-ignore
    response: {
      status: 403,
      statusText: 'Forbidden',
      headers: [header('x-amzn-errortype', 'ForbiddenException')],
      content: { size: message.length, mimeType: 'application/json', text: message },
      ...response,
    },
    cache: {},
    timings: { send: 1, wait: 48, receive: 1 },
  };
}
const har = (...entries: unknown[]) =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries } });

it('has the answer and the request', () => {
  expect(readOne(har(entry()))).toEqual({
    kind: 'har',
    status: 403,
    headers: ['x-amzn-errortype: ForbiddenException'],
    body: message,
    signed: { url, method: 'GET', headers: [`Authorization: ${authorization}`, 'X-Amz-Date: 20240501T120000Z'] },
  });
});

it('a body in base64 is decoded, in UTF-8', () => {
  const text = Buffer.from('{"message":"Füße"}').toString('base64');
  expect(readOne(har(entry({}, { content: { text, encoding: 'base64' } }))).body).toBe('{"message":"Füße"}');
  expect(readOne(har(entry({}, { content: { text: '%', encoding: 'base64' } }))).body).toBe('');
});

it('pseudo headers of HTTP/2 are no headers, and leave the URL as it is', () => {
  const pseudo = [
    header(':authority', 'abc123.execute-api.us-east-1.amazonaws.com'),
    header(':method', 'GET'),
    header(':path', '/dev/notes'),
    header(':scheme', 'https'),
  ];
  const { signed } = readOne(har(entry({ headers: [...pseudo, ...signing], httpVersion: 'h2' })));
  expect(signed).toMatchObject({ url, headers: [expect.stringMatching(/^Auth/), expect.stringMatching(/^X-Amz/)] });
});

it('the URL is taken where the pseudo headers do not name the host', () => {
  expect(readOne(har(entry({ headers: [header(':path', '/dev/notes'), ...signing] }))).signed?.url).toBe(url);
});

describe('of several entries', () => {
  it('each refused and signed one is read, in order', () => {
    const unsigned = { headers: [header('accept', '*/*')] };
    const presigned = `${url}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00`;
    const read = readPasted(
      har(
        entry({}, { status: 200 }),
        entry(unsigned, { headers: [] }), // of something else
        entry({ method: 'PUT' }, { status: 400 }),
        entry({ ...unsigned, url: presigned }, { headers: [] }),
        entry({ method: 'DELETE' }, { status: 502 }),
        entry({ method: 'OPTIONS', headers: [header('Access-Control-Request-Method', 'GET')] }),
      ),
    );
    expect(read.map(flat).map(({ signed, ...rest }) => [signed?.method, 'status' in rest && rest.status])).toEqual([
      ['PUT', 400],
      ['GET', 403],
      ['DELETE', 502],
    ]);
  });

  it('one whose Authorization was left out of the export counts as signed', () => {
    expect(readOne(har(entry({ headers: [header('x-amz-date', '20240501T120000Z')] }))).status).toBe(403);
    expect(readOne(har(entry({ headers: [] }))).status).toBe(403); // AWS's answer says so
  });
});

it.each([0, -1])('status %d is a request whose answer the browser hid', (status) => {
  expect(readOne(har(entry({}, { status, headers: [], content: {} })))).toMatchObject({
    kind: 'har',
    error: 'TypeError: Failed to fetch',
    signed: { url },
  });
});

describe('the body that was sent', () => {
  const bodyOf = (request: object) => readOne(har(entry({ method: 'POST', ...request }))).signed?.body;

  it.each<[string, object, unknown]>([
    ['is there', { postData: { mimeType: 'application/json', text: '{"a":1}' }, bodySize: 7 }, '{"a":1}'],
    ['is none', { bodySize: 0 }, undefined],
    ['is not shown', { bodySize: 7 }, {}],
    ['is not shown, by its header', { headers: [...signing, header('content-length', '7')] }, {}],
    ['was shortened', { headers: [...signing, header('content-length', '7')], postData: { text: '{"a"' } }, {}],
    ['is a form, as parameters alone', { postData: { params: [header('a', '1')] }, bodySize: 3 }, {}],
  ])('%s', (_, request, body) => {
    expect(bodyOf(request)).toEqual(body);
  });
});

it('says what it looks for where nothing was refused', () => {
  expect(() => readPasted(har(entry({}, { status: 200 })))).toThrow(
    'text: expected a HAR with a signed request that was refused (4xx, 5xx) or blocked, got a string of',
  );
});

it.each<[string, unknown]>([
  ['entries of all sorts', [null, 1, 'x', [], {}]],
  ['no request', [{ response: { status: 403 } }]],
  ['a status that is no number', [entry({}, { status: '403' })]],
  ['a URL that is no text', [entry({ url: { toString: 1 } })]],
])('%s are no refusal', (_, entries) => {
  expect(() => readPasted(JSON.stringify({ log: { entries } }))).toThrow('a HAR with a signed request');
});

it('headers of all sorts are left out', () => {
  const headers = [null, 1, {}, { name: 'a' }, { name: 1, value: 'x' }, ...signing];
  expect(readOne(har(entry({ headers }))).signed?.headers).toHaveLength(2);
  expect(readOne(har(entry({ headers: 'x' }, { headers: [header('x-amzn-errortype', 'x')] }))).signed?.headers).toEqual(
    [],
  );
});
