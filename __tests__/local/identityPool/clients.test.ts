import { request } from 'node:http';
import {
  CognitoIdentityClient,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  GetOpenIdTokenCommand,
  ListIdentityPoolsCommand,
} from '@aws-sdk/client-cognito-identity';
import AWS from 'aws-sdk/global.js';
import { decodeJwt } from 'jose';
import { CredentialStore } from '../../../src/local/credentials';
import { startIdentityPool } from '../../../src/local/identityPool';
import type { LocalIdentityPool } from '../../../src/local/identityPool';
import { CLIENT_ID, ISSUER, PROVIDER, REGION, call, createIssuer, idClaims } from '../../support/identityPoolHarness';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';

let keys: Awaited<ReturnType<typeof createIssuer>>;
let pool: LocalIdentityPool;
let store: CredentialStore;

beforeAll(async () => {
  keys = await createIssuer('key-1');
});
beforeEach(async () => {
  store = new CredentialStore();
  pool = await startIdentityPool({
    store,
    userPool: { issuer: ISSUER, clientId: CLIENT_ID, jwks: keys.jwks },
    allowGuests: true,
  });
});
afterEach(() => pool.stop());

const idToken = (sub: string, changes: object = {}) => keys.sign(idClaims(new Date(), { sub, ...changes }));

describe('aws-sdk v2 CognitoIdentityCredentials', () => {
  function credentialsFor(token: string, IdentityId?: string): AWS.CognitoIdentityCredentials {
    const params = {
      IdentityPoolId: pool.identityPoolId,
      Logins: { [pool.userPoolProvider]: token },
      ...(IdentityId === undefined ? {} : { IdentityId }),
    };
    // Its types do not know of `endpoint`, which it takes.
    const clientConfig = Object.assign(new AWS.Config(), { region: REGION, endpoint: pool.url, maxRetries: 0 });
    return new AWS.CognitoIdentityCredentials(params, clientConfig);
  }

  test('gets credentials with two calls, and keeps them until they expire', async () => {
    const credentials = credentialsFor(await idToken('user-1'));
    await credentials.getPromise();
    await credentials.getPromise();
    expect(pool.calls).toMatchObject({ GetId: 1, GetCredentialsForIdentity: 1, GetOpenIdToken: 0 });
    expect(store.find(credentials.accessKeyId)).toEqual({
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey,
      sessionToken: credentials.sessionToken,
      expiration: credentials.expireTime,
      identityId: credentials.identityId,
      authenticated: true,
      username: 'user@example.com',
      identityPoolId: pool.identityPoolId,
      amr: expect.arrayContaining(['authenticated']) as string[],
      login: {
        provider: expect.stringContaining('cognito-idp.') as string,
        sub: 'user-1',
        userPoolId: expect.any(String) as string,
        groups: [],
      },
    });
  });

  test('renews them when asked, for the same identity', async () => {
    const credentials = credentialsFor(await idToken('user-1'));
    await credentials.getPromise();
    const { accessKeyId, identityId } = credentials;
    await credentials.refreshPromise();
    expect(credentials.accessKeyId).not.toBe(accessKeyId);
    expect(credentials.identityId).toBe(identityId);
  });

  test("is refused with another user's identity, by the name it clears its cache on", async () => {
    const first = credentialsFor(await idToken('user-1'));
    await first.getPromise();
    await expect(credentialsFor(await idToken('user-2'), first.identityId).getPromise()).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: "Logins don't match. Please include at least one valid login for this identity or identity pool.",
    });
  });

  test('is refused with an expired token', async () => {
    const exp = Math.floor(Date.now() / 1000) - 10;
    await expect(credentialsFor(await idToken('user-1', { exp })).getPromise()).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: expect.stringMatching(new RegExp(`^Invalid login token\\. Token expired: \\d+ >= ${exp}$`)) as string,
      statusCode: 400,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });
});

describe('@aws-sdk/client-cognito-identity', () => {
  let client: CognitoIdentityClient;
  beforeEach(() => {
    client = new CognitoIdentityClient({
      region: REGION,
      endpoint: pool.url,
      credentials: { accessKeyId: 'unused', secretAccessKey: 'unused' },
      maxAttempts: 1,
    });
  });
  afterEach(() => {
    client.destroy();
  });

  test('gets an id, credentials and an OpenID token', async () => {
    const Logins = { [PROVIDER]: await idToken('user-1') };
    const { IdentityId } = await client.send(new GetIdCommand({ IdentityPoolId: pool.identityPoolId, Logins }));
    const { Credentials } = await client.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins }));
    expect(store.find(Credentials!.AccessKeyId!)).toMatchObject({
      secretAccessKey: Credentials!.SecretKey,
      sessionToken: Credentials!.SessionToken,
      expiration: Credentials!.Expiration,
      identityId: IdentityId,
    });
    const { Token } = await client.send(new GetOpenIdTokenCommand({ IdentityId, Logins }));
    expect(decodeJwt(Token!)).toMatchObject({ sub: IdentityId, aud: pool.identityPoolId });
  });

  test('takes a guest', async () => {
    const { IdentityId } = await client.send(new GetIdCommand({ IdentityPoolId: pool.identityPoolId }));
    const { Credentials } = await client.send(new GetCredentialsForIdentityCommand({ IdentityId }));
    expect(store.find(Credentials!.AccessKeyId!)?.authenticated).toBe(false);
  });

  test('sees the names and texts of refusals', async () => {
    const IdentityPoolId = 'us-east-1:00000000-0000-4000-8000-000000000000';
    await expect(client.send(new GetIdCommand({ IdentityPoolId }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `IdentityPool '${IdentityPoolId}' not found.`,
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
    });
    await expect(client.send(new ListIdentityPoolsCommand({ MaxResults: 1 }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
  });
});

describe('connections', () => {
  test('close ends them, also idle ones that a client keeps alive', async () => {
    await call(pool.url, 'GetId', { IdentityPoolId: pool.identityPoolId });
    await pool.stop();
    await expect(call(pool.url, 'GetId', {})).rejects.toThrow('fetch failed');
  });

  test('a client that hangs up in the middle of its request does no harm', async () => {
    await new Promise<void>((resolve) => {
      const cut = request(pool.url, { method: 'POST', headers: { 'content-length': '1000' } });
      cut.on('error', () => undefined).on('close', resolve);
      cut.write('{"IdentityPoolId":', () => cut.destroy());
    });
    const { status } = await call(pool.url, 'GetId', { IdentityPoolId: pool.identityPoolId });
    expect(status).toBe(200);
  });
});
