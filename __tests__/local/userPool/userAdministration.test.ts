/** What an administrator does with users, by AWS SDK v3's own client. */
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { PASSWORD, client, here, named, now, pool } from '../../support/administratorHarness';
import { refusal } from '../../support/userPoolHarness';

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
