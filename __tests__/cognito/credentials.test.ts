import AWS from 'aws-sdk/global.js';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createApig as createApigWithAwsSdk } from '../../src/apig/invokeApig';
import { cognitoIdentityCredentials, createApig } from '../../src/apig/index';
import type { Apig } from '../../src/apig/index';
import { keepCredentials } from '../../src/cognito/credentials';
import { memoryStorage } from '../../src/cognito/storage';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { answer, closeAll, startServer } from '../signedFetchHarness';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.
jest.setTimeout(60_000);

const username = 'user@example.com';
const password = 'Passw0rd!';
const google = 'accounts.google.com';
let aws: LocalAws;
let closed: LocalAws;
let googleToken: string;

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }];
  googleToken = await new SignJWT({ sub: '1234567890' })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setIssuer(google)
    .setAudience('the-app')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
  const users = [{ username, password }];
  const handler = (_request: Request, caller: { identityId: string }) =>
    Response.json({ identityId: caller.identityId });
  const providers = { [google]: { audience: 'the-app', jwks: () => ({ keys }) } };
  aws = await startLocalAws({
    userPool: { users },
    apiGateway: { handler },
    identityPool: { allowGuests: true, providers },
  });
  closed = await startLocalAws({ userPool: { users } });
});
afterAll(() => Promise.all([aws.stop(), closed.stop(), closeAll()]));

const caller = async (apig: Apig) => (await apig.invokeApig<{ identityId: string }>({ path: '/who' })).identityId;
const identityId = expect.stringMatching(/^us-east-1:[0-9a-f-]{36}$/) as string;

describe.each([
  ['aws-sdk', createApigWithAwsSdk],
  ['without an SDK', createApig],
])('%s', (_name, create) => {
  test('temporary credentials in the shape of AWS SDK v3', async () => {
    const apig = create(aws.config);
    const user = await apig.login(username, password);
    const credentials = await apig.getAwsCredentials(await apig.getUserToken(user));
    expect(credentials).toEqual({
      accessKeyId: expect.stringMatching(/^ASIA/) as string,
      secretAccessKey: expect.any(String) as string,
      sessionToken: expect.any(String) as string,
      expiration: expect.any(Date) as Date,
      identityId,
    });
    expect(await caller(apig)).toBe(credentials.identityId);
  });

  test('guests, until someone logs in, and again after the logout', async () => {
    const apig = create(aws.config, { guests: true });
    const guest = await caller(apig);
    expect(guest).toEqual(identityId);
    expect(await caller(apig)).toBe(guest);
    await apig.login(username, password);
    const user = await caller(apig);
    expect(user).not.toBe(guest);
    await apig.logout();
    expect(await caller(apig)).not.toBe(user);
  });

  test('guests where the identity pool lets none in', async () => {
    await expect(caller(create(closed.config, { guests: true }))).rejects.toMatchObject({
      code: 'IdentityPoolRefused',
      message: expect.stringContaining('guest access') as string,
    });
  });

  test.each([
    ['a token', () => googleToken],
    ['a function', () => () => Promise.resolve(googleToken)],
  ])('another identity provider, by %s, with no user pool at all', async (_kind, login) => {
    const { IDENTITY_POOL_ID, IDENTITY_POOL_ENDPOINT } = aws.config.cognito;
    const config = { cognito: { IDENTITY_POOL_ID, IDENTITY_POOL_ENDPOINT }, apiGateway: aws.config.apiGateway };
    const apig = create(config, { logins: { [google]: login() } });
    const first = await caller(apig);
    expect(first).toEqual(identityId);
    await apig.logout();
    expect(await caller(apig)).toBe(first);
    await expect(apig.login(username, password)).rejects.toMatchObject({ code: 'InvalidConfig' });
  });

  test('a token that the identity pool refuses', async () => {
    const apig = create(aws.config);
    await expect(apig.getAwsCredentials('not-a-token')).rejects.toMatchObject({ code: 'IdentityPoolRefused' });
    const other = create(closed.config);
    await other.login(username, password);
    const error: unknown = await apig.getAwsCredentials(await other.getUserToken()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'IdentityPoolRefused',
      message: expect.stringMatching(/cognito\.IDENTITY_POOL_ID.*cognito\.USER_POOL_ID/) as string,
    });
  });

  test('an identity pool that is not there', async () => {
    const cognito = { ...aws.config.cognito, IDENTITY_POOL_ID: 'us-east-1:01234567-89ab-cdef-0123-456789abcdef' };
    const apig = create({ ...aws.config, cognito });
    await apig.login(username, password);
    await expect(apig.getAwsCredentials()).rejects.toMatchObject({
      code: 'InvalidConfig',
      message: expect.stringContaining('cognito.IDENTITY_POOL_ID') as string,
    });
  });

  test('an identity pool that cannot be reached', async () => {
    const cognito = { ...aws.config.cognito, IDENTITY_POOL_ENDPOINT: 'http://127.0.0.1:9' };
    const apig = create({ ...aws.config, cognito });
    await apig.login(username, password);
    await expect(apig.getAwsCredentials()).rejects.toMatchObject({
      code: 'Unreachable',
      message: expect.stringContaining('cognito.IDENTITY_POOL_ENDPOINT') as string,
    });
  });

  test.each([
    ['an empty body', ''],
    ['a page', '<html>Service Unavailable</html>'],
    ['JSON', '{"__type":"InternalErrorException","message":"Something went wrong"}'],
  ])('an identity pool that fails itself, with %s', async (_kind, body) => {
    const server = await startServer(answer(503, {}, body));
    const cognito = { ...aws.config.cognito, IDENTITY_POOL_ENDPOINT: server.url };
    await expect(create({ ...aws.config, cognito }).getAwsCredentials('a-token')).rejects.toMatchObject({
      code: 'Unreachable',
      message: expect.stringMatching(/failed itself, with status 503 .* try again\.$/) as string,
    });
  });
});

