import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  CreateGroupCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ListDevicesCommand,
  ListUsersCommand,
  NotAuthorizedException,
  SignUpCommand,
  UserNotFoundException,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { refusal } from '../../support/userPoolHarness';

const PASSWORD = 'Passw0rd!';

let pool: LocalUserPool;
let sdk: CognitoIdentityProviderClient;
let now: Date;
beforeAll(async () => {
  now = new Date('2030-01-02T03:04:05Z');
  pool = await startUserPool({ now: () => now, users: [{ username: 'user@example.com', password: PASSWORD }] });
  sdk = new CognitoIdentityProviderClient({
    endpoint: pool.url,
    region: pool.region,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'unused' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  sdk.destroy();
  await pool.stop();
});

const logIn = (USERNAME: string, secret = PASSWORD) =>
  sdk.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: pool.clientId,
      AuthParameters: { USERNAME, PASSWORD: secret },
    }),
  );
const named = (Username: string) => ({ UserPoolId: pool.userPoolId, Username });

it('signs up, confirms, logs in, reads the user and signs out', async () => {
  const ClientId = pool.clientId;
  const Username = 'new@example.com';
  const { UserSub } = await sdk.send(new SignUpCommand({ ClientId, Username, Password: PASSWORD }));
  const [sent] = pool.codes(Username);
  await sdk.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode: sent!.code }));

  const { AuthenticationResult } = await logIn(Username);
  expect(AuthenticationResult).toMatchObject({ ExpiresIn: 3600, TokenType: 'Bearer' });
  const AccessToken = AuthenticationResult!.AccessToken!;
  const user = await sdk.send(new GetUserCommand({ AccessToken }));
  expect(user.Username).toBe(UserSub);
  expect(user.UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' });

  await sdk.send(new GlobalSignOutCommand({ AccessToken }));
  expect(await refusal(sdk.send(new GetUserCommand({ AccessToken })))).toBe(
    'NotAuthorizedException: Access Token has been revoked',
  );
});

it('throws the SDK’s own exceptions', async () => {
  await expect(logIn('user@example.com', 'wrong')).rejects.toBeInstanceOf(NotAuthorizedException);
  await expect(logIn('nobody')).rejects.toBeInstanceOf(UserNotFoundException);
  await expect(sdk.send(new AdminGetUserCommand(named('nobody')))).rejects.toMatchObject({
    name: 'UserNotFoundException',
    message: 'User does not exist.',
    $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
  });
});

