import { inspect } from 'node:util';
import fc from 'fast-check';
import { newClient, SigV4Error } from '../src/sigv4';
import type { ClientConfig, RequestToSign } from '../src/sigv4';
import { anyRequest } from './sigV4Arbitraries';
import { configOf, CREDENTIALS, TOKEN } from './sigV4Harness';

const secrets = { secretKey: CREDENTIALS.secretKey, sessionToken: TOKEN };

/** All that a log could show of a value. */
const shown = (value: unknown): string =>
  [inspect(value, { depth: 9, showHidden: true }), JSON.stringify(value), String(value)].join('\n');

function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('no secret is shown', () => {
  test('by the client', () => {
    const client = newClient(configOf(secrets));
    client.signRequest({});
    for (const secret of Object.values(secrets)) expect(shown(client)).not.toContain(secret);
    expect(Object.keys(client)).not.toContain('secretKey');
  });

  test.each<[string, Partial<Record<keyof ClientConfig, unknown>>]>([
    ['a secretKey with a line break', { secretKey: CREDENTIALS.secretKey + '\n' }],
    ['a secretKey in bytes', { secretKey: new TextEncoder().encode(CREDENTIALS.secretKey) }],
    ['a secretKey in an object', { secretKey: { value: CREDENTIALS.secretKey } }],
    ['a secretKey in an array', { secretKey: [CREDENTIALS.secretKey] }],
    ['a sessionToken with a space', { sessionToken: `${TOKEN} ${CREDENTIALS.secretKey}` }],
    ['the secretKey for the accessKey', { accessKey: `${CREDENTIALS.secretKey} ` }],
    ['the sessionToken for a content type', { defaultContentType: `${TOKEN}\n;` }],
    ['the whole configuration as region', { region: { ...secrets } }],
    ['the whole configuration as endpoint', { endpoint: { ...secrets } }],
    ['the whole configuration as serviceName', { serviceName: [secrets] }],
    ['the secretKey in the endpoint', { endpoint: `https://id:${CREDENTIALS.secretKey}@example.com` }],
  ])('by the error for %s', (_name, changes) => {
    const error = thrownBy(() => newClient(configOf({ ...secrets, ...changes } as Partial<ClientConfig>)));
    expect(error).toBeInstanceOf(SigV4Error);
    for (const secret of [...Object.values(secrets), ...CREDENTIALS.secretKey.split('/')]) {
      expect(shown(error)).not.toContain(secret);
    }
  });

  test.each(['secretKey', 'sessionToken'])('by the error for a number as %s', (option) => {
    const error = thrownBy(() => newClient(configOf({ [option]: 8675309 })));
    expect(error).toBeInstanceOf(SigV4Error);
    expect(shown(error)).not.toContain('8675309');
  });

  test.each<[string, RequestToSign]>([
    ['a token in a header', { headers: { Cookie: `session=${TOKEN}\n;` } }],
    ['a token in a path', { path: `https://example.com/?token=${TOKEN}` }],
    ['a token in the query', { queryParams: { token: { value: TOKEN } } as never }],
    ['a token in the body', { method: 'POST', body: { token: TOKEN, big: 1n } }],
  ])('by the error for %s', (_name, request) => {
    const error = thrownBy(() => newClient(configOf()).signRequest(request));
    expect(error).toBeInstanceOf(SigV4Error);
    expect(shown(error)).not.toContain(TOKEN);
  });
});

/** Frozen all the way down; typed arrays cannot be, and are compared instead. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

describe('inputs are never changed', () => {
  test('frozen options and requests', () => {
    const client = newClient(deepFreeze(configOf(secrets)));
    const headers = { 'X-A': ' b ', Authorization: 'mine', host: 'mine' };
    const queryParams = { b: ['2', '1'], a: undefined };
    const request = deepFreeze({ method: 'post', path: '/a?b=3', headers, queryParams, body: { a: [1, { b: 2 }] } });
    expect(client.signRequest(request)).toEqual(client.signRequest(request));
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
