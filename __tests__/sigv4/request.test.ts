import { readRequest } from '../../src/sigv4';
import { errorOf, expectBothRefuse, expectRefusal, presign, sign } from '../support/sigV4Refusal';
import type { Refusal } from '../support/sigV4Refusal';

test.each<Refusal>([
  ['an empty method', { method: '' }, 'InvalidMethod', 'method', /empty|""/],
  ['a method with a space', { method: 'GET /' }, 'InvalidMethod', 'method', /GET \//],
  ['a number as method', { method: 1 }, 'InvalidMethod', 'method', /1/],
  ['null as method', { method: null }, 'InvalidMethod', 'method', /null/i],
  ['CR/LF in payloadHash', { payloadHash: 'abc\r\nx: 1' }, 'InvalidOption', 'payloadHash', /9 characters/],
  ['an empty payloadHash', { payloadHash: '' }, 'InvalidOption', 'payloadHash', / 0 characters/],
  ['a number as payloadHash', { payloadHash: 5 }, 'InvalidOption', 'payloadHash', /5/],
])('%s is refused', (...row) => {
  expectBothRefuse(row);
});

test.each([undefined, null, 'text', 5])('%j in place of the request is refused', (request) => {
  expectRefusal(() => sign(request), 'InvalidOption', 'request', /./);
});

test.each([
  ['querParams', 'queryParams'],
  ['header', 'headers'],
  ['Path', 'path'],
  ['data', 'body'],
  ['url', 'path'],
  ['params', 'queryParams'],
  ['query', 'queryParams'],
])('an unknown option is refused, with the nearest that is known: %s, %s', (given, nearest) => {
  expectBothRefuse(['', { [given]: 'a' }, 'InvalidOption', given, /^a string of 1 characters$/]);
  expect(errorOf(() => sign({ [given]: 'a' })).message).toContain(`a known option, such as ${nearest},`);
});

test('but not where it is undefined', () => {
  expect(presign({ body: undefined, querParams: undefined })).toBe(presign({}));
});

test('expiresIn is unknown to signRequest', () => {
  expectRefusal(() => sign({ expiresIn: 60 }), 'InvalidOption', 'expiresIn', /^60$/);
});

test('is read as it goes out', () => {
  const destination = { origin: 'https://api.example.com', basePath: '/dev', isS3: false };
  const request = { method: 'post', path: '/a b?c=d', queryParams: { e: [1, 2] }, headers: { 'X-A': 'b' } };
  expect(readRequest(destination, request)).toEqual({
    method: 'POST',
    path: '/dev/a%20b',
    query: [
      ['c', 'd'],
      ['e', '1'],
      ['e', '2'],
    ],
    headers: { names: new Map([['x-a', 'X-A']]), sent: { 'X-A': 'b' } },
  });
});
