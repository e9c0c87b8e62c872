import { CognitoUserAttribute } from 'amazon-cognito-identity-js';
import type { LocalCode, LocalUserPool } from '../../../src/local/userPool';
import { HOUR, lastCode, OLD_CODE, PASSWORD, WRONG_CODE, another, startAccounts } from '../../support/accountHarness';
import { call, client, login, promised, refusal, refused, session } from '../../support/userPoolHarness';

let pool: LocalUserPool;
let time: number;
let told: LocalCode[];
beforeEach(async () => {
  time = Date.now();
  told = [];
  pool = await startAccounts({ now: () => new Date(time), onCode: (code) => told.push(code) });
});
afterEach(() => pool.stop());

const fast = (username: string, password: string) => refusal(login(pool, username, password, 'USER_PASSWORD_AUTH'));

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
    const first = lastCode(pool, 'new@example.com');
    // Of a million codes, two may be the same.
    do await resend('new@example.com');
    while (lastCode(pool, 'new@example.com') === first);
    expect(await refusal(confirm('new@example.com', first))).toBe(WRONG_CODE);
    expect(await refusal(confirm('new@example.com', lastCode(pool, 'new@example.com')))).toBe('success');
  });

  it('wants the code within a day', async () => {
    await signUp('new@example.com', PASSWORD);
    time += 24 * HOUR;
    expect(await refusal(confirm('new@example.com', lastCode(pool, 'new@example.com')))).toBe(OLD_CODE);
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
