/** HTTP messages off the wire. */
import { readPasted } from '../../src/pasted';
import { readOne } from '../support/pastedHarness';

const text = (...lines: string[]) => lines.join('\n');
const body = '{"message":"Forbidden"}';
const answer = ['HTTP/1.1 403 Forbidden', 'x-amzn-errortype: ForbiddenException', '', body];
const read = { kind: 'http', status: 403, headers: ['x-amzn-errortype: ForbiddenException'], body, signed: undefined };

it.each<[string, string]>([
  ['as it is', text(...answer)],
  ['with the line breaks of the wire', answer.join('\r\n')],
  ['behind a redirect', text('HTTP/1.1 307 Temporary Redirect', 'location: /x', '', ...answer)],
  ['without the empty line', text(...answer.slice(0, 2), body)],
  ['in chunks', text(...answer.slice(0, 3), '17', body, '0', '')],
  ['of HTTP/2', text('HTTP/2 403', ...answer.slice(1))],
])('an answer %s', (_, pasted) => {
  expect(readOne(pasted)).toEqual(read);
});

it('an answer without a body', () => {
  expect(readOne('HTTP/1.1 403 Forbidden')).toEqual({ ...read, headers: [], body: '' });
});

describe('a request, and its answer', () => {
  const head = ['POST /dev/notes?a=1 HTTP/1.1', 'Host: abc123.example.com', 'X-Amz-Date: 20240501T120000Z'];
  const signed = {
    url: 'https://abc123.example.com/dev/notes?a=1',
    method: 'POST',
    headers: ['Host: abc123.example.com', 'X-Amz-Date: 20240501T120000Z'],
  };

  it.each<[string, string[], object]>([
    ['without a body', ['', ...answer], {}],
    ['with one', ['', '{"a":1}', '', ...answer], { body: '{"a":1}' }],
  ])('%s', (_, rest, more) => {
    expect(readOne(text(...head, ...rest))).toEqual({ ...read, signed: { ...signed, ...more } });
  });

  it.each([
    [7, '{"a":1}', '{"a":1}'],
    [8, '{"a":1}\n', '{"a":1}'],
    [8, {}, '{"a":1'],
    [0, undefined, ''],
  ])('a body of %d bytes', (length, expected, shown) => {
    const pasted = text(...head, `Content-Length: ${length}`, '', shown, '', ...answer);
    expect(readOne(pasted).signed?.body).toEqual(expected);
  });

  it('the answer’s body alone', () => {
    expect(readOne(text(...head, '', body))).toMatchObject({ kind: 'http', status: 403, body, signed });
  });

  it('pseudo headers in place of the first line', () => {
    const pseudo = [':authority: abc123.example.com', ':method: POST', ':path: /dev/notes?a=1', ':scheme: https'];
    const pasted = text(...pseudo, 'x-amz-date: 20240501T120000Z', '', ...answer);
    expect(readOne(pasted).signed).toEqual({ ...signed, headers: ['x-amz-date: 20240501T120000Z'] });
  });

  it('a request alone is not enough', () => {
    expect(() => readPasted(text(...head, ''))).toThrow(
      'text: expected the answer behind the request, got a string of',
    );
  });
});

it('an answer that refuses nothing is none', () => {
  expect(() => readPasted('HTTP/1.1 200 OK\n\n[]')).toThrow('text: expected a HAR, a curl -v log, an HTTP answer,');
});
