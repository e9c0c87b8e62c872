import { createLocalJWKSet, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { CredentialStore } from '../../../src/local/credentials';
import { startIdentityPool } from '../../../src/local/identityPool';
import type { IdentityPoolOptions, IdentityProvider, LocalIdentityPool } from '../../../src/local/identityPool';
import {
  CLIENT_ID,
  ISSUER,
  PROVIDER,
  REGION,
  call,
  createIssuer,
  idClaims,
  seconds,
} from '../../support/identityPoolHarness';

const NOW = new Date(Date.UTC(2024, 5, 1, 12));
const IDENTITY = /^us-east-1:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let keys: Awaited<ReturnType<typeof createIssuer>>;
let google: Awaited<ReturnType<typeof createIssuer>>;
let clock = NOW;
const running: LocalIdentityPool[] = [];
const store = new CredentialStore({ now: () => clock });

async function start(options: Partial<IdentityPoolOptions> = {}): Promise<LocalIdentityPool> {
  const userPool = { issuer: ISSUER, clientId: CLIENT_ID, jwks: keys.jwks };
  const pool = await startIdentityPool({ store, userPool, now: () => clock, ...options });
  running.push(pool);
  return pool;
}

const login = async (sub = 'user-1', name = 'user@example.com') => ({
  [PROVIDER]: await keys.sign(idClaims(clock, { sub, 'cognito:username': name })),
});

async function getId(pool: LocalIdentityPool, logins: Record<string, string> = {}): Promise<string> {
  const { body } = await call(pool.url, 'GetId', { IdentityPoolId: pool.identityPoolId, Logins: logins });
  return body.IdentityId;
}

beforeAll(async () => {
  keys = await createIssuer('key-1');
  google = await createIssuer('google-1', 'ES256');
});
beforeEach(() => {
  clock = NOW;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((pool) => pool.stop()));
});

describe('the wire', () => {
  test('answers carry a request id, the content type and the date of the clock', async () => {
    const pool = await start();
    const { status, headers } = await call(pool.url, 'GetId', {
      IdentityPoolId: pool.identityPoolId,
      Logins: await login(),
    });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('date')).toBe('Sat, 01 Jun 2024 12:00:00 GMT');
  });

  test('a refusal names its error in the headers as well', async () => {
    const pool = await start();
    const { headers } = await call(pool.url, 'GetId', { IdentityPoolId: pool.identityPoolId });
    expect(headers.get('x-amzn-errortype')).toBe('NotAuthorizedException:');
    expect(headers.get('x-amzn-errormessage')).toBe('Unauthenticated access is not supported for this identity pool.');
  });

  test('answers the preflight of a browser, and lets it read the answer', async () => {
    const pool = await start();
    const asked = 'content-type,x-amz-content-sha256,x-amz-target,x-amz-user-agent';
    const preflight = await fetch(pool.url, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:5173',
        'access-control-request-method': 'POST',
        'access-control-request-headers': asked,
      },
    });
    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get('access-control-allow-origin')).toMatch(/^(\*|http:\/\/localhost:5173)$/);
    const allowed = preflight.headers.get('access-control-allow-headers')?.split(/\s*,\s*/);
    expect(allowed).toEqual(expect.arrayContaining(asked.split(',')));
    for (const input of [{ IdentityPoolId: pool.identityPoolId }, '{']) {
      const refused = await call(pool.url, 'GetId', input, { headers: { origin: 'http://localhost:5173' } });
      expect(refused.headers.get('access-control-allow-origin')).toMatch(/^(\*|http:\/\/localhost:5173)$/);
      expect(refused.headers.get('access-control-expose-headers')).toMatch(/x-amzn-errortype/i);
    }
  });
});

