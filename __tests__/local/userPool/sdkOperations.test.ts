/** AWS SDK v3's client is run against every operation of the pool; here, what a logged-in user changes of their own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { totpCode } from '../../../src/local/userPool/totp';
import { sdkClientOf } from '../../support/sdkClient';
import { call, refusal, refused } from '../../support/userPoolHarness';

const PASSWORD = 'Passw0rd!';
const NEW_PASSWORD = 'N3w-Passw0rd!';
const NOW = new Date('2030-01-02T03:04:05Z');

let pool: LocalUserPool;
let client: sdk.CognitoIdentityProviderClient;
beforeEach(async () => {
  const attributes = { name: 'A user', locale: 'en' };
  const users = [{ username: 'user@example.com', password: PASSWORD, attributes }];
  pool = await startUserPool({ now: () => NOW, users });
  client = sdkClientOf(pool);
});
afterEach(async () => {
  client.destroy();
  await pool.stop();
});

const logIn = (secret = PASSWORD) =>
  client.send(
    new sdk.InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: pool.clientId,
      AuthParameters: { USERNAME: 'user@example.com', PASSWORD: secret },
    }),
  );
const accessToken = async () => (await logIn()).AuthenticationResult!.AccessToken!;
const attributeNames = async (AccessToken: string) =>
  (await client.send(new sdk.GetUserCommand({ AccessToken }))).UserAttributes!.map(({ Name }) => Name);

it('is called by a test of this folder for each operation that the pool knows', async () => {
  const [, list] = / one of ([\w, ]+)\./.exec(await refused(call(pool, 'NoSuchOperation', {})))!;
  const operations = list!.split(', ');
  expect(operations.length).toBeGreaterThan(50);
  const tests = readdirSync(__dirname).map((name) => readFileSync(join(__dirname, name), 'utf8'));
  const isCalled = (name: string) => tests.some((text) => new RegExp(`\\b${name}Command\\b`).test(text));
  expect(operations.filter((name) => !Object.hasOwn(sdk, `${name}Command`))).toEqual([]);
  expect(operations.filter((name) => !isCalled(name))).toEqual([]);
});

it('changes the password', async () => {
  const change = { AccessToken: await accessToken(), PreviousPassword: PASSWORD, ProposedPassword: NEW_PASSWORD };
  await client.send(new sdk.ChangePasswordCommand(change));
  expect((await logIn(NEW_PASSWORD)).AuthenticationResult).toBeDefined();
  await expect(logIn()).rejects.toBeInstanceOf(sdk.NotAuthorizedException);
  await expect(client.send(new sdk.ChangePasswordCommand(change))).rejects.toBeInstanceOf(sdk.NotAuthorizedException);
});

it('deletes attributes, as the user and as an administrator', async () => {
  const AccessToken = await accessToken();
  expect(await attributeNames(AccessToken)).toEqual(expect.arrayContaining(['name', 'locale']));
  await client.send(new sdk.DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: ['locale'] }));
  expect(await attributeNames(AccessToken)).not.toContain('locale');
  const user = { UserPoolId: pool.userPoolId, Username: 'user@example.com' };
  await client.send(new sdk.AdminDeleteUserAttributesCommand({ ...user, UserAttributeNames: ['name'] }));
  const left = await attributeNames(AccessToken);
  expect([left.includes('name'), left.includes('email')]).toEqual([false, true]);
});

it('sets an authenticator app up, which the next login asks for', async () => {
  const AccessToken = await accessToken();
  const { SecretCode } = await client.send(new sdk.AssociateSoftwareTokenCommand({ AccessToken }));
  const verify = (UserCode: string) => client.send(new sdk.VerifySoftwareTokenCommand({ AccessToken, UserCode }));
  const code = (step: number) => totpCode(SecretCode!, new Date(NOW.getTime() + step * 30_000));
  const wrong = ['000000', '111111', '222222', '333333'].find((one) => ![-1, 0, 1].map(code).includes(one))!;
  await expect(verify(wrong)).rejects.toBeInstanceOf(sdk.EnableSoftwareTokenMFAException);
  expect(await refusal(client.send(new sdk.SetUserMFAPreferenceCommand({ AccessToken, ...PREFERRED })))).toMatch(
    /^InvalidParameterException: User has not verified/,
  );
  expect(await verify(code(0))).toMatchObject({ Status: 'SUCCESS' });
  await client.send(new sdk.SetUserMFAPreferenceCommand({ AccessToken, ...PREFERRED }));

  const { ChallengeName, Session } = await logIn();
  expect(ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
  const answer = { USERNAME: 'user@example.com', SOFTWARE_TOKEN_MFA_CODE: code(1) };
  const { AuthenticationResult } = await client.send(
    new sdk.RespondToAuthChallengeCommand({
      ...{ ClientId: pool.clientId, ChallengeName, Session },
      ChallengeResponses: answer,
    }),
  );
  expect(await attributeNames(AuthenticationResult!.AccessToken!)).toContain('name');
});

const PREFERRED = { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } };
