import { CognitoUserAttribute } from 'amazon-cognito-identity-js';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalCode, LocalUserPool } from '../../../src/local/userPool';
import { call, client, login, promised, refusal, refused, session, tokensOf } from '../../support/userPoolHarness';

const PASSWORD = 'Passw0rd!';
const NEW_PASSWORD = 'N3w-Passw0rd';
const INCORRECT = 'NotAuthorizedException: Incorrect username or password.';
const WRONG_CODE = 'CodeMismatchException: Invalid verification code provided, please try again.';
const OLD_CODE = 'ExpiredCodeException: Invalid code provided, please request a code again.';
const HOUR = 3_600_000;

let pool: LocalUserPool;
let time: number;
let told: LocalCode[];
beforeEach(async () => {
  time = Date.now();
  told = [];
  pool = await startUserPool({
    now: () => new Date(time),
    onCode: (code) => told.push(code),
    users: [
      { username: 'user@example.com', password: PASSWORD, attributes: { 'custom:plan': 'free' } },
      { username: 'plain', password: PASSWORD },
      { username: 'unconfirmed@example.com', password: PASSWORD, unconfirmed: true },
      { username: 'temporary@example.com', password: PASSWORD, mustChangePassword: true },
    ],
  });
});
afterEach(() => pool.stop());

const fast = (username: string, password: string) => refusal(login(pool, username, password, 'USER_PASSWORD_AUTH'));
const lastCode = (username: string): string => pool.codes(username).at(-1)!.code;
const another = (code: string): string => (code === '123456' ? '654321' : '123456');

describe('signing up', () => {
  const signUp = (username: string, password: string, attributes: Record<string, string> = {}) =>
    promised<{ userConfirmed: boolean; userSub: string; codeDeliveryDetails?: object } | undefined>((callback) => {
      const list = Object.entries(attributes).map(([Name, Value]) => new CognitoUserAttribute({ Name, Value }));
      client(pool, username).userPool.signUp(username, password, list, [], callback);
    });
  const confirm = (username: string, code: string) =>
    promised((callback) => {
      client(pool, username).user.confirmRegistration(code, false, callback);
    });
  const resend = (username: string) =>
    promised((callback) => {
      client(pool, username).user.resendConfirmationCode(callback);
    });

  it('works from sign-up over the code to the first login', async () => {
    const result = await signUp('new@example.com', PASSWORD, { name: 'Someone' });
    expect(result).toMatchObject({
      userConfirmed: false,
      codeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'n***@e***' },
    });
    expect(await fast('new@example.com', PASSWORD)).toBe('UserNotConfirmedException: User is not confirmed.');

    const [sent] = pool.codes('new@example.com');
    expect(sent).toEqual(told[0]);
    expect(sent).toMatchObject({ purpose: 'SIGN_UP', destination: 'new@example.com', sentAt: new Date(time) });
    expect(await refusal(confirm('new@example.com', another(sent!.code)))).toBe(WRONG_CODE);
    expect(await refusal(confirm('new@example.com', sent!.code))).toBe('success');
    expect(await refusal(confirm('new@example.com', sent!.code))).toBe(
      'NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED',
    );

    const { session: tokens } = await session(pool, 'new@example.com', PASSWORD);
    expect(tokens.getIdToken().payload).toMatchObject({
      sub: result?.userSub,
      'cognito:username': result?.userSub,
      email: 'new@example.com',
      email_verified: true,
      name: 'Someone',
    });
  });

  it('replaces a code that is sent again', async () => {
    await signUp('new@example.com', PASSWORD);
    const first = lastCode('new@example.com');
    await resend('new@example.com');
    if (first !== lastCode('new@example.com'))
      expect(await refusal(confirm('new@example.com', first))).toBe(WRONG_CODE);
    expect(await refusal(confirm('new@example.com', lastCode('new@example.com')))).toBe('success');
  });

  it('wants the code within a day', async () => {
    await signUp('new@example.com', PASSWORD);
    time += 24 * HOUR;
    expect(await refusal(confirm('new@example.com', lastCode('new@example.com')))).toBe(OLD_CODE);
  });

  it('does not let anybody call an address verified', async () => {
    const attributes = { email: 'new@example.com', phone_number: '+15555550123' };
    for (const flag of ['email_verified', 'phone_number_verified']) {
      expect(await refusal(signUp('plain-new', PASSWORD, { ...attributes, [flag]: 'true' }))).toBe(
        'NotAuthorizedException: A client attempted to write unauthorized attribute',
      );
    }
    await signUp('plain-new', PASSWORD, attributes);
    expect(await refused(call(pool, 'ForgotPassword', { ClientId: pool.clientId, Username: 'plain-new' }))).toContain(
      'no registered/verified email or phone_number',
    );
  });

  it.each([
    [
      'a known address',
      'user@example.com',
      PASSWORD,
      'UsernameExistsException: An account with the given email already exists.',
    ],
    [
      'a known address in another case',
      'User@Example.com',
      PASSWORD,
      'UsernameExistsException: An account with the given email already exists.',
    ],
    ['a known name', 'plain', PASSWORD, 'UsernameExistsException: User already exists'],
    [
      'a short password',
      'new',
      'Ab1!',
      'InvalidPasswordException: Password did not conform with policy: Password not long enough',
    ],
    [
      'no upper case',
      'new',
      'passw0rd!',
      'InvalidPasswordException: Password did not conform with policy: Password must have uppercase characters',
    ],
    [
      'no lower case',
      'new',
      'PASSW0RD!',
      'InvalidPasswordException: Password did not conform with policy: Password must have lowercase characters',
    ],
    [
      'no digit',
      'new',
      'Password!',
      'InvalidPasswordException: Password did not conform with policy: Password must have numeric characters',
    ],
    [
      'no symbol',
      'new',
      'Passw0rds',
      'InvalidPasswordException: Password did not conform with policy: Password must have symbol characters',
    ],
  ])('refuses %s', async (_, username, password, expected) => {
    expect(await refusal(signUp(username, password))).toBe(expected);
  });

  it.each([
    ['confirms nobody unknown', () => confirm('nobody', '123456'), 'UserNotFoundException: User does not exist.'],
    ['has no code unless one was sent', () => confirm('unconfirmed@example.com', '123456'), OLD_CODE],
    ['sends nothing to nobody', () => resend('nobody'), 'UserNotFoundException: User does not exist.'],
    ['sends nothing to the confirmed', () => resend('plain'), 'InvalidParameterException: User is already confirmed.'],
  ])('%s', async (_, run, expected) => {
    expect(await refusal(run())).toBe(expected);
  });

  it('sends no code to users without an address', async () => {
    expect(await signUp('nowhere', PASSWORD)).not.toHaveProperty('codeDeliveryDetails.Destination');
    expect(pool.codes('nowhere')).toEqual([]);
    expect(await refusal(resend('nowhere'))).toBe(
      'InvalidParameterException: Cannot resend codes. Auto verification not turned on.',
    );
  });
});

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
    const code = lastCode('user@example.com');
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
    expect(await refusal(confirm('user@example.com', lastCode('user@example.com')))).toBe(OLD_CODE);
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
    const first = lastCode('other@example.com');
    expect(await verify(another(first))).toBe(WRONG_CODE);
    await new Promise((onSuccess, onFailure) => {
      user.getAttributeVerificationCode('email', { onSuccess, onFailure });
    });
    expect(await verify(lastCode('other@example.com'))).toBe('success');
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
