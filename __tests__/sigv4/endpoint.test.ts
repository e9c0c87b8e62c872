import { newClient } from '../../src/sigv4';
import { parseEndpoint } from '../../src/sigv4/endpoint';
import { configOf, headerOf, useRecorder } from '../support/sigV4Harness';
import { errorOf } from '../support/sigV4Refusal';

const recorder = useRecorder();
const { call } = recorder;

test("the host has a port where it is not the scheme's own", async () => {
  const headersFor = (endpoint: string) =>
    newClient(configOf({ endpoint, region: 'eu-west-1' })).signRequest({}).headers;
  expect(headerOf(await call({}), 'host')).toMatch(/^127\.0\.0\.1:\d+$/);
  const standard = headersFor('https://api.example.com:443');
  expect(standard).toEqual(headersFor('https://api.example.com'));
  const other = headersFor('https://api.example.com:8443');
  expect(other.Authorization).not.toBe(standard.Authorization);
});

test('the parts are as they were given, the host as it is sent', () => {
  expect(parseEndpoint('HTTPS://API.example.com:443/Dev/')).toMatchObject({
    origin: 'HTTPS://API.example.com:443',
    path: '/Dev/',
    host: 'api.example.com',
  });
});

test('a host beyond ASCII is that of the URL standard, whatever its case', () => {
  // The example of UTS 46, which in capitals would be another host, fass.de.
  for (const endpoint of ['https://faß.de', 'https://FAß.DE']) {
    expect(parseEndpoint(endpoint).host).toBe('xn--fa-hia.de');
  }
});

test('reading another endpoint in between changes nothing', () => {
  const [one, other] = ['https://one.example.com/a', 'https://other.example.com'];
  const parts = [one, other, one].map((endpoint) => ({ ...parseEndpoint(endpoint) }));
  expect(parts.map(({ host, path }) => host + path)).toEqual([
    'one.example.com/a',
    'other.example.com',
    'one.example.com/a',
  ]);
});

test('the last endpoint is not read again', () => {
  const endpoint = 'https://again.example.com/dev';
  const read = parseEndpoint(endpoint);
  expect(parseEndpoint(endpoint)).toBe(read);
});

test.each([
  'view-source:https://example.com',
  ' https://example.com',
  'https://example.com ',
  'https://example.com/a?',
  'https://example.com\\a',
  'httpss://example.com',
  'wsss://example.com',
])('%j is none', (endpoint) => {
  expect(errorOf(() => parseEndpoint(endpoint))).toMatchObject({ code: 'InvalidEndpoint', option: 'endpoint' });
});

test.each([
  ['http://a', 'http://a', ''],
  ['WSS://a.example/', 'WSS://a.example', '/'],
  ['ws://[::1]:80/b/c', 'ws://[::1]:80', '/b/c'],
])('%s is one', (endpoint, origin, path) => {
  expect(parseEndpoint(endpoint)).toMatchObject({ origin, path });
});
