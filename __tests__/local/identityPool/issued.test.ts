/** What a pool issues: identities, credentials and OpenID tokens. */
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import type { LocalIdentityPool } from '../../../src/local/identityPool';
import { PROVIDER, REGION, call, seconds } from '../../support/identityPoolHarness';
import { NOW, clock, getId, google, login, setClock, start, store } from '../../support/identityPools';

const IDENTITY = /^us-east-1:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('identities', () => {
  test('one user has one id, two users have two', async () => {
    const pool = await start();
    const first = await getId(pool, await login('user-1'));
    expect(first).toMatch(IDENTITY);
    setClock(new Date(NOW.getTime() + 60_000));
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
      identityPoolId: pool.identityPoolId,
      amr: ['authenticated', PROVIDER, `${PROVIDER}:CognitoSignIn:user-1`],
      login: { provider: PROVIDER, sub: 'user-1', userPoolId: 'us-east-1_Local1234', groups: [] },
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
