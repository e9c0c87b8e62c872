import { CredentialStore } from '../../../src/local/credentials';
import { startIdentityPool } from '../../../src/local/identityPool';
import type { LocalIdentityPool } from '../../../src/local/identityPool';
import { CLIENT_ID, ISSUER, PROVIDER, call, createIssuer, idClaims } from '../../support/identityPoolHarness';

// The texts of the refusals are those that Cognito gives, as people quote them in public issue threads.
const NOW = new Date(Date.UTC(2024, 5, 1, 12));
const DONT_MATCH = "Logins don't match. Please include at least one valid login for this identity or identity pool.";
const ID_PATTERN = 'Member must satisfy regular expression pattern: [\\w-]+:[0-9a-f-]+';

let keys: Awaited<ReturnType<typeof createIssuer>>;
let pool: LocalIdentityPool;
let strict: LocalIdentityPool;
const failures: unknown[] = [];

beforeAll(async () => {
  keys = await createIssuer('key-1');
  const options = {
    store: new CredentialStore({ now: () => NOW }),
    userPool: { issuer: ISSUER, clientId: CLIENT_ID, jwks: keys.jwks },
    now: () => NOW,
    onError: (error: unknown) => void failures.push(error),
  };
  strict = await startIdentityPool(options);
  pool = await startIdentityPool({ ...options, allowGuests: true });
});
afterAll(() => Promise.all([pool.stop(), strict.stop()]));
afterEach(() => {
  expect(failures).toEqual([]);
});

const good = (sub = 'user-1') => keys.sign(idClaims(NOW, { sub }));

describe('an identity', () => {
  const nowhere = 'us-east-1:00000000-0000-4000-8000-000000000000';

  async function identityOf(sub: string): Promise<string> {
    const Logins = { [PROVIDER]: await good(sub) };
    return (await call(pool.url, 'GetId', { IdentityPoolId: pool.identityPoolId, Logins })).body.IdentityId;
  }

  describe.each(['GetCredentialsForIdentity', 'GetOpenIdToken'])('in %s', (operation) => {
    test("is not opened by another user's token", async () => {
      const IdentityId = await identityOf('user-1');
      const { status, body } = await call(pool.url, operation, {
        IdentityId,
        Logins: { [PROVIDER]: await good('user-2') },
      });
      expect(status).toBe(400);
      expect(body).toEqual({ __type: 'NotAuthorizedException', message: DONT_MATCH });
    });

    test('of a user is not opened without a login, even where guests are allowed', async () => {
      const IdentityId = await identityOf('user-1');
      for (const input of [{ IdentityId }, { IdentityId, Logins: {} }, { IdentityId, Logins: null }]) {
        const { body } = await call(pool.url, operation, input);
        const message = `Access to Identity '${IdentityId}' is forbidden.`;
        expect(body).toEqual({ __type: 'NotAuthorizedException', message });
      }
    });

    test('that does not exist is not found, with and without a login', async () => {
      const expected = { __type: 'ResourceNotFoundException', message: `Identity '${nowhere}' not found.` };
      expect((await call(pool.url, operation, { IdentityId: nowhere })).body).toEqual(expected);
      const Logins = { [PROVIDER]: await good() };
      expect((await call(pool.url, operation, { IdentityId: nowhere, Logins })).body).toEqual(expected);
    });
  });

  test('is not given to a guest where guests are not allowed', async () => {
    for (const input of [{}, { Logins: {} }, { Logins: null }]) {
      const { body } = await call(strict.url, 'GetId', { IdentityPoolId: strict.identityPoolId, ...input });
      const message = 'Unauthenticated access is not supported for this identity pool.';
      expect(body).toEqual({ __type: 'NotAuthorizedException', message });
    }
  });

  test('is not given by another pool', async () => {
    const { body } = await call(pool.url, 'GetId', { IdentityPoolId: nowhere });
    const message = `IdentityPool '${nowhere}' not found.`;
    expect(body).toEqual({ __type: 'ResourceNotFoundException', message });
  });
});

