import { cognitoIdentityCredentials, createApig } from '../../src/apig/index';
import type { Apig, CredentialContext } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

const username = 'user@example.com';
const password = 'Passw0rd!';
let aws: LocalAws;
let closed: LocalAws;

beforeAll(async () => {
  const users = [{ username, password }];
  const handler = (_request: Request, caller: { identityId: string }) =>
    Response.json({ identityId: caller.identityId });
  aws = await startLocalAws({ userPool: { users }, apiGateway: { handler }, identityPool: { allowGuests: true } });
  closed = await startLocalAws({ userPool: { users } });
});
afterAll(() => Promise.all([aws.stop(), closed.stop()]));

const caller = async (apig: Apig) => (await apig.invokeApig<{ identityId: string }>({ path: '/who' })).identityId;
const identityId = expect.stringMatching(/^us-east-1:[0-9a-f-]{36}$/) as string;

describe('credentials of the app’s own', () => {
  const config = () => ({ apiGateway: aws.config.apiGateway });

  test('an object', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = await signedIn();
    const apig = createApig(config(), { credentials: { accessKeyId, secretAccessKey, sessionToken: sessionToken! } });
    expect(await caller(apig)).toEqual(identityId);
    await apig.logout();
  });

  test('an object without keys is refused at once', () => {
    const act = () => createApig(config(), { credentials: { accessKey: 'AKIDEXAMPLE' } } as never);
    expect(act).toThrow(expect.objectContaining({ code: 'InvalidCredentials' }) as Error);
  });

  test('a function that gives none', async () => {
    const credentials = (() => undefined) as never;
    await expect(createApig(aws.config, { credentials }).invokeApig({ path: '/who' })).rejects.toMatchObject({
      name: 'SigV4Error',
      code: 'InvalidCredentials',
      option: 'credentials',
    });
  });

  test.each<[string, unknown, string]>([
    ['a promise', Promise.resolve({}), 'Promise \\(await it first\\)'],
    ['text', 'AKIDEXAMPLE', 'AKIDEXAMPLE'],
    ['null', null, 'null'],
  ])('%s is refused at once', (_name, credentials, came) => {
    const act = () => createApig(aws.config, { credentials } as never);
    expect(act).toThrow(expect.objectContaining({ code: 'InvalidConfig' }) as Error);
    expect(act).toThrow(new RegExp(`^credentials: expected accessKeyId and secretAccessKey .* got '?${came}'?$`));
  });

  test('a function is asked once, and is told of the user', async () => {
    const provider = jest.fn(({ logins }: CredentialContext) => {
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
    const source = jest.fn(({ logins }: CredentialContext) =>
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
    const forgotten = apig.getAwsCredentials(Promise.resolve(foreign) as never);
    await expect(forgotten).rejects.toMatchObject({
      code: 'InvalidConfig',
      message: expect.stringContaining('await') as string,
    });
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