describe('identities', () => {
  test('one user has one id, two users have two', async () => {
    const pool = await start();
    const first = await getId(pool, await login('user-1'));
    expect(first).toMatch(IDENTITY);
    clock = new Date(NOW.getTime() + 60_000);
    expect(await getId(pool, await login('user-1'))).toBe(first);
    expect(await getId(pool, await login('user-2'))).not.toBe(first);
  });

  test('the id outlives a restart, and credentials are given for it at once', async () => {
    const before = await start();
    const identityId = await getId(before, await login());
    await before.stop();
    const after = await start();
    expect(after.identityPoolId).toBe(before.identityPoolId);
    const { body } = await call(after.url, 'GetCredentialsForIdentity', {
      IdentityId: identityId,
      Logins: await login(),
    });
    expect(body.IdentityId).toBe(identityId);
  });

  test('another pool gives the same user another id', async () => {
    const a = await start();
    const b = await start({ identityPoolId: `${REGION}:11111111-2222-4333-8444-555555555555` });
    expect(await getId(a, await login())).not.toBe(await getId(b, await login()));
  });

  test('guests get an identity of their own each, where they are allowed', async () => {
    const pool = await start({ allowGuests: true });
    const guest = await getId(pool);
    expect(guest).toMatch(IDENTITY);
    expect(await getId(pool)).not.toBe(guest);
    const { body } = await call(pool.url, 'GetCredentialsForIdentity', { IdentityId: guest });
    expect(store.find(body.Credentials.AccessKeyId)).toMatchObject({ identityId: guest, authenticated: false });
  });

  test('a guest who logs in goes over to the identity of the login, and the guest identity ends', async () => {
    const pool = await start({ allowGuests: true });
    const guest = await getId(pool);
    const { body } = await call(pool.url, 'GetCredentialsForIdentity', { IdentityId: guest, Logins: await login() });
    expect(body.IdentityId).toBe(await getId(pool, await login()));
    const again = await call(pool.url, 'GetCredentialsForIdentity', { IdentityId: guest });
    expect(again.body).toEqual({ __type: 'ResourceNotFoundException', message: `Identity '${guest}' not found.` });
  });

  test('with several logins, each of them opens the identity that exists', async () => {
    const pool = await start({ providers: { 'accounts.google.com': { audience: 'app', jwks: google.jwks } } });
    const token = await google.sign({
      iss: 'https://accounts.google.com',
      aud: 'app',
      sub: '1',
      exp: seconds(clock) + 60,
    });
    const identityId = await getId(pool, await login());
    expect(await getId(pool, { 'accounts.google.com': token, ...(await login()) })).toBe(identityId);
  });
});

describe('credentials', () => {
  test('are in the store, belong to the user, and end when they say', async () => {
    const pool = await start({ credentialsLifetimeSeconds: 2 });
    const identityId = await getId(pool, await login());
    const { body } = await call(pool.url, 'GetCredentialsForIdentity', {
      IdentityId: identityId,
      Logins: await login(),
    });
    const { AccessKeyId, SecretKey, SessionToken, Expiration } = body.Credentials;
    expect(Expiration - clock.getTime() / 1000).toBe(2);
    expect(store.find(AccessKeyId)).toEqual({
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretKey,
      sessionToken: SessionToken,
      expiration: new Date(clock.getTime() + 2000),
      identityId,
      authenticated: true,
      username: 'user@example.com',
    });
  });

  test('last an hour where nothing else is said', async () => {
    const pool = await start();
    const IdentityId = await getId(pool, await login());
    const { body } = await call(pool.url, 'GetCredentialsForIdentity', { IdentityId, Logins: await login() });
    expect(body.Credentials.Expiration - clock.getTime() / 1000).toBe(3600);
  });
});

describe('further providers', () => {
  test.each(['https://accounts.google.com', 'accounts.google.com'])('takes tokens issued by %s', async (iss) => {
    const pool = await start({
      providers: { 'accounts.google.com': { audience: ['web', 'phone'], jwks: google.jwks } },
    });
    const token = await google.sign({ iss, aud: ['other', 'phone'], sub: '1', exp: seconds(clock) + 60 });
    const logins = { 'accounts.google.com': token };
    const identityId = await getId(pool, logins);
    expect(identityId).toMatch(IDENTITY);
    const { body } = await call(pool.url, 'GetCredentialsForIdentity', { IdentityId: identityId, Logins: logins });
    const issued = store.find(body.Credentials.AccessKeyId);
    expect(issued).toMatchObject({ identityId, authenticated: true });
    expect(issued).not.toHaveProperty('username');
  });

  test('an issuer of its own can be given', async () => {
    const pool = await start({
      providers: { 'login.example.com': { issuer: 'https://login.example.com/v2', audience: 'a', jwks: google.jwks } },
    });
    const token = await google.sign({
      iss: 'https://login.example.com/v2',
      aud: 'a',
      sub: '1',
      exp: seconds(clock) + 9,
    });
    expect(await getId(pool, { 'login.example.com': token })).toMatch(IDENTITY);
  });
});

