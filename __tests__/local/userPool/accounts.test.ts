import type { CognitoUserAttribute } from 'amazon-cognito-identity-js';
import type { LocalUserPool } from '../../../src/local/userPool';
import {
  HOUR,
  lastCode,
  NEW_PASSWORD,
  OLD_CODE,
  PASSWORD,
  WRONG_CODE,
  another,
  startAccounts,
} from '../../support/accountHarness';
import {
  INCORRECT,
  call,
  client,
  login,
  promised,
  refusal,
  refused,
  session,
  tokensOf,
} from '../../support/userPoolHarness';

let pool: LocalUserPool;
let time: number;
beforeEach(async () => {
  time = Date.now();
  pool = await startAccounts({ now: () => new Date(time) });
});
afterEach(() => pool.stop());

const fast = (username: string, password: string) => refusal(login(pool, username, password, 'USER_PASSWORD_AUTH'));

describe('a forgotten password', () => {
  const forget = (username: string) =>
    new Promise((onSuccess, onFailure) => {
      client(pool, username).user.forgotPassword({ onSuccess, onFailure });
    });
  const confirm = (username: string, code: string, password = NEW_PASSWORD) =>
    new Promise((onSuccess, onFailure) => {
      client(pool, username).user.confirmPassword(code, password, { onSuccess, onFailure });
    });

  it('is replaced with a code', async () => {
    await session(pool, 'user@example.com', PASSWORD);
    expect(await forget('user@example.com')).toEqual({
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'u***@e***' },
    });
    const code = lastCode(pool, 'user@example.com');
    expect(await refusal(confirm('user@example.com', another(code)))).toBe(WRONG_CODE);
    expect(await refusal(confirm('user@example.com', code, 'short'))).toMatch(/^InvalidPasswordException/);
    expect(await refusal(confirm('user@example.com', code))).toBe('success');
    expect(await refusal(confirm('user@example.com', code))).toBe(OLD_CODE);
    expect(await refusal(session(pool, 'user@example.com', PASSWORD))).toBe(INCORRECT);
    expect(await refusal(session(pool, 'user@example.com', NEW_PASSWORD))).toBe('success');
  });

  it('wants the code within an hour', async () => {
    await forget('user@example.com');
    time += HOUR;
    expect(await refusal(confirm('user@example.com', lastCode(pool, 'user@example.com')))).toBe(OLD_CODE);
  });

  it.each([
    ['an unknown user', 'nobody', 'UserNotFoundException: User does not exist.'],
    [
      'a user without a verified address',
      'plain',
      'InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number',
    ],
    [
      'a user who never logged in',
      'temporary@example.com',
      'NotAuthorizedException: User password cannot be reset in the current state.',
    ],
  ])('is not reset for %s', async (_, username, expected) => {
    expect(await refusal(forget(username))).toBe(expected);
  });
});

describe('a logged-in user', () => {
  it('changes the password', async () => {
    const { user } = await session(pool, 'plain', PASSWORD);
    const change = (before: string, after: string) =>
      refusal(
        promised((callback) => {
          user.changePassword(before, after, callback);
        }),
      );
    expect(await change('wrong', NEW_PASSWORD)).toBe(INCORRECT);
    expect(await change(PASSWORD, 'short')).toMatch(/^InvalidPasswordException/);
    expect(await change(PASSWORD, NEW_PASSWORD)).toBe('success');
    expect(await refusal(session(pool, 'plain', PASSWORD))).toBe(INCORRECT);
    expect(await refusal(session(pool, 'plain', NEW_PASSWORD))).toBe('success');
  });

  it('reads and changes attributes, and verifies a new address', async () => {
    const { user } = await session(pool, 'user@example.com', PASSWORD);
    const read = async () => {
      const list = await promised<CognitoUserAttribute[]>((callback) => {
        user.getUserAttributes(callback as never);
      });
      return Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));
    };
    const change = (Name: string, Value: string) =>
      promised((callback) => {
        user.updateAttributes([{ Name, Value }], callback);
      });
    expect(await read()).toMatchObject({ email: 'user@example.com', 'custom:plan': 'free' });
    await change('custom:plan', 'paid');
    await change('email', 'other@example.com');
    expect(await read()).toMatchObject({ email: 'other@example.com', email_verified: 'false', 'custom:plan': 'paid' });

    const verify = (code: string) =>
      refusal(
        new Promise((onSuccess, onFailure) => {
          user.verifyAttribute('email', code, { onSuccess, onFailure });
        }),
      );
    const first = lastCode(pool, 'other@example.com');
    expect(await verify(another(first))).toBe(WRONG_CODE);
    await new Promise((onSuccess, onFailure) => {
      user.getAttributeVerificationCode('email', { onSuccess, onFailure });
    });
    expect(await verify(lastCode(pool, 'other@example.com'))).toBe('success');
    expect(await read()).toMatchObject({ email: 'other@example.com', email_verified: 'true' });
    expect(await fast('other@example.com', PASSWORD)).toBe('success');
    expect(await fast('user@example.com', PASSWORD)).toBe('UserNotFoundException: User does not exist.');
  });

  it.each([
    ['the sub', 'sub', 'x', /^InvalidParameterException: user.sub: Attribute cannot be updated/],
    [
      'an attribute that does not exist',
      'custom:none',
      'x',
      /^InvalidParameterException: user.custom:none: Attribute does not exist/,
    ],
    ["someone else's address", 'email', 'user@example.com', /^AliasExistsException/],
  ])('cannot set %s', async (_, Name, Value, expected) => {
    const { AccessToken } = await tokensOf(pool, 'plain', PASSWORD);
    expect(
      await refused(call(pool, 'UpdateUserAttributes', { AccessToken, UserAttributes: [{ Name, Value }] })),
    ).toMatch(expected);
  });

  it.each([['text'], [[1]], [[{ Name: 'name' }]], [[null]]])(
    'cannot set attributes given as %j',
    async (UserAttributes) => {
      const { AccessToken } = await tokensOf(pool, 'plain', PASSWORD);
      expect(await refused(call(pool, 'UpdateUserAttributes', { AccessToken, UserAttributes }))).toBe(
        'InvalidParameterException: UserAttributes must be a list of { Name, Value }',
      );
    },
  );

  it('deletes the account', async () => {
    const { user } = await session(pool, 'plain', PASSWORD);
    await promised((callback) => {
      user.deleteUser(callback);
    });
    expect(await fast('plain', PASSWORD)).toBe('UserNotFoundException: User does not exist.');
  });
});