describe('credentials of the app’s own', () => {
  const config = () => ({ apiGateway: aws.config.apiGateway });

  test('an object', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = await signedIn();
    const apig = createApig(config(), { credentials: { accessKeyId, secretAccessKey, sessionToken: sessionToken! } });
    expect(await caller(apig)).toEqual(identityId);
    await apig.logout();
  });

  test('a function that gives none', async () => {
    const credentials = (() => undefined) as never;
    await expect(createApig(aws.config, { credentials }).invokeApig({ path: '/who' })).rejects.toMatchObject({
      name: 'SigV4Error',
      code: 'InvalidCredentials',
      option: 'credentials',
    });
  });

  test('a function is asked once, and is told of the user', async () => {
    const provider = jest.fn(({ logins }: { logins: Readonly<Record<string, string>> }) => {
      const { IDENTITY_POOL_ID: identityPoolId, IDENTITY_POOL_ENDPOINT: endpoint } = aws.config.cognito;
      return cognitoIdentityCredentials({ identityPoolId, endpoint, logins })();
    });
    const apig = createApig(aws.config, { credentials: provider });
    const guest = await caller(apig);
    await apig.login(username, password);
    const user = await caller(apig);
    expect(await caller(apig)).toBe(user);
    expect(user).not.toBe(guest);
    expect(provider).toHaveBeenCalledTimes(2);
    expect(provider).toHaveBeenLastCalledWith({
      forceRefresh: false,
      idToken: await apig.getUserToken(),
      logins: { [aws.identityPool.userPoolProvider]: await apig.getUserToken() },
    });
  });

  test('are not given out for the token of anyone but the user who is logged in', async () => {
    const { IDENTITY_POOL_ID: identityPoolId, IDENTITY_POOL_ENDPOINT: endpoint } = aws.config.cognito;
    const source = jest.fn(({ logins }: { logins: Readonly<Record<string, string>> }) =>
      cognitoIdentityCredentials({ identityPoolId, endpoint, logins })(),
    );
    const apig = createApig(aws.config, { credentials: source });
    await apig.login(username, password);
    const token = await apig.getUserToken();
    expect((await apig.getAwsCredentials(token)).identityId).toEqual(identityId);
    source.mockClear();
    const other = createApig(closed.config);
    await other.login(username, password);
    const foreign = await other.getUserToken();
    await expect(apig.getAwsCredentials(foreign)).rejects.toMatchObject({ code: 'NotLoggedIn' });
    await apig.logout();
    await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({ code: 'SessionChanged' });
    await expect(apig.getAwsCredentials(foreign)).rejects.toMatchObject({ code: 'NotLoggedIn' });
    await expect(apig.getAwsCredentials('not-a-token')).rejects.toMatchObject({ code: 'NotLoggedIn' });
    expect(source).not.toHaveBeenCalled();
  });

  async function signedIn() {
    const apig = createApig(aws.config);
    await apig.login(username, password);
    return apig.getAwsCredentials();
  }
});

