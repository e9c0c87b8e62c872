/** A function that the platform lacks is told as it is: neither the network nor an endpoint is to blame for it. */
import { createAccount } from '../../../src/cognito/index.js';
import { cognitoIdentityCredentials, createApig } from '../../../src/apig/index';
import { isMissingFunction } from '../../../src/cognito/shared/missingFunction';
import { rejection } from '../../support/signedFetchHarness';

const cognito = {
  USER_POOL_ID: 'us-east-1_AbCdEfGhI',
  APP_CLIENT_ID: '1h57kf5cpq17m0eml12EXAMPLE',
  IDENTITY_POOL_ID: 'us-east-1:01234567-89ab-cdef-0123-456789abcdef',
  USER_POOL_ENDPOINT: 'http://127.0.0.1:9',
};
const apiGateway = { REGION: 'us-east-1', URL: 'http://127.0.0.1:9/dev' };

test.each([
  ['V8', new TypeError('URL.canParse is not a function')],
  ['V8', new TypeError('AbortSignal.timeout is not a function')],
  ['V8', new TypeError('fetch is not a function')],
  ['V8', new TypeError('TextEncoder is not a constructor')],
  ['V8', new ReferenceError('Buffer is not defined')],
  ['JavaScriptCore', new TypeError("undefined is not a function (near 'URL.canParse')")],
  ['JavaScriptCore', new ReferenceError("Can't find variable: Buffer")],
  ['Hermes', new ReferenceError("Property 'Buffer' doesn't exist")],
])('%s: %s comes through, and is not tried again', async (_engine, error) => {
  expect(isMissingFunction(error)).toBe(true);
  const fetch = jest.fn(() => Promise.reject(error));
  const apig = createApig({ cognito, apiGateway }, { fetch });
  expect(await rejection(createAccount(apig).signUp('user@example.com', 'Passw0rd!'))).toBe(error);
  const provider = cognitoIdentityCredentials({ identityPoolId: cognito.IDENTITY_POOL_ID, fetch });
  expect(await rejection(provider())).toBe(error);
  expect(fetch).toHaveBeenCalledTimes(2);
});

test.each([
  ['Chrome', new TypeError('Failed to fetch')],
  ['Firefox', new TypeError('NetworkError when attempting to fetch resource.')],
  ['Safari', new TypeError('Load failed')],
  ['Node', new TypeError('fetch failed')],
  ['React Native', new TypeError('Network request failed')],
])('%s: %s is no answer', async (_platform, error) => {
  expect(isMissingFunction(error)).toBe(false);
  const apig = createApig({ cognito, apiGateway }, { fetch: () => Promise.reject(error) });
  expect(await rejection(createAccount(apig).signUp('user@example.com', 'Passw0rd!'))).toMatchObject({
    code: 'Unreachable',
  });
});

test.each([undefined, null, 'not a function', {}, new Error('x is not a function')])('%p is none', (thrown) => {
  expect(isMissingFunction(thrown)).toBe(false);
});

describe('on a platform that has only what every platform has', () => {
  const late = [
    [URL, 'canParse'],
    [AbortSignal, 'timeout'],
    [AbortSignal, 'any'],
    [AbortSignal.prototype, 'throwIfAborted'],
  ] as const;
  const saved = late.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));
  beforeEach(() => {
    for (const [owner, name] of late) Reflect.deleteProperty(owner, name);
  });
  afterEach(() => {
    late.forEach(([owner, name], i) => saved[i] && Object.defineProperty(owner, name, saved[i]));
  });

  test('the configuration is checked, and the pool is called', async () => {
    const fetch = jest.fn(() =>
      Promise.resolve(Response.json({ UserSub: 'a-sub', UserConfirmed: true, CodeDeliveryDetails: {} })),
    );
    const apig = createApig({ cognito, apiGateway }, { fetch });
    await expect(createAccount(apig).signUp('user@example.com', 'Passw0rd!')).resolves.toMatchObject({
      userConfirmed: true,
    });
  });

  test('a service that does not answer is given up on', async () => {
    const fetch: typeof globalThis.fetch = () => new Promise(() => undefined);
    const identityPoolId = cognito.IDENTITY_POOL_ID;
    const provider = cognitoIdentityCredentials({ identityPoolId, fetch, timeout: 1 });
    expect(await rejection(provider())).toMatchObject({ code: 'Unreachable' });
  });

  test('without a URL at all, that is what is said', () => {
    const { URL } = globalThis;
    Reflect.deleteProperty(globalThis, 'URL');
    try {
      expect(() => createApig({ cognito, apiGateway })).toThrow('URL is not defined');
    } finally {
      globalThis.URL = URL;
    }
  });
});