describe('malformed input', () => {
  const detected = (subject: string, constraint: string) =>
    `1 validation error detected: ${subject} failed to satisfy constraint: ${constraint}`;
  const long = `us-east-1:${'a'.repeat(60)}`;
  const id = 'us-east-1:00000000-0000-4000-8000-000000000000';
  const lengths = (max: number) =>
    `[Member must have length less than or equal to ${max}, Member must have length greater than or equal to 1]`;

  test.each<[string, string, unknown, string, string]>([
    [
      'no pool id',
      'GetId',
      {},
      'ValidationException',
      detected("Value null at 'identityPoolId'", 'Member must not be null'),
    ],
    [
      'a null pool id',
      'GetId',
      { IdentityPoolId: null },
      'ValidationException',
      detected("Value null at 'identityPoolId'", 'Member must not be null'),
    ],
    [
      'a user pool id',
      'GetId',
      { IdentityPoolId: 'us-east-1_abc' },
      'ValidationException',
      detected("Value 'us-east-1_abc' at 'identityPoolId'", ID_PATTERN),
    ],
    [
      'a pool id in capitals',
      'GetId',
      { IdentityPoolId: 'us-east-1:ABC' },
      'ValidationException',
      detected("Value 'us-east-1:ABC' at 'identityPoolId'", ID_PATTERN),
    ],
    [
      'a pool id with a line break',
      'GetId',
      { IdentityPoolId: 'us-east-1:a\n' },
      'ValidationException',
      detected("Value 'us-east-1:a\n' at 'identityPoolId'", ID_PATTERN),
    ],
    [
      'a pool id with é',
      'GetId',
      { IdentityPoolId: 'é:a\u{1F600}' },
      'ValidationException',
      detected("Value 'é:a\u{1F600}' at 'identityPoolId'", ID_PATTERN),
    ],
    [
      'an empty pool id',
      'GetId',
      { IdentityPoolId: '' },
      'ValidationException',
      detected("Value '' at 'identityPoolId'", 'Member must have length greater than or equal to 1'),
    ],
    [
      'a long pool id',
      'GetId',
      { IdentityPoolId: long },
      'ValidationException',
      detected(`Value '${long}' at 'identityPoolId'`, 'Member must have length less than or equal to 55'),
    ],
    [
      'a numeric pool id',
      'GetId',
      { IdentityPoolId: 5 },
      'SerializationException',
      'NUMBER_VALUE can not be converted to a String',
    ],
    [
      'a pool id true',
      'GetId',
      { IdentityPoolId: true },
      'SerializationException',
      'TRUE_VALUE can not be converted to a String',
    ],
    [
      'an object as pool id',
      'GetId',
      { IdentityPoolId: {} },
      'SerializationException',
      'Start of structure or map found where not expected.',
    ],
    [
      'no identity id',
      'GetCredentialsForIdentity',
      {},
      'ValidationException',
      detected("Value null at 'identityId'", 'Member must not be null'),
    ],
    [
      'a malformed identity id',
      'GetOpenIdToken',
      { IdentityId: 'x' },
      'ValidationException',
      detected("Value 'x' at 'identityId'", ID_PATTERN),
    ],
    [
      'logins that are a list',
      'GetOpenIdToken',
      { IdentityId: id, Logins: [] },
      'SerializationException',
      'Expected Logins to be a map of strings.',
    ],
    [
      'logins that are text',
      'GetOpenIdToken',
      { IdentityId: id, Logins: 'a' },
      'SerializationException',
      'Expected Logins to be a map of strings.',
    ],
    [
      'a token that is a number',
      'GetOpenIdToken',
      { IdentityId: id, Logins: { a: 1 } },
      'SerializationException',
      'NUMBER_VALUE can not be converted to a String',
    ],
    [
      'an empty token',
      'GetOpenIdToken',
      { IdentityId: id, Logins: { a: '' } },
      'ValidationException',
      detected("Value at 'logins'", `Map value must satisfy constraint: ${lengths(50000)}`),
    ],
    [
      'a token of 50,001',
      'GetOpenIdToken',
      { IdentityId: id, Logins: { a: 'a'.repeat(50001) } },
      'ValidationException',
      detected("Value at 'logins'", `Map value must satisfy constraint: ${lengths(50000)}`),
    ],
    [
      'a provider of 129',
      'GetOpenIdToken',
      { IdentityId: id, Logins: { ['a'.repeat(129)]: 'a' } },
      'ValidationException',
      detected("Value at 'logins'", `Map key must satisfy constraint: ${lengths(128)}`),
    ],
    [
      'eleven logins',
      'GetOpenIdToken',
      { IdentityId: id, Logins: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`p${i}`, 'a'])) },
      'ValidationException',
      detected("Value at 'logins'", 'Member must have length less than or equal to 10'),
    ],
    [
      'truncated JSON',
      'GetId',
      '{"IdentityPoolId":"us-e',
      'SerializationException',
      'Could not parse request body into json.',
    ],
    ['an empty body', 'GetId', '', 'SerializationException', 'Could not parse request body into json.'],
    ['a list as body', 'GetId', '[]', 'SerializationException', 'Expected the request body to be an object.'],
    ['null as body', 'GetId', 'null', 'SerializationException', 'Expected the request body to be an object.'],
  ])('%s', async (_name, operation, input, __type, message) => {
    const { status, body } = await call(pool.url, operation, input);
    expect({ status, body }).toEqual({ status: 400, body: { __type, message } });
  });

  test.each([
    'AWSCognitoIdentityService.ListIdentities',
    'AWSCognitoIdentityService.getid',
    'AWSCognitoIdentityService.',
    'AWSCognitoIdentityService.constructor',
    'AWSCognitoIdentityService.__proto__',
    'AWSCognitoIdentityProviderService.GetId',
    'XXXCognitoIdentityService.GetId',
    'GetId',
    '',
  ])("x-amz-target '%s' is an unknown operation", async (target) => {
    const { status, body } = await call(pool.url, '', {}, { headers: { 'x-amz-target': target } });
    expect(status).toBe(400);
    expect(body).toEqual({
      __type: 'UnknownOperationException',
      message:
        `POST with x-amz-target '${target}': expected POST with 'AWSCognitoIdentityService.' ` +
        'and one of GetId, GetCredentialsForIdentity, GetOpenIdToken, GetOpenIdTokenForDeveloperIdentity.',
    });
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s is an unknown operation', async (method) => {
    const response = await fetch(pool.url, { method, headers: { 'x-amz-target': 'AWSCognitoIdentityService.GetId' } });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });

  test('a POST without x-amz-target is an unknown operation', async () => {
    const response = await fetch(pool.url, { method: 'POST', body: '{}' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });
});

test('a failure of the pool itself is told to onError and not to the client', async () => {
  const told: unknown[] = [];
  const broken = new Error('the secret of the store');
  const failing = await startIdentityPool({
    store: Object.assign(new CredentialStore(), {
      issue: () => {
        throw broken;
      },
    }),
    userPool: { issuer: ISSUER, clientId: CLIENT_ID, jwks: keys.jwks },
    allowGuests: true,
    now: () => NOW,
    onError: (error) => void told.push(error),
  });
  try {
    const { IdentityId } = (await call(failing.url, 'GetId', { IdentityPoolId: failing.identityPoolId })).body;
    const { status, body } = await call(failing.url, 'GetCredentialsForIdentity', { IdentityId });
    expect(status).toBe(500);
    expect(body).toEqual({ __type: 'InternalErrorException', message: 'The local server failed on this request.' });
    expect(told).toEqual([broken]);
  } finally {
    await failing.stop();
  }
});