describe('cognitoIdentityCredentials', () => {
  const pool = () => ({
    identityPoolId: aws.config.cognito.IDENTITY_POOL_ID,
    endpoint: aws.config.cognito.IDENTITY_POOL_ENDPOINT,
  });

  test('keeps the credentials, and gets new ones when told to', async () => {
    const provider = cognitoIdentityCredentials({ ...pool(), logins: { [google]: () => googleToken } });
    const first = await provider();
    expect(await provider()).toBe(first);
    expect((await provider({ forceRefresh: true })).accessKeyId).not.toBe(first.accessKeyId);
    expect((await provider()).identityId).toBe(first.identityId);
  });

  test('damaged answers are asked for again, twice', async () => {
    const { identityPoolId, endpoint } = pool();
    const damaged = [answer(200, {}, '{"IdentityId":"us-'), answer(200, {}, '<html></html>')];
    const server = await startServer(...damaged, async (request) => {
      const body = await request.text();
      const target = request.headers.get('x-amz-target')!;
      return fetch(endpoint, { method: 'POST', headers: { 'x-amz-target': target }, body });
    });
    const { identityId: id } = await cognitoIdentityCredentials({ identityPoolId, endpoint: server.url })();
    expect(id).toEqual(identityId);
    expect(server.seen).toHaveLength(4);

    const broken = await startServer(...damaged);
    const provider = cognitoIdentityCredentials({ identityPoolId, endpoint: broken.url });
    await expect(provider()).rejects.toMatchObject({ code: 'UnexpectedResponse' });
    expect(broken.seen).toHaveLength(3);
  });

  test('names a wrong option', () => {
    expect(() => cognitoIdentityCredentials({ identityPoolId: 'eu-west-1_AbCdEfGhI' })).toThrow(
      expect.objectContaining({
        code: 'InvalidConfig',
        message: expect.stringMatching(/^identityPoolId: expected/) as string,
      }) as Error,
    );
  });
});

describe('what aws-sdk keeps in localStorage', () => {
  // In browsers aws-sdk takes localStorage for this; elsewhere an object, which it fills only where it believes in a page.
  const page = AWS as unknown as {
    util: { isBrowser: () => boolean };
    CognitoIdentityCredentials: { prototype: { storage: Record<string, string> } };
  };
  const isBrowser = page.util.isBrowser;
  afterEach(() => {
    page.util.isBrowser = isBrowser;
  });
  const remembered = () =>
    Object.keys(page.CognitoIdentityCredentials.prototype.storage).filter((key) => /identity/i.test(key));

  test('is gone after a logout, also where credentials come later', async () => {
    let reach = (): void => undefined;
    let open = (): void => undefined;
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const opened = new Promise<void>((resolve) => (open = resolve));
    let holding = false;
    const proxy = await startServer(async (request) => {
      if (holding && request.headers.get('x-amz-target')?.endsWith('GetCredentialsForIdentity')) {
        reach();
        await opened;
      }
      const headers = {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': request.headers.get('x-amz-target')!,
      };
      return fetch(aws.config.cognito.IDENTITY_POOL_ENDPOINT, { method: 'POST', headers, body: await request.text() });
    });
    const config = { ...aws.config, cognito: { ...aws.config.cognito, IDENTITY_POOL_ENDPOINT: proxy.url } };
    page.util.isBrowser = () => true;
    const apig = createApigWithAwsSdk(config);
    await apig.login(username, password);
    await apig.getAwsCredentials();
    expect(remembered()).toHaveLength(2);
    await apig.logout();
    expect(remembered()).toEqual([]);

    holding = true;
    await apig.login(username, password);
    const call = expect(apig.getAwsCredentials()).rejects.toMatchObject({ code: 'SessionChanged' });
    await reached;
    await apig.logout();
    open();
    await call;
    expect(remembered()).toEqual([]);
  });
});

