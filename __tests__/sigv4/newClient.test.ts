import { inspect } from 'node:util';
import fc from 'fast-check';
import sigV4Client, { newClient } from '../../src/sigv4';
import { anyRequest } from '../support/sigV4Arbitraries';
import { API, configOf, TOKEN } from '../support/sigV4Harness';

test('the default export', () => {
  expect(sigV4Client.newClient).toBe(newClient);
});

test('endpoint, pathComponent, region and serviceName are readable', () => {
  const { endpoint, pathComponent, region, serviceName } = newClient(configOf());
  expect(endpoint + pathComponent).toBe(API);
  expect({ pathComponent, region, serviceName }).toEqual({
    pathComponent: '/dev',
    region: 'eu-west-1',
    serviceName: 'execute-api',
  });
});

test('null stands for what is not given, blanks for no media type', () => {
  const config = configOf({ defaultAcceptType: '  ', defaultContentType: ' ' });
  const request = { method: 'POST', body: 'x', date: null, headers: null, queryParams: null };
  const { headers } = newClient(config).signRequest(request as never);
  expect(headers).toMatchObject({ Accept: 'application/json', 'Content-Type': 'application/json' });
});

/** Frozen all the way down; typed arrays cannot be, and are compared instead. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

describe('inputs are never changed', () => {
  test('frozen options and requests', () => {
    const client = newClient(deepFreeze(configOf({ sessionToken: TOKEN })));
    const headers = { 'X-A': ' b ', Authorization: 'mine', host: 'mine' };
    const queryParams = { b: ['2', '1'], a: undefined };
    const request = deepFreeze({ method: 'post', path: '/a?b=3', headers, queryParams });
    const withBody = deepFreeze({ ...request, body: { a: [1, { b: 2 }] } });
    expect(client.signRequest(withBody)).toEqual(client.signRequest(withBody));
    expect(client.presignUrl(request)).toBe(client.presignUrl(request));
  });

  test('Headers, URLSearchParams and bytes', () => {
    const [headers, queryParams] = [new Headers({ 'X-A': 'b' }), new URLSearchParams('b=2&a=1')];
    const body = new Uint8Array([3, 2, 1]);
    const { headers: sent } = newClient(configOf()).signRequest({ method: 'PUT', headers, queryParams, body });
    expect([[...headers], queryParams.toString(), [...body]]).toEqual([[['x-a', 'b']], 'b=2&a=1', [3, 2, 1]]);
    expect(sent).not.toBe(headers);
  });

  test('random requests', () => {
    const client = newClient(configOf());
    fc.assert(
      fc.property(anyRequest, (request) => {
        const before = inspect(request, { depth: 9 });
        client.signRequest(deepFreeze(request));
        expect(inspect(request, { depth: 9 })).toBe(before);
      }),
    );
  });

  test('a change to the options after newClient changes nothing', () => {
    const config = configOf();
    const client = newClient(config);
    const before = client.signRequest({});
    Object.assign(config, { secretKey: 'other', region: 'us-west-2', endpoint: 'https://example.com' });
    expect(client.signRequest({})).toEqual(before);
  });

  test('a change to what signRequest returned changes no later request', () => {
    const client = newClient(configOf());
    const first = client.signRequest({});
    first.headers.Accept = 'changed';
    expect(client.signRequest({}).headers.Accept).toBe('application/json');
  });
});
