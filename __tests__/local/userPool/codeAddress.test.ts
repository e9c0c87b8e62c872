/** A code proves that one address is the user's: none that they, or an administrator, have set since. Over AWS SDK v3. */
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { OLD_CODE } from '../../support/accountHarness';
import { refusal } from '../../support/userPoolHarness';

const [OWN, OTHERS] = ['own@example.com', 'others@example.com'];
const Password = 'Passw0rd!';
const Username = 'someone';
const lastCode = (): string => pool.codes(Username).at(-1)!.code;

let pool: LocalUserPool;
let client: sdk.CognitoIdentityProviderClient;
beforeEach(async () => {
  pool = await startUserPool({ firstFactors: ['PASSWORD', 'EMAIL_OTP'] });
  client = new sdk.CognitoIdentityProviderClient({
    endpoint: pool.url,
    region: pool.region,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'unused' },
    maxAttempts: 1,
  });
  const { clientId: ClientId } = pool;
  const UserAttributes = [{ Name: 'email', Value: OWN }];
  await client.send(new sdk.SignUpCommand({ ClientId, Username, Password, UserAttributes }));
});
afterEach(async () => {
  client.destroy();
  await pool.stop();
});

const administrate = (...attributes: [Name: string, Value: string][]) =>
  client.send(
    new sdk.AdminUpdateUserAttributesCommand({
      UserPoolId: pool.userPoolId,
      Username,
      UserAttributes: attributes.map(([Name, Value]) => ({ Name, Value })),
    }),
  );

async function attributes(): Promise<Record<string, string>> {
  const named = { UserPoolId: pool.userPoolId, Username };
  const { UserAttributes = [] } = await client.send(new sdk.AdminGetUserCommand(named));
  return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name!, Value!]));
}

const confirm = (code: string) =>
  client.send(new sdk.ConfirmSignUpCommand({ ClientId: pool.clientId, Username, ConfirmationCode: code }));

async function accessToken(): Promise<string> {
  await confirm(lastCode());
  const AuthParameters = { USERNAME: Username, PASSWORD: Password };
  const { AuthenticationResult } = await client.send(
    new sdk.InitiateAuthCommand({ ClientId: pool.clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
  );
  return AuthenticationResult!.AccessToken!;
}

it('confirms no sign-up once the address is another', async () => {
  const code = lastCode();
  await administrate(['email', OTHERS]);
  expect(await refusal(confirm(code))).toBe(OLD_CODE);
  expect(await attributes()).toMatchObject({ email: OTHERS, email_verified: 'false' });
});

it('verifies the number that it was sent to, and no address that the user has got since', async () => {
  await administrate(['email', ''], ['phone_number', '+15550100']);
  const { clientId: ClientId } = pool;
  await client.send(new sdk.ResendConfirmationCodeCommand({ ClientId, Username }));
  await administrate(['email', OTHERS]);
  await confirm(lastCode());
  expect(await attributes()).toMatchObject({ email_verified: 'false', phone_number_verified: 'true' });
});

it('verifies no address that is set after it was sent', async () => {
  const AccessToken = await accessToken();
  await client.send(new sdk.GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: 'email' }));
  const Code = lastCode();
  await administrate(['email', OTHERS]);
  const verify = client.send(new sdk.VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code }));
  expect(await refusal(verify)).toBe(OLD_CODE);
  expect(await attributes()).toMatchObject({ email: OTHERS, email_verified: 'false' });
});

it('resets no password once the address is another', async () => {
  await accessToken();
  const { clientId: ClientId } = pool;
  await client.send(new sdk.ForgotPasswordCommand({ ClientId, Username }));
  const code = lastCode();
  await administrate(['email', OTHERS], ['email_verified', 'true']);
  const reset = new sdk.ConfirmForgotPasswordCommand({ ClientId, Username, Password, ConfirmationCode: code });
  expect(await refusal(client.send(reset))).toBe(OLD_CODE);
});

it('logs nobody in once the address is another', async () => {
  await accessToken();
  const { clientId: ClientId } = pool;
  const AuthParameters = { USERNAME: Username, PREFERRED_CHALLENGE: 'EMAIL_OTP' };
  const asked = await client.send(new sdk.InitiateAuthCommand({ ClientId, AuthFlow: 'USER_AUTH', AuthParameters }));
  await administrate(['email', OTHERS], ['email_verified', 'true']);
  const ChallengeResponses = { USERNAME: Username, EMAIL_OTP_CODE: lastCode() };
  const { Session } = asked;
  const answer = { ClientId, ChallengeName: 'EMAIL_OTP', Session, ChallengeResponses } as const;
  expect(await refusal(client.send(new sdk.RespondToAuthChallengeCommand(answer)))).toBe(OLD_CODE);
});