describe('the global AWS.config', () => {
  afterEach(() => {
    AWS.config.credentials = null;
  });

  test('is not touched', async () => {
    const before = { credentials: AWS.config.credentials, region: AWS.config.region };
    const apig = createApigWithAwsSdk(aws.config);
    await apig.login(username, password);
    await apig.getAwsCredentials();
    expect({ credentials: AWS.config.credentials, region: AWS.config.region }).toEqual(before);
  });

  test('with shareWithAwsConfig, it has the credentials until the logout, and fresh ones when they expire', async () => {
    const apig = createApigWithAwsSdk(aws.config, { shareWithAwsConfig: true });
    await apig.login(username, password);
    const { accessKeyId } = await apig.getAwsCredentials();
    const shared = AWS.config.credentials as AWS.Credentials;
    expect(shared.accessKeyId).toBe(accessKeyId);
    expect(AWS.config.region).toBe('us-east-1');
    shared.expired = true;
    await shared.getPromise();
    expect(shared.needsRefresh()).toBe(false);
    await apig.logout();
    expect(AWS.config.credentials).toBeNull();
    shared.expired = true;
    await expect(shared.getPromise()).rejects.toMatchObject({ code: 'SessionChanged' });
  });

  test('with shareWithAwsConfig, it never has those of a user who left while they were on their way', async () => {
    const own = () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret' });
    const apig = createApigWithAwsSdk(aws.config, { shareWithAwsConfig: true, credentials: own });
    for (let moment = 0; moment < 40; moment += 2) {
      await apig.login(username, password);
      const credentials = apig.getAwsCredentials().catch(() => undefined);
      for (let i = 0; i < moment; i++) await Promise.resolve();
      await apig.logout();
      await credentials;
      expect(AWS.config.credentials).toBeNull();
    }
  });

  test('with shareWithAwsConfig, it loses them whichever instance of the same storage ends the session', async () => {
    const options = { shareWithAwsConfig: true, storage: memoryStorage() };
    const [first, second] = [createApigWithAwsSdk(aws.config, options), createApigWithAwsSdk(aws.config, options)];
    await first.login(username, password);
    await first.getAwsCredentials();
    expect(AWS.config.credentials).not.toBeNull();
    const stranger = createApigWithAwsSdk(aws.config, { shareWithAwsConfig: true });
    await stranger.logout();
    expect(AWS.config.credentials).not.toBeNull();
    await second.logout();
    expect(AWS.config.credentials).toBeNull();
  });
});

describe('keepCredentials', () => {
  test('a device whose clock is an hour ahead does not ask at each call', async () => {
    const load = jest.fn(() => Promise.resolve({ expiration: new Date(1_000_000) }));
    const kept = keepCredentials(load, () => 5_000_000);
    await kept();
    await kept();
    expect(load).toHaveBeenCalledTimes(1);
  });

  test('an expiration may be text, as a JSON endpoint gives it', async () => {
    const load = jest.fn(() => Promise.resolve({ expiration: '2015-08-30T12:36:00Z' as unknown as Date }));
    let now = Date.UTC(2015, 7, 30, 12);
    const kept = keepCredentials(load, () => now);
    await kept();
    await kept();
    expect(load).toHaveBeenCalledTimes(1);
    now += 3_600_000;
    await kept();
    expect(load).toHaveBeenCalledTimes(2);
  });

  test('credentials without an expiration are kept for ever, also where it is null', async () => {
    for (const expiration of [undefined, null]) {
      const load = jest.fn(() => Promise.resolve({ expiration: expiration as undefined }));
      let now = 0;
      const kept = keepCredentials(load, () => (now += 3_600_000));
      await kept();
      await kept();
      expect(load).toHaveBeenCalledTimes(1);
    }
  });

  test('after a failure the next call tries again', async () => {
    const load = jest
      .fn()
      .mockRejectedValueOnce(new Error('once'))
      .mockResolvedValue({ expiration: new Date(9e12) });
    const kept = keepCredentials(load, () => 0);
    await expect(Promise.all([kept(), kept()])).rejects.toThrow('once');
    await expect(kept()).resolves.toBeDefined();
    expect(load).toHaveBeenCalledTimes(2);
  });
});