it('lets an administrator create a user with a temporary password, which must be changed', async () => {
  const { User } = await sdk.send(
    new AdminCreateUserCommand({
      ...named('invited@example.com'),
      UserAttributes: [{ Name: 'name', Value: 'Invited' }],
    }),
  );
  expect(User).toMatchObject({ Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD', UserCreateDate: now });
  const [sent] = pool.codes('invited@example.com');
  expect(sent?.purpose).toBe('TEMPORARY_PASSWORD');

  const again = new AdminCreateUserCommand({ ...named('invited@example.com'), MessageAction: 'RESEND' });
  await sdk.send(again);
  expect(await refusal(logIn('invited@example.com', sent!.code))).toBe(
    'NotAuthorizedException: Incorrect username or password.',
  );
  const temporary = pool.codes('invited@example.com').at(-1)!.code;
  const asked = await sdk.send(
    new AdminInitiateAuthCommand({
      UserPoolId: pool.userPoolId,
      ClientId: pool.clientId,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'invited@example.com', PASSWORD: temporary },
    }),
  );
  expect(asked.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  const done = await sdk.send(
    new AdminRespondToAuthChallengeCommand({
      UserPoolId: pool.userPoolId,
      ClientId: pool.clientId,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: asked.Session,
      ChallengeResponses: { USERNAME: 'invited@example.com', NEW_PASSWORD: 'An0ther-one' },
    }),
  );
  expect(decodeJwt(done.AuthenticationResult!.IdToken!)).toMatchObject({
    name: 'Invited',
    email: 'invited@example.com',
  });
});

it('sends no message where it is suppressed, and refuses a name twice', async () => {
  const create = new AdminCreateUserCommand({ ...named('quiet@example.com'), MessageAction: 'SUPPRESS' });
  await sdk.send(create);
  expect(pool.codes('quiet@example.com')).toEqual([]);
  expect(await refusal(sdk.send(create))).toMatch(/^UsernameExistsException/);
});

it('lets an administrator set, reset and block a login', async () => {
  const user = named('user@example.com');
  await sdk.send(new AdminSetUserPasswordCommand({ ...user, Password: 'S3t-by-admin', Permanent: true }));
  expect(await refusal(logIn('user@example.com', 'S3t-by-admin'))).toBe('success');
  expect(await refusal(sdk.send(new AdminSetUserPasswordCommand({ ...user, Password: 'short' })))).toMatch(
    /^InvalidPasswordException/,
  );

  const { AuthenticationResult: before } = await logIn('user@example.com', 'S3t-by-admin');
  await sdk.send(new AdminDisableUserCommand(user));
  const getUser = new GetUserCommand({ AccessToken: before!.AccessToken });
  expect(await refusal(sdk.send(getUser))).toBe('NotAuthorizedException: Access Token has been revoked');
  expect(await refusal(logIn('user@example.com', 'S3t-by-admin'))).toBe('NotAuthorizedException: User is disabled.');
  await sdk.send(new AdminEnableUserCommand(user));

  await sdk.send(new AdminResetUserPasswordCommand(user));
  expect(await refusal(logIn('user@example.com', 'S3t-by-admin'))).toBe(
    'PasswordResetRequiredException: Password reset required for the user',
  );
  await sdk.send(
    new ConfirmForgotPasswordCommand({
      ClientId: pool.clientId,
      Username: 'user@example.com',
      ConfirmationCode: pool.codes('user@example.com').at(-1)!.code,
      Password: PASSWORD,
    }),
  );
  const { AuthenticationResult } = await logIn('user@example.com');
  await sdk.send(new AdminUserGlobalSignOutCommand(user));
  const refresh = new InitiateAuthCommand({
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    ClientId: pool.clientId,
    AuthParameters: { REFRESH_TOKEN: AuthenticationResult!.RefreshToken! },
  });
  expect(await refusal(sdk.send(refresh))).toBe('NotAuthorizedException: Refresh Token has been revoked');
});

it('lets an administrator confirm a sign-up', async () => {
  await sdk.send(new SignUpCommand({ ClientId: pool.clientId, Username: 'plain', Password: PASSWORD }));
  await sdk.send(new AdminConfirmSignUpCommand(named('plain')));
  expect(await refusal(logIn('plain'))).toBe('success');
});

it('puts groups into the tokens', async () => {
  await sdk.send(new CreateGroupCommand({ UserPoolId: pool.userPoolId, GroupName: 'editors' }));
  await sdk.send(new AdminAddUserToGroupCommand({ ...named('USER@example.com'), GroupName: 'editors' }));
  const { AuthenticationResult } = await logIn('user@example.com');
  for (const token of [AuthenticationResult!.IdToken!, AuthenticationResult!.AccessToken!]) {
    expect(decodeJwt(token)['cognito:groups']).toEqual(['editors']);
  }
});

it('describes itself', async () => {
  const { UserPool } = await sdk.send(new DescribeUserPoolCommand({ UserPoolId: pool.userPoolId }));
  expect(UserPool).toMatchObject({
    Id: pool.userPoolId,
    MfaConfiguration: 'OPTIONAL',
    Policies: { PasswordPolicy: { MinimumLength: 8, RequireSymbols: true } },
    CreationDate: now,
  });
  const { UserPoolClient } = await sdk.send(
    new DescribeUserPoolClientCommand({ UserPoolId: pool.userPoolId, ClientId: pool.clientId }),
  );
  expect(UserPoolClient?.ExplicitAuthFlows).toContain('ALLOW_USER_SRP_AUTH');
  const { Users } = await sdk.send(new ListUsersCommand({ UserPoolId: pool.userPoolId }));
  expect(Users?.length).toBeGreaterThan(0);
  expect(JSON.stringify(Users)).not.toContain(PASSWORD);
});

it('says what it does not offer', async () => {
  expect(await refusal(sdk.send(new ListDevicesCommand({ AccessToken: 'x' })))).toMatch(/^UnknownOperationException/);
});
