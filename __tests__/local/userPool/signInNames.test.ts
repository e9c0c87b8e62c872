/** Which addresses name a user: over AWS SDK v3. */
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { refusal } from '../../support/userPoolHarness';
import { sdkClientOf } from '../../support/sdkClient';

const Password = 'Passw0rd!';
const ADDRESS = 'address@example.com';
const EMAIL_EXISTS = 'AliasExistsException: An account with the given email already exists.';
const NOT_FOUND = 'UserNotFoundException: User does not exist.';

let pool: LocalUserPool;
let client: sdk.CognitoIdentityProviderClient;
beforeEach(async () => {
  pool = await startUserPool({ users: [{ username: 'other', password: Password }] });
  client = sdkClientOf(pool);
});
afterEach(async () => {
  client.destroy();
  await pool.stop();
});

const lastCode = (name: string): string => pool.codes(name).at(-1)!.code;

const signUp = (Username: string, email?: string) => {
  const UserAttributes = email === undefined ? [] : [{ Name: 'email', Value: email }];
  return client.send(new sdk.SignUpCommand({ ClientId: pool.clientId, Username, Password, UserAttributes }));
};

const confirm = (Username: string, ConfirmationCode = lastCode(Username)) =>
  client.send(new sdk.ConfirmSignUpCommand({ ClientId: pool.clientId, Username, ConfirmationCode }));

async function logIn(USERNAME: string): Promise<string> {
  const AuthParameters = { USERNAME, PASSWORD: Password };
  const { AuthenticationResult } = await client.send(
    new sdk.InitiateAuthCommand({ ClientId: pool.clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
  );
  return AuthenticationResult!.AccessToken!;
}

const administrate = (Username: string, ...attributes: [Name: string, Value: string][]) =>
  client.send(
    new sdk.AdminUpdateUserAttributesCommand({
      UserPoolId: pool.userPoolId,
      Username,
      UserAttributes: attributes.map(([Name, Value]) => ({ Name, Value })),
    }),
  );

it('an address names a user once it is verified', async () => {
  await signUp('someone', ADDRESS);
  expect(await refusal(confirm(ADDRESS, lastCode(ADDRESS)))).toBe(NOT_FOUND);
  await confirm('someone');
  expect(await refusal(logIn(ADDRESS.toUpperCase()))).toBe('success');
});

it('an address that a user has changed names them once the new one is verified', async () => {
  await signUp(ADDRESS);
  await confirm(ADDRESS);
  const AccessToken = await logIn(ADDRESS);
  const UserAttributes = [{ Name: 'email', Value: 'new@example.com' }];
  await client.send(new sdk.UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
  expect(await refusal(logIn('new@example.com'))).toBe(NOT_FOUND);
  expect(await refusal(logIn(ADDRESS))).toBe(NOT_FOUND);
  const Code = lastCode('new@example.com');
  await client.send(new sdk.VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code }));
  expect(await refusal(logIn('new@example.com'))).toBe('success');
});

it('an address that someone has only stated is free for whoever it belongs to', async () => {
  await signUp('someone', ADDRESS);
  await signUp(ADDRESS);
  await confirm(ADDRESS);
  expect(await refusal(logIn(ADDRESS))).toBe('success');
});

it('an address that has become a name of another can no longer be verified', async () => {
  await administrate('other', ['email', ADDRESS]);
  const AccessToken = await logIn('other');
  await client.send(new sdk.GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: 'email' }));
  const Code = lastCode('other');
  await signUp('someone', ADDRESS);
  await confirm('someone');
  const verify = client.send(new sdk.VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code }));
  expect(await refusal(verify)).toBe(EMAIL_EXISTS);
  expect(await refusal(administrate('other', ['email_verified', 'true']))).toBe(EMAIL_EXISTS);
  expect(await refusal(administrate('other', ['email_verified', 'false']))).toBe('success');
});

it('no sign-up is confirmed with an address that has become a name of another', async () => {
  await signUp('someone', ADDRESS);
  const code = lastCode('someone');
  await signUp('second', ADDRESS);
  await confirm('second');
  expect(await refusal(confirm('someone', code))).toBe(EMAIL_EXISTS);
});
