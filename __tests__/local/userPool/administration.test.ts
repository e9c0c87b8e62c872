/** What an administrator does with users, groups and app clients, by AWS SDK v3's own client. */
import { createHmac } from 'node:crypto';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { refusal } from '../../support/userPoolHarness';

const PASSWORD = 'Passw0rd!';
const now = new Date('2030-01-02T03:04:05Z');
let pool: LocalUserPool;
let client: sdk.CognitoIdentityProviderClient;
beforeEach(async () => {
  const users = ['first@example.com', 'second@example.com'].map((username) => ({ username, password: PASSWORD }));
  pool = await startUserPool({ now: () => now, users, customAttributes: ['custom:plan'] });
  client = new sdk.CognitoIdentityProviderClient({
    endpoint: pool.url,
    region: pool.region,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'unused' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await pool.stop();
});

const here = () => ({ UserPoolId: pool.userPoolId });
const named = (Username: string) => ({ ...here(), Username });
const group = (GroupName: string) => ({ ...here(), GroupName });

describe('groups', () => {
  test('are made, shown, changed and deleted', async () => {
    const details = { Description: 'those who edit', RoleArn: 'arn:aws:iam::123456789012:role/editor', Precedence: 2 };
    const { Group } = await client.send(new sdk.CreateGroupCommand({ ...group('editors'), ...details }));
    const dates = { CreationDate: now, LastModifiedDate: now };
    expect(Group).toEqual({ ...group('editors'), ...details, ...dates });
    expect((await client.send(new sdk.GetGroupCommand(group('editors')))).Group).toEqual(Group);
    await client.send(new sdk.UpdateGroupCommand({ ...group('editors'), Precedence: 0 }));
    expect((await client.send(new sdk.GetGroupCommand(group('editors')))).Group).toEqual({ ...Group, Precedence: 0 });
    await client.send(new sdk.CreateGroupCommand(group('others')));
    const { Groups } = await client.send(new sdk.ListGroupsCommand(here()));
    expect(Groups!.map(({ GroupName }) => GroupName)).toEqual(['editors', 'others']);
    await client.send(new sdk.DeleteGroupCommand(group('others')));
    expect(await refusal(client.send(new sdk.GetGroupCommand(group('others'))))).toBe(
      'ResourceNotFoundException: Group not found.',
    );
  });

  test('have members, who leave them, also by being deleted', async () => {
    for (const name of ['editors', 'readers']) await client.send(new sdk.CreateGroupCommand(group(name)));
    const names = ['first@example.com', 'second@example.com'];
    for (const name of names) {
      await client.send(new sdk.AdminAddUserToGroupCommand({ ...named(name), GroupName: 'editors' }));
    }
    await client.send(new sdk.AdminAddUserToGroupCommand({ ...named(names[0]!), GroupName: 'readers' }));
    const membersOf = async (name: string) =>
      (await client.send(new sdk.ListUsersInGroupCommand(group(name)))).Users!.map(
        ({ Attributes }) => Attributes!.find(({ Name }) => Name === 'email')!.Value,
      );
    const groupsOf = async (name: string) =>
      (await client.send(new sdk.AdminListGroupsForUserCommand(named(name)))).Groups!.map((one) => one.GroupName);
    expect(await membersOf('editors')).toEqual(names);
    expect(await groupsOf(names[0]!)).toEqual(['editors', 'readers']);
    await client.send(new sdk.AdminRemoveUserFromGroupCommand({ ...named(names[0]!), GroupName: 'editors' }));
    expect(await membersOf('editors')).toEqual([names[1]]);
    await client.send(new sdk.AdminDeleteUserCommand(named(names[1]!)));
    expect(await membersOf('editors')).toEqual([]);
    await client.send(new sdk.DeleteGroupCommand(group('readers')));
    expect(await groupsOf(names[0]!)).toEqual([]);
  });

  test('stand in the order of their precedence', async () => {
    for (const [name, Precedence] of [
      ['last', undefined],
      ['second', 7],
      ['first', 0],
    ] as const) {
      await client.send(new sdk.CreateGroupCommand({ ...group(name), Precedence }));
      await client.send(new sdk.AdminAddUserToGroupCommand({ ...named('first@example.com'), GroupName: name }));
    }
    const { Groups } = await client.send(new sdk.AdminListGroupsForUserCommand(named('first@example.com')));
    expect(Groups!.map(({ GroupName }) => GroupName)).toEqual(['first', 'second', 'last']);
  });

  test.each<[string, object, string]>([
    ['a name twice', { GroupName: 'taken' }, 'GroupExistsException: A group with the name already exists.'],
    ['a name with a space', { GroupName: 'a b' }, 'InvalidParameterException: Invalid group name.'],
    [
      'no whole precedence',
      { GroupName: 'a', Precedence: -1 },
      'InvalidParameterException: Precedence: a whole number from 0',
    ],
  ])('%s is refused', async (_, input, refused) => {
    await client.send(new sdk.CreateGroupCommand(group('taken')));
    const create = new sdk.CreateGroupCommand({ ...here(), ...input } as sdk.CreateGroupCommandInput);
    expect(await refusal(client.send(create))).toBe(refused);
  });

  test('nobody joins one that is not there, and nobody who is not there joins one', async () => {
    const join = new sdk.AdminAddUserToGroupCommand({ ...named('first@example.com'), GroupName: 'none' });
    expect(await refusal(client.send(join))).toMatch(/^ResourceNotFoundException/);
    await client.send(new sdk.CreateGroupCommand(group('editors')));
    const nobody = new sdk.AdminAddUserToGroupCommand({ ...named('nobody'), GroupName: 'editors' });
    expect(await refusal(client.send(nobody))).toMatch(/^UserNotFoundException/);
  });
});

describe('users', () => {
  test('are listed in pages', async () => {
    const first = await client.send(new sdk.ListUsersCommand({ ...here(), Limit: 1 }));
    expect(first.Users).toHaveLength(1);
    const second = await client.send(
      new sdk.ListUsersCommand({ ...here(), Limit: 1, PaginationToken: first.PaginationToken }),
    );
    expect(second.Users).toHaveLength(1);
    expect(second.Users![0]!.Username).not.toBe(first.Users![0]!.Username);
    expect(second.PaginationToken).toBeUndefined();
    for (const wrong of [{ Limit: 0 }, { Limit: 61 }, { PaginationToken: 'x' }]) {
      expect(await refusal(client.send(new sdk.ListUsersCommand({ ...here(), ...wrong })))).toMatch(
        /^InvalidParameterException/,
      );
    }
  });

  // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
  test.each([
    ['email = "FIRST@example.com"', 1],
    ['email ^= "first"', 1],
    ['email ^= ""', 2],
    ['"email"="nobody"', 0],
    ['cognito:user_status = "CONFIRMED"', 2],
    ['status = "Disabled"', 1],
    ['name = "a \\"quoted\\" one"', 1],
    ['', 2],
  ])('are found by %s: %i', async (Filter, count) => {
    await client.send(new sdk.AdminDisableUserCommand(named('second@example.com')));
    const UserAttributes = [{ Name: 'name', Value: 'a "quoted" one' }];
    await client.send(new sdk.AdminUpdateUserAttributesCommand({ ...named('first@example.com'), UserAttributes }));
    const { Users } = await client.send(new sdk.ListUsersCommand({ ...here(), Filter }));
    expect(Users).toHaveLength(count);
  });

  test.each(['custom:plan = "free"', 'email', 'email > "a"', 'email = first', 'email = "a" AND name = "b"'])(
    'are not found by %s',
    async (Filter) => {
      expect(await refusal(client.send(new sdk.ListUsersCommand({ ...here(), Filter })))).toMatch(
        /^InvalidParameterException/,
      );
    },
  );

  test('are shown with the attributes that were asked for, and never with a password', async () => {
    const { Users } = await client.send(new sdk.ListUsersCommand({ ...here(), AttributesToGet: ['email'] }));
    expect(Users![0]!.Attributes).toEqual([{ Name: 'email', Value: 'first@example.com' }]);
    const user = await client.send(new sdk.AdminGetUserCommand(named('first@example.com')));
    expect(user).toMatchObject({ Enabled: true, UserStatus: 'CONFIRMED', UserCreateDate: now });
    expect(user.UserAttributes).toContainEqual({ Name: 'email', Value: 'first@example.com' });
    expect(JSON.stringify([Users, user])).not.toContain(PASSWORD);
  });

  test('who were deleted are gone, with their tokens', async () => {
    const login = new sdk.InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: pool.clientId,
      AuthParameters: { USERNAME: 'first@example.com', PASSWORD },
    });
    const { AccessToken } = (await client.send(login)).AuthenticationResult!;
    await client.send(new sdk.DeleteUserCommand({ AccessToken }));
    expect(await refusal(client.send(new sdk.GetUserCommand({ AccessToken })))).toMatch(/^UserNotFoundException/);
    expect(await refusal(client.send(login))).toMatch(/^UserNotFoundException/);
    expect((await client.send(new sdk.ListUsersCommand(here()))).Users).toHaveLength(1);
  });

  test('choose their second factor, as an administrator can for them', async () => {
    const phone = { UserAttributes: [{ Name: 'phone_number', Value: '+15555550100' }] };
    await client.send(new sdk.AdminUpdateUserAttributesCommand({ ...named('first@example.com'), ...phone }));
    const choose = (settings: object) =>
      client.send(new sdk.AdminSetUserMFAPreferenceCommand({ ...named('first@example.com'), ...settings }));
    const shown = async () => {
      const { UserMFASettingList: all = [], PreferredMfaSetting: preferred } = await client.send(
        new sdk.AdminGetUserCommand(named('first@example.com')),
      );
      return [all, preferred];
    };
    await choose({ SMSMfaSettings: { Enabled: true } });
    expect(await shown()).toEqual([['SMS_MFA'], undefined]);
    await choose({ SMSMfaSettings: { Enabled: true, PreferredMfa: true } });
    expect(await shown()).toEqual([['SMS_MFA'], 'SMS_MFA']);
    expect(await refusal(choose({ SoftwareTokenMfaSettings: { Enabled: true } }))).toBe(
      'InvalidParameterException: User has not verified software token mfa',
    );
    await choose({ SMSMfaSettings: { Enabled: false } });
    expect(await shown()).toEqual([[], undefined]);
  });
});

