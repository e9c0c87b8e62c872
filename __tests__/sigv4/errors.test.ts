import { inspect } from 'node:util';
import { newClient, SigV4Error } from '../../src/sigv4';
import type { ClientConfig, RequestToSign } from '../../src/sigv4';
import { helpUrl, isErrorNamed, SigV4ClientError } from '../../src/sigv4/errors';
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

describe('errors of this library are known by a mark that all of its copies share', () => {
  const error = new SigV4Error('InvalidPath', 'path', 'a path', 7);

  test('which nothing prints', () => {
    expect(Object.getOwnPropertyDescriptor(error, Symbol.for('sigv4-client.error'))).toMatchObject({
      value: true,
      enumerable: false,
    });
  });

  test.each<[string, unknown, readonly string[] | undefined, boolean]>([
    ['one of any name', error, undefined, true],
    ['one of these names', error, ['AuthError', 'SigV4Error'], true],
    ['one of another name', error, ['AuthError'], false],
    ['one that an app has derived', new (class AppError extends SigV4ClientError {})('A', 'b'), undefined, true],
    ['one of the same name', Object.assign(new Error('a'), { name: 'SigV4Error' }), ['SigV4Error'], false],
    ['no error', undefined, undefined, false],
    ['a mark that says no', { [Symbol.for('sigv4-client.error')]: 'true' }, undefined, false],
    ['a mark without a name', { [Symbol.for('sigv4-client.error')]: true }, ['SigV4Error'], false],
  ])('isErrorNamed: %s', (_name, value, names, expected) => {
    expect(isErrorNamed(value, names)).toBe(expected);
  });
});

test('an error has its class’s name, its code’s page and what was caught, which is not printed with it', () => {
  const cause = new TypeError('a');
  const error = new SigV4Error('InvalidBody', 'body', 'JSON', {}, cause);
  expect(error).toMatchObject({ name: 'SigV4Error', code: 'InvalidBody', option: 'body', cause });
  expect(error.helpUrl).toBe(helpUrl('InvalidBody'));
  expect(new URL(error.helpUrl).pathname).toBe('/e/InvalidBody');
  expect(Object.keys(error)).not.toContain('cause');
  expect(new SigV4ClientError('A', 'b')).toMatchObject({ name: 'SigV4ClientError', code: 'A', message: 'b' });
  expect(new SigV4ClientError('A', 'b')).not.toHaveProperty('cause');
});
