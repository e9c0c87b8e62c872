import {
  configOf,
  CREDENTIALS,
  headerOf,
  nodeSha256,
  readAuthorization,
  TOKEN,
  useRecorder,
} from '../support/sigV4Harness';
import { newClient } from '../../src/sigv4';
import type { ClientConfig, RequestToSign } from '../../src/sigv4';
import { errorOf } from '../support/sigV4Refusal';

const recorder = useRecorder();
const { call } = recorder;

const sign = (request: RequestToSign, config?: Partial<ClientConfig>) =>
  newClient(configOf(config)).signRequest(request);

test('the session token is signed, or added after signing', async () => {
  const signed = await call({ path: '/notes' }, { sessionToken: TOKEN });
  expect(headerOf(signed, 'x-amz-security-token')).toBe(TOKEN);
  expect(readAuthorization(headerOf(signed, 'authorization')).signedHeaders).toContain('x-amz-security-token');
  const unsigned = await call({ path: '/notes' }, { sessionToken: TOKEN, signSessionToken: false });
  expect(headerOf(unsigned, 'x-amz-security-token')).toBe(TOKEN);
  expect(readAuthorization(headerOf(unsigned, 'authorization')).signedHeaders).not.toContain('x-amz-security-token');
});

describe('the headers of a request', () => {
  test('sorted by lower-case name', async () => {
    const wire = await call({ headers: { 'x-b': '2', 'X-C': '3', 'X-a': '1' } });
    const { signedHeaders } = readAuthorization(headerOf(wire, 'authorization'));
    expect(signedHeaders).toEqual(['accept', 'host', 'x-a', 'x-amz-date', 'x-b', 'x-c']);
  });

  test('trimmed, inner space folded', async () => {
    const wire = await call({ headers: { 'x-wide': '  a   b\t\tc \t' } });
    expect(headerOf(wire, 'x-wide')).toBe('a   b\t\tc'); // folded where it is signed, not where it is sent
  });

  test.each(['content-type', 'CONTENT-TYPE', 'Content-type'])('nothing sent twice for %s', async (name) => {
    const wire = await call({ method: 'POST', body: 'a,b', headers: { [name]: 'text/csv', ACCEPT: 'text/plain' } });
    const sent = wire.headers.filter(([header]) => /^(content-type|accept)$/i.test(header));
    expect(sent.map(([, value]) => value).sort()).toEqual(['text/csv', 'text/plain']);
  });
});

test("the user's Authorization or Host is neither signed nor sent", async () => {
  const headers = {
    authorization: 'Bearer abc',
    HOST: 'elsewhere.example.com',
    'X-Amz-Date': '20010101T000000Z',
    'X-AMZ-Security-Token': 'other',
  };
  const wire = await call({ headers }, { sessionToken: TOKEN });
  expect(headerOf(wire, 'host')).toBe(recorder.url().slice('http://'.length));
  expect(headerOf(wire, 'x-amz-date')).toBe('20150830T123600Z');
  expect(headerOf(wire, 'x-amz-security-token')).toBe(TOKEN);
  const names = wire.headers.map(([name]) => name.toLowerCase());
  expect(names.filter((name) => name === 'authorization' || name.startsWith('x-amz-'))).toHaveLength(3);
});

test('signBody sends and signs the payload hash', async () => {
  const wire = await call({ method: 'POST', body: 'text' }, { signBody: true });
  expect(headerOf(wire, 'x-amz-content-sha256')).toBe(nodeSha256('text'));
  expect(readAuthorization(headerOf(wire, 'authorization')).signedHeaders).toContain('x-amz-content-sha256');
});

test.each(['GET', 'HEAD', 'get', 'head'])('no body on %s', async (method) => {
  const wire = await call({ method, body: { a: 1 } });
  expect(wire.body).toHaveLength(0);
  expect(wire.method).toBe(method.toUpperCase());
});

test.each(['GET', 'DELETE', 'POST'])('a Content-Type without a body is sent unsigned: %s', async (method) => {
  const plain = await call({ method });
  expect(headerOf(plain, 'content-type')).toBe('application/json');
  const given = await call({ method, headers: { 'content-type': 'text/plain' } });
  expect(headerOf(given, 'content-type')).toBe('text/plain');
  for (const wire of [plain, given]) {
    expect(readAuthorization(headerOf(wire, 'authorization')).signedHeaders).not.toContain('content-type');
  }
});

test('the headers, their names, case and order', () => {
  const { headers } = sign({ method: 'POST', body: {} }, { sessionToken: TOKEN });
  const names = ['Content-Type', 'Accept', 'x-amz-date', 'Authorization', 'x-amz-security-token'];
  expect(Object.keys(headers)).toEqual(names);
  expect(headers.Authorization).toContain(`Credential=${CREDENTIALS.accessKey}/20150830/eu-west-1/execute-api/aws4_`);
});

test('a payload hash that would break out of its header is refused', () => {
  const request = { method: 'POST', body: 'x', payloadHash: 'abc\r\nx-evil: 1' };
  const error = errorOf(() => newClient(configOf({ signBody: true })).signRequest(request));
  expect(error).toMatchObject({ code: 'InvalidOption', option: 'payloadHash' });
});
