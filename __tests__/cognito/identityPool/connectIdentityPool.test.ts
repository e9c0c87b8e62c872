import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createApig as createApigWithAwsSdk } from '../../../src/apig/invokeApig';
import { createApig } from '../../../src/apig/index';
import type { Apig } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { mapStorage } from '../../support/mapStorage';
import { fakeTimeouts } from '../../support/clocks';
import { answer, closeAll, rejection, startServer, until } from '../../support/signedFetchHarness';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

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

function fail(key: string): null {
  if (key.startsWith('aws.cognito.')) throw new Error('denied');
  return null;
}

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

  test('a guest who comes back is the same one, until a logout', async () => {
    const storage = mapStorage();
    const instance = () => create(aws.config, { guests: true, storage });
    const guest = await caller(instance());
    expect(await caller(instance())).toBe(guest);
    const apig = instance();
    await apig.login(username, password);
    expect(await caller(apig)).not.toBe(guest);
    await apig.logout();
    expect([...storage.items]).toEqual([]);
    expect(await caller(apig)).not.toBe(guest);
  });

  test('a guest whose identity is gone gets another one', async () => {
    const storage = mapStorage();
    const first = await caller(create(aws.config, { guests: true, storage }));
    const [key] = [...storage.items].find(([, value]) => value === first)!;
    storage.setItem(key, 'us-east-1:01234567-89ab-cdef-0123-456789abcdef');
    const second = await caller(create(aws.config, { guests: true, storage }));
    expect(second).toEqual(identityId);
    expect(storage.items.get(key)).toBe(second);
  });

  test('who is logged in at another provider is no guest, and leaves none behind', async () => {
    const storage = mapStorage();
    const apig = create(aws.config, { storage, logins: { [google]: googleToken } });
    await caller(apig);
    expect([...storage.items]).toEqual([]);
  });

  test('a storage that fails makes another guest, and no error', async () => {
    const failing = { ...mapStorage(), getItem: (key: string) => fail(key), setItem: fail, removeItem: fail };
    expect(await caller(create({ ...aws.config }, { guests: true, storage: failing }))).toEqual(identityId);
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

test('an identity pool that never answers is waited for once, through aws-sdk as well', async () => {
  const server = await startServer(() => new Promise(() => undefined));
  const config = { ...aws.config, cognito: { ...aws.config.cognito, IDENTITY_POOL_ENDPOINT: server.url } };
  for (const create of [createApig, createApigWithAwsSdk]) {
    const before = server.seen.length;
    fakeTimeouts();
    const call = rejection(create(config, { authTimeout: 300 }).getAwsCredentials('a-token'));
    await until(() => server.seen.length > before);
    jest.advanceTimersByTime(300);
    expect(await call).toMatchObject({ code: 'Unreachable' });
    await jest.advanceTimersByTimeAsync(60_000); // in which aws-sdk would have tried again
    expect(server.seen.length - before).toBe(1);
    jest.useRealTimers();
  }
});

describe('an answer that lacks a part is refused by name, and nothing is signed with the rest', () => {
  const Credentials = { AccessKeyId: 'ASIAEXAMPLE', SecretKey: 'secret', SessionToken: 'token', Expiration: 1e10 };
  const IdentityId = 'us-east-1:01234567-89ab-cdef-0123-456789abcdef';

  test.each<[string, object, object]>([
    ['IdentityId', {}, {}],
    ['IdentityId', { IdentityId: null }, {}],
    ['IdentityId', { IdentityId }, { Credentials }],
    [
      'Credentials.AccessKeyId',
      { IdentityId },
      { IdentityId, Credentials: { ...Credentials, AccessKeyId: undefined } },
    ],
    ['Credentials.SecretKey', { IdentityId }, { IdentityId, Credentials: { ...Credentials, SecretKey: null } }],
    ['Credentials.SessionToken', { IdentityId }, { IdentityId, Credentials: { ...Credentials, SessionToken: '' } }],
    ['Credentials.Expiration', { IdentityId }, { IdentityId, Credentials: { ...Credentials, Expiration: '1e10' } }],
    ['Credentials.Expiration', { IdentityId }, { IdentityId }],
  ])('%s: %j, %j', async (part, ofGetId, ofGetCredentials) => {
    const server = await startServer((request) =>
      Response.json(request.headers.get('x-amz-target')!.endsWith('.GetId') ? ofGetId : ofGetCredentials),
    );
    const cognito = { ...aws.config.cognito, IDENTITY_POOL_ENDPOINT: server.url };
    const call = createApig({ ...aws.config, cognito }, { guests: true }).getAwsCredentials();
    await expect(call).rejects.toMatchObject({
      code: 'UnexpectedResponse',
      message: expect.stringContaining(`the answer holds no ${part}`) as string,
    });
  });
});
