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

  const accessToken = `eyJhbGciOiJub25lIn0.${Buffer.from('{"sub":"1","token_use":"access"}').toString('base64url')}.a`;
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'undefined'],
    ['an empty token', '', 'a string of 0 characters'],
    ["the text 'undefined'", 'undefined', 'a string of 9 characters'],
    ["the text 'null'", 'null', 'a string of 4 characters'],
    ['a promise as text', '[object Promise]', 'a string of 16 characters'],
    ['an access token', accessToken, 'an access token'],
    ['an access token from a function', () => Promise.resolve(accessToken), 'an access token'],
    ['an object', {}, 'Object'],
  ])('%s is refused where an ID token belongs, before anyone is asked', async (_name, token, came) => {
    const nobody = jest.fn();
    const provider = cognitoIdentityCredentials({ ...pool(), logins: { [google]: token as string }, fetch: nobody });
    await expect(provider()).rejects.toMatchObject({
      code: 'InvalidInput',
      message: `logins['accounts.google.com']: expected an ID token, a JWT, as text, got ${came}`,
    });
    expect(nobody).not.toHaveBeenCalled();
  });

  test('the clock may give a Date or milliseconds', async () => {
    let time = Date.now();
    const counted = jest.fn(fetch);
    for (const now of [() => time, () => new Date(time)]) {
      const provider = cognitoIdentityCredentials({ ...pool(), now, fetch: counted });
      const first = await provider();
      time += 30 * 60_000;
      expect(await provider()).toBe(first);
      time += 26 * 60_000; // four minutes before they expire
      expect((await provider()).accessKeyId).not.toBe(first.accessKeyId);
      time = Date.now();
    }
    expect(() => cognitoIdentityCredentials({ ...pool(), now: 5 as never })).toThrow(
      /^now: expected a function .* got 5$/,
    );
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