describe('the pool', () => {
  test('is listed, and says which factors it has', async () => {
    const { UserPools } = await client.send(new sdk.ListUserPoolsCommand({ MaxResults: 10 }));
    expect(UserPools).toMatchObject([{ Id: pool.userPoolId }]);
    const config = await client.send(new sdk.GetUserPoolMfaConfigCommand(here()));
    expect(config).toMatchObject({ MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } });
  });

  test('takes attributes of the app’s own', async () => {
    const CustomAttributes = [{ Name: 'team', Mutable: false }];
    await client.send(new sdk.AddCustomAttributesCommand({ ...here(), CustomAttributes }));
    const { UserPool } = await client.send(new sdk.DescribeUserPoolCommand(here()));
    expect(UserPool!.SchemaAttributes!.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining(['sub', 'email', 'custom:plan', 'custom:team']),
    );
    const write = (Name: string) =>
      client.send(
        new sdk.AdminUpdateUserAttributesCommand({
          ...named('first@example.com'),
          UserAttributes: [{ Name, Value: 'x' }],
        }),
      );
    expect(await refusal(write('custom:plan'))).toBe('success');
    expect(await refusal(write('custom:team'))).toMatch(/^InvalidParameterException.*immutable/);
    expect(await refusal(write('custom:none'))).toMatch(/^InvalidParameterException.*does not exist/);
    for (const wrong of [[{ Name: 'plan' }], [{ Name: '' }], [{ Name: 'x'.repeat(40) }], []]) {
      const add = new sdk.AddCustomAttributesCommand({ ...here(), CustomAttributes: wrong });
      expect(await refusal(client.send(add))).toMatch(/^InvalidParameterException/);
    }
  });
});

