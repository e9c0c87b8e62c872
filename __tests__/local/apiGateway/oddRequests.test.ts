/** Requests that no client sends, as bytes: each gets an answer that says 4xx, and the gateway goes on. */
import { rawRequest, sendRaw, statusesOf } from '../../support/rawHttp';
import { call, start } from '../../support/apiGatewayHarness';

const HOST = 'Host: 127.0.0.1';
const get = (path: string) => rawRequest(`GET ${path}`, [HOST, 'Connection: close']);

test.each<[string, string]>([
  ['TRACE', rawRequest('TRACE /dev/notes', [HOST])],
  ['CONNECT', rawRequest('CONNECT 127.0.0.1:443', [HOST])],
  ['a method that HTTP does not know', rawRequest('FOO /dev/notes', [HOST])],
  ['a method of WebDAV', rawRequest('PROPFIND /dev/notes', [HOST, 'Connection: close'])],
  ['a method in lower case', rawRequest('get /dev/notes', [HOST])],
  ['a host with a user part', rawRequest('GET /dev/notes', ['Host: user@127.0.0.1'])],
  ['a host with a password', rawRequest('GET /dev/notes', ['Host: user:secret@127.0.0.1'])],
  ['a host with a path', rawRequest('GET /dev/notes', ['Host: 127.0.0.1/x'])],
  ['an empty host', rawRequest('GET /dev/notes', ['Host:'])],
  ['two hosts', rawRequest('GET /dev/notes', [HOST, 'Host: localhost'])],
  ['no host', rawRequest('GET /dev/notes', [])],
  ['a port that is none', rawRequest('GET /dev/notes', ['Host: 127.0.0.1:99999'])],
  ['a target with a user part', rawRequest('GET http://user@127.0.0.1/dev/notes', [HOST])],
  ['a target of another scheme', rawRequest('GET ftp://127.0.0.1/dev/notes', [HOST])],
  ['the target *', rawRequest('OPTIONS *', [HOST])],
  ['a percent sign alone', get('/dev/%')],
  ['a percent escape of no digits', get('/dev/%zz')],
  ['an escape of half a character', get('/dev/%ff%c3')],
  ['an escaped null', get('/dev/%00')],
  ['bytes that are no ASCII', get('/dev/\xff\xfe')],
  ['a fragment', get('/dev/notes#x')],
  ['a query of bad escapes', get('/dev/notes?a=%&%zz=%f')],
  ['dots out of the root', get('/dev/../../../etc')],
  ['a header of 20 kB', rawRequest('GET /dev/notes', [HOST, `X-Long: ${'x'.repeat(20_000)}`])],
  ['2,000 headers', rawRequest('GET /dev/notes', [HOST, 'Connection: close', ...Array<string>(2000).fill('X-A: b')])],
  ['a header without a name', rawRequest('GET /dev/notes', [HOST, ': x'])],
  ['a header with a space in its name', rawRequest('GET /dev/notes', [HOST, 'X A: b'])],
  ['a header over two lines', rawRequest('GET /dev/notes', [HOST, 'X-A: b', ' c'])],
  ['a null in a header', rawRequest('GET /dev/notes', [HOST, 'X-A: b\0c'])],
  ['a length that is none', rawRequest('POST /dev/notes', [HOST, 'Content-Length: x'])],
  ['a length below zero', rawRequest('POST /dev/notes', [HOST, 'Content-Length: -1'])],
  ['two lengths', rawRequest('POST /dev/notes', [HOST, 'Content-Length: 1', 'Content-Length: 2'], 'ab')],
  ['an unknown coding', rawRequest('POST /dev/notes', [HOST, 'Transfer-Encoding: gzip'], 'ab')],
  ['a chunk that is none', rawRequest('POST /dev/notes', [HOST, 'Transfer-Encoding: chunked'], 'zz\r\n')],
  ['an expectation that nobody meets', rawRequest('GET /dev/notes', [HOST, 'Expect: x', 'Connection: close'])],
  [
    'an authorization that is none',
    rawRequest('GET /dev/notes', [HOST, 'Authorization: AWS4-HMAC-SHA256 ,,=,', 'Connection: close']),
  ],
  ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'],
  ['a version to come', 'GET /dev/notes HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n'],
])('%s', async (_, bytes) => {
  const { gateway, credentials } = await start({ handler: () => new Response('hello') });
  const statuses = statusesOf(await sendRaw(gateway.port, bytes));
  expect(statuses).toHaveLength(1);
  expect(statuses[0]).toBeGreaterThanOrEqual(400);
  expect(statuses[0]).toBeLessThan(500);
  expect((await call(gateway, credentials, '/notes')).status).toBe(200);
});
