import { inspect } from 'node:util';
import { newClient, SigV4Error } from '../../src/sigv4';
import type { ClientConfig, RequestToSign } from '../../src/sigv4';
import { configOf, CREDENTIALS, TOKEN } from '../support/sigV4Harness';

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