describe('app clients', () => {
  const create = async (input: Partial<sdk.CreateUserPoolClientCommandInput> = {}) => {
    const command = new sdk.CreateUserPoolClientCommand({ ...here(), ClientName: 'another', ...input });
    return (await client.send(command)).UserPoolClient!;
  };
  const login = (ClientId: string, parameters: Record<string, string> = {}) =>
    client.send(
      new sdk.InitiateAuthCommand({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId,
        AuthParameters: { USERNAME: 'first@example.com', PASSWORD, ...parameters },
      }),
    );

  test('are made, shown, changed and deleted', async () => {
    const { ClientId = '' } = await create({ ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] });
    expect(ClientId).toMatch(/^[a-z0-9]{26}$/);
    expect(await refusal(login(ClientId))).toBe('success');
    const own = { ...here(), ClientId };
    await client.send(new sdk.UpdateUserPoolClientCommand({ ...own, ClientName: 'renamed', IdTokenValidity: 5 }));
    const { UserPoolClient } = await client.send(new sdk.DescribeUserPoolClientCommand(own));
    expect(UserPoolClient).toMatchObject({ ...own, ClientName: 'renamed', IdTokenValidity: 5, CreationDate: now });
    expect(UserPoolClient!.ExplicitAuthFlows).not.toContain('ALLOW_USER_PASSWORD_AUTH'); // back to the default
    expect(await refusal(login(ClientId))).toMatch(/^InvalidParameterException: USER_PASSWORD_AUTH flow not enabled/);
    const { UserPoolClients } = await client.send(new sdk.ListUserPoolClientsCommand(here()));
    expect(UserPoolClients!.map((one) => one.ClientId)).toEqual([pool.clientId, ClientId]);
    await client.send(new sdk.DeleteUserPoolClientCommand(own));
    expect(await refusal(login(ClientId))).toBe(
      `ResourceNotFoundException: User pool client ${ClientId} does not exist.`,
    );
  });

  test('with a secret want proof of it', async () => {
    const { ClientId = '', ClientSecret = '' } = await create({
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    const hashOf = (name: string) =>
      createHmac('sha256', ClientSecret)
        .update(name + ClientId)
        .digest('base64');
    expect(await refusal(login(ClientId))).toBe(
      `NotAuthorizedException: Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
    );
    expect(await refusal(login(ClientId, { SECRET_HASH: hashOf('second@example.com') }))).toBe(
      `NotAuthorizedException: Unable to verify secret hash for client ${ClientId}`,
    );
    const { AuthenticationResult } = await login(ClientId, { SECRET_HASH: hashOf('first@example.com') });
    const { RefreshToken = '', AccessToken } = AuthenticationResult!;
    const { Username = '' } = await client.send(new sdk.GetUserCommand({ AccessToken }));
    const refresh = (SECRET_HASH: string) =>
      client.send(
        new sdk.InitiateAuthCommand({
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          ClientId,
          AuthParameters: { REFRESH_TOKEN: RefreshToken, SECRET_HASH },
        }),
      );
    expect(await refusal(refresh(hashOf(Username)))).toBe('success');
    expect(await refusal(refresh(hashOf('nobody')))).toMatch(/^NotAuthorizedException: Unable to verify/);
    const trade = (secret?: string) =>
      client.send(new sdk.GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken, ClientSecret: secret }));
    expect(await refusal(trade(ClientSecret))).toBe('success');
    expect(await refusal(trade())).toMatch(/^NotAuthorizedException/);
    const revoke = (secret?: string) =>
      client.send(new sdk.RevokeTokenCommand({ ClientId, Token: RefreshToken, ClientSecret: secret }));
    expect(await refusal(revoke('wrong'))).toMatch(/^NotAuthorizedException/);
    expect(await refusal(revoke(ClientSecret))).toBe('success');
    const signUp = (SecretHash?: string) =>
      client.send(new sdk.SignUpCommand({ ClientId, Username: 'new@example.com', Password: PASSWORD, SecretHash }));
    expect(await refusal(signUp())).toMatch(/^NotAuthorizedException: Client .* SECRET_HASH was not received/);
    expect(await refusal(signUp(hashOf('new@example.com')))).toBe('success');
  });

  test.each<[string, Partial<sdk.CreateUserPoolClientCommandInput>]>([
    ['a flow that is none', { ExplicitAuthFlows: ['no flow' as never] }],
    [
      'rotation beside the old way to refresh',
      { ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], RefreshTokenRotation: { Feature: 'ENABLED' } },
    ],
    [
      'a longer grace period than a minute',
      { ExplicitAuthFlows: [], RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 61 } },
    ],
    ['rotation that is neither on nor off', { RefreshTokenRotation: { Feature: 'MAYBE' as never } }],
  ])('%s is refused', async (_, input) => {
    expect(await refusal(create(input))).toMatch(/^InvalidParameterException/);
  });
});
