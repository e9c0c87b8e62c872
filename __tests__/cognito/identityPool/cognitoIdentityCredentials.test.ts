import { cognitoIdentityCredentials } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { answer, closeAll, startServer } from '../../support/signedFetchHarness';
import { createIssuer } from '../../support/identityPoolHarness';

const google = 'accounts.google.com';
let aws: LocalAws;
let googleToken: string;

beforeAll(async () => {
  const issuer = await createIssuer('one');
  const now = Math.floor(Date.now() / 1000);
  googleToken = await issuer.sign({ iss: google, aud: 'the-app', sub: '1234567890', iat: now, exp: now + 3600 });
  aws = await startLocalAws({
    userPool: { users: [] },
    identityPool: { allowGuests: true, providers: { [google]: { audience: 'the-app', jwks: issuer.jwks } } },
  });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));

const identityId = expect.stringMatching(/^us-east-1:[0-9a-f-]{36}$/) as string;

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