describe('GetOpenIdToken', () => {
  async function openIdClaims(pool: LocalIdentityPool, input: object) {
    const { body } = await call(pool.url, 'GetOpenIdToken', input);
    const keySet = createLocalJWKSet((await pool.jwks()) as JSONWebKeySet);
    const { payload, protectedHeader } = await jwtVerify(body.Token, keySet, { currentDate: clock });
    expect(protectedHeader.alg).toBe('RS512');
    return payload;
  }

  test('gives a token of the pool for the identity, valid for ten minutes', async () => {
    const pool = await start();
    const identityId = await getId(pool, await login('user-1'));
    expect(await openIdClaims(pool, { IdentityId: identityId, Logins: await login('user-1') })).toEqual({
      iss: 'https://cognito-identity.amazonaws.com',
      aud: pool.identityPoolId,
      sub: identityId,
      amr: ['authenticated', PROVIDER, `${PROVIDER}:CognitoSignIn:user-1`],
      iat: seconds(clock),
      exp: seconds(clock) + 600,
    });
  });

  test('says of a guest that it is one', async () => {
    const pool = await start({ allowGuests: true });
    const guest = await getId(pool);
    expect(await openIdClaims(pool, { IdentityId: guest })).toMatchObject({ sub: guest, amr: ['unauthenticated'] });
  });
});

test('calls counts each operation, refused ones too', async () => {
  const pool = await start();
  expect(pool.calls).toMatchObject({ GetId: 0, GetCredentialsForIdentity: 0, GetOpenIdToken: 0 });
  await getId(pool, await login());
  await getId(pool);
  await call(pool.url, 'GetOpenIdToken', {});
  expect(pool.calls).toMatchObject({ GetId: 2, GetCredentialsForIdentity: 0, GetOpenIdToken: 1 });
});

describe('options', () => {
  const jwks = () => ({ keys: [] });
  test.each<[string, Partial<IdentityPoolOptions>, string]>([
    [
      'a lifetime of 0',
      { credentialsLifetimeSeconds: 0 },
      'credentialsLifetimeSeconds: expected seconds above 0, got 0',
    ],
    ['a user pool id as the pool id', { identityPoolId: 'us-east-1_abc' }, 'identityPoolId: expected REGION:UUID'],
    [
      'an issuer without a pool id',
      { userPool: { issuer: 'http://x/', clientId: 'a', jwks } },
      'userPool.issuer: expected a URL that ends in /REGION_ID',
    ],
    [
      'a provider without an audience',
      { providers: { p: { audience: [], jwks } } },
      "providers['p'].audience: expected",
    ],
    [
      'an unknown option of a provider',
      { providers: { p: { audience: 'a', jwks, audiences: [] } as IdentityProvider } },
      "providers['p'].audiences: expected a known option, such as providers['p'].audience, got Array",
    ],
    [
      'an unknown option',
      { guests: true } as object,
      'guests: expected a known option, such as allowGuests, got Boolean',
    ],
    ['a port that is none', { port: 65_536 }, 'port: expected a whole number from 0 to 65535, got 65536'],
    ['the user pool twice', { providers: { [PROVIDER]: { audience: 'a', jwks } } }, `providers['${PROVIDER}']`],
  ])('refuses %s', async (_name, options, message) => {
    await expect(start(options)).rejects.toMatchObject({
      name: 'LocalAwsError',
      code: 'InvalidOption',
      message: expect.stringContaining(message) as string,
    });
  });

  test.each([
    [{ userPoolId: 'local_1', region: 'eu-west-1' }, 'cognito-idp.eu-west-1.amazonaws.com/local_1'],
    [{ userPoolId: 'cn-north-1_1' }, 'cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_1'],
    [{ userPoolId: 'eusc-de-east-1_1' }, 'cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_1'],
    [{}, PROVIDER],
  ])('a user pool %p is the provider %s', async (ids, provider) => {
    const pool = await start({ userPool: { issuer: ISSUER, clientId: CLIENT_ID, jwks, ...ids } });
    expect(pool.userPoolProvider).toBe(provider);
  });
});
