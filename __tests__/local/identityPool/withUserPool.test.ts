import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { CredentialStore } from '../../../src/local/credentials';
import { startIdentityPool } from '../../../src/local/identityPool';
import type { LocalIdentityPool } from '../../../src/local/identityPool';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { call } from '../../support/identityPoolHarness';

const password = 'Passw0rd!';
const store = new CredentialStore();
let userPool: LocalUserPool;
let identityPool: LocalIdentityPool;
let client: CognitoIdentityProviderClient;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  userPool = await startUserPool({
    users: [
      { username: 'user@example.com', password },
      { username: 'other@example.com', password },
    ],
  });
  ends.push(() => userPool.stop());
  identityPool = await startIdentityPool({ store, userPool });
  ends.push(() => identityPool.stop());
  client = new CognitoIdentityProviderClient({
    region: userPool.region,
    endpoint: userPool.url,
    credentials: { accessKeyId: 'unused', secretAccessKey: 'unused' },
  });
  ends.push(() => {
    client.destroy();
  });
});
afterAll(() => Promise.all(ends.map((end) => end())));

async function tokensOf(username: string) {
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: userPool.clientId,
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  );
  return { id: AuthenticationResult!.IdToken!, access: AuthenticationResult!.AccessToken! };
}

async function getId(token: string) {
  const Logins = { [`cognito-idp.${userPool.region}.amazonaws.com/${userPool.userPoolId}`]: token };
  const { body } = await call(identityPool.url, 'GetId', { IdentityPoolId: identityPool.identityPoolId, Logins });
  return { body, Logins };
}

test('the ID token of a user pool opens the same identity at each login', async () => {
  const { body: first, Logins } = await getId((await tokensOf('user@example.com')).id);
  const { body: second } = await getId((await tokensOf('user@example.com')).id);
  const { body: other } = await getId((await tokensOf('other@example.com')).id);
  expect(second.IdentityId).toBe(first.IdentityId);
  expect(other.IdentityId).not.toBe(first.IdentityId);

  const { body } = await call(identityPool.url, 'GetCredentialsForIdentity', { IdentityId: first.IdentityId, Logins });
  expect(store.find(body.Credentials.AccessKeyId)).toMatchObject({
    identityId: first.IdentityId,
    authenticated: true,
    username: expect.stringMatching(/./) as string,
  });
});

test('its access token is refused with the text that Cognito has for it', async () => {
  const { body } = await getId((await tokensOf('user@example.com')).access);
  expect(body).toEqual({
    __type: 'NotAuthorizedException',
    message: 'Invalid login token. Missing a required claim: aud',
  });
});
