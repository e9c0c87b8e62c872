import { Attempts, CODE_RULES, SIGN_IN_RULES } from '../../../src/local/userPool/attempts';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { call, proof, refused, tokensOf } from '../../support/userPoolHarness';
import { HOUR, PASSWORD, WRONG_CODE, another, lastCode } from '../../support/accountHarness';

const INCORRECT = 'NotAuthorizedException: Incorrect username or password.';
const EXCEEDED = 'NotAuthorizedException: Password attempts exceeded';
const LIMIT = 'LimitExceededException: Attempt limit exceeded, please try after some time.';

describe('the rules', () => {
  const user = { id: 'user', isKnown: true };
  let time = 0;
  const attempts = (rules = SIGN_IN_RULES) => {
    time = 1_000_000_000;
    return new Attempts(() => new Date(time), rules);
  };

  it('lock for a second after the fifth failure, then twice as long each time, up to a quarter of an hour', () => {
    const counted = attempts();
    for (let i = 1; i < 5; i++) counted.count(user);
    expect(counted.isLocked(user)).toBe(false);
    for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]) {
      counted.count(user);
      time += seconds * 1000 - 1;
      expect(counted.isLocked(user)).toBe(true);
      time += 1;
      expect(counted.isLocked(user)).toBe(false);
    }
  });

  it.each([true, false])('are not forgotten for the failures of others, whether the user exists: %p', (isKnown) => {
    const counted = attempts();
    const one = { id: 'one', isKnown };
    for (let i = 0; i < 8; i++) counted.count(one);
    for (let i = 0; i < 20_000; i++) counted.count({ id: `other ${i}`, isKnown });
    expect(counted.isLocked(one)).toBe(true);
  });

  it('look at nothing during a lockout, which makes it no longer', () => {
    const counted = attempts();
    for (let i = 0; i < 5; i++) expect(counted.check(user, () => false)).toBe('wrong');
    for (let i = 0; i < 100; i++) expect(counted.check(user, () => true)).toBe('locked');
    time += 1000;
    expect(counted.check(user, () => true)).toBe('right');
  });

  it('forget after a right one, and after a quarter of an hour', () => {
    const counted = attempts();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) expect(counted.check(user, () => false)).toBe('wrong');
      expect(counted.check(user, () => true)).toBe('right');
    }
    for (let i = 0; i < 4; i++) counted.count(user);
    time += 15 * 60_000;
    for (let i = 0; i < 4; i++) counted.count(user);
    expect(counted.isLocked(user)).toBe(false);
  });

  it('allow five codes an hour', () => {
    const counted = attempts(CODE_RULES);
    for (let hour = 0; hour < 3; hour++) {
      for (let i = 0; i < 5; i++) expect(counted.check(user, () => false)).toBe('wrong');
      time += HOUR - 1;
      expect(counted.check(user, () => true)).toBe('locked');
      time += 1;
    }
    expect(counted.check(user, () => true)).toBe('right');
  });

  it('hold for a user through a flood of names that are nobody’s', () => {
    const counted = attempts();
    for (let i = 0; i < 10; i++) counted.count(user);
    for (let i = 0; i < 30_000; i++) counted.count({ id: String(i), isKnown: false });
    expect(counted.isLocked(user)).toBe(true);
  });
});

describe('a pool', () => {
  let pool: LocalUserPool;
  let time: number;
  beforeEach(async () => {
    time = Date.now();
    pool = await startUserPool({
      now: () => time,
      users: [
        { username: 'user@example.com', password: PASSWORD },
        { username: 'plain', password: PASSWORD, attributes: { email: 'plain@example.com' } },
      ],
    });
  });
  afterEach(() => pool.stop());

  const logIn = (USERNAME: string, password: string) =>
    refused(
      call(pool, 'InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: pool.clientId,
        AuthParameters: { USERNAME, PASSWORD: password },
      }),
    );
  const named = (operation: string, Username: string, more: object = {}) =>
    refused(call(pool, operation, { ClientId: pool.clientId, Username, ...more }));

  it('locks a login after five wrong passwords, under each of its names and in each flow', async () => {
    for (const name of ['plain', 'PLAIN', 'plain@example.com', 'plain', 'plain']) {
      expect(await logIn(name, 'wrong')).toBe(INCORRECT);
    }
    expect(await logIn('plain', PASSWORD)).toBe(EXCEEDED);
    const answer = await proof(pool, 'plain', PASSWORD);
    expect(await refused(call(pool, 'RespondToAuthChallenge', answer))).toBe(EXCEEDED);
    expect(await logIn('user@example.com', PASSWORD)).toBe('success');
    time += 1000;
    expect(await logIn('plain', 'wrong')).toBe(INCORRECT);
    time += 1999;
    expect(await logIn('plain', PASSWORD)).toBe(EXCEEDED);
    time += 1;
    expect(await logIn('plain', PASSWORD)).toBe('success');
    expect(await logIn('plain', 'wrong')).toBe(INCORRECT);
    expect(await logIn('plain', PASSWORD)).toBe('success');
  });

  it('counts wrong SRP proofs, and gives no more guesses to many at the same time', async () => {
    const answers = [];
    for (let i = 0; i < 8; i++) answers.push(await proof(pool, 'plain', 'wrong'));
    const refusals = await Promise.all(answers.map((answer) => refused(call(pool, 'RespondToAuthChallenge', answer))));
    expect(refusals.filter((one) => one === INCORRECT)).toHaveLength(5);
    expect(refusals.filter((one) => one === EXCEEDED)).toHaveLength(3);
    const guesses = await Promise.all(Array.from({ length: 20 }, () => logIn('user@example.com', 'wrong')));
    expect(guesses.filter((one) => one === INCORRECT)).toHaveLength(5);
  });

  it('is open again once the password was reset with a code', async () => {
    for (let i = 0; i < 30; i++) {
      await logIn('plain', 'wrong');
      time += 1000;
    }
    expect(await logIn('plain', PASSWORD)).toBe(EXCEEDED);
    await named('ForgotPassword', 'plain');
    const input = { ConfirmationCode: lastCode(pool, 'plain'), Password: 'N3w-Passw0rd' };
    expect(await named('ConfirmForgotPassword', 'plain', input)).toBe('success');
    expect(await logIn('plain', 'N3w-Passw0rd')).toBe('success');
  });

  it('takes five wrong codes an hour, however many are sent', async () => {
    const confirm = (code: string) =>
      named('ConfirmForgotPassword', 'plain', { ConfirmationCode: code, Password: 'N3w-Passw0rd' });
    for (let i = 0; i < 5; i++) {
      await named('ForgotPassword', 'plain');
      expect(await confirm(another(lastCode(pool, 'plain')))).toBe(WRONG_CODE);
    }
    await named('ForgotPassword', 'plain');
    expect(await confirm(lastCode(pool, 'plain'))).toBe(LIMIT);
    time += HOUR;
    await named('ForgotPassword', 'plain');
    expect(await confirm(lastCode(pool, 'plain'))).toBe('success');
  });

  it('takes five wrong codes an hour for a sign-up, and for an address', async () => {
    await named('SignUp', 'new@example.com', { Password: PASSWORD });
    const code = lastCode(pool, 'new@example.com');
    const confirm = (ConfirmationCode: string) => named('ConfirmSignUp', 'new@example.com', { ConfirmationCode });
    for (let i = 0; i < 5; i++) expect(await confirm(another(code))).toBe(WRONG_CODE);
    expect(await confirm(code)).toBe(LIMIT);

    const { AccessToken } = await tokensOf(pool, 'plain', PASSWORD);
    await call(pool, 'GetUserAttributeVerificationCode', { AccessToken, AttributeName: 'email' });
    const sent = lastCode(pool, 'plain');
    const verify = (Code: string) =>
      refused(call(pool, 'VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code }));
    for (let i = 0; i < 5; i++) expect(await verify(another(sent))).toBe(WRONG_CODE);
    expect(await verify(sent)).toBe(LIMIT);
  });

  it('sends twenty codes an hour', async () => {
    for (let i = 0; i < 20; i++) expect(await named('ForgotPassword', 'plain')).toBe('success');
    expect(await named('ForgotPassword', 'plain')).toBe(LIMIT);
    expect(pool.codes('plain')).toHaveLength(20);
    time += HOUR;
    expect(await named('ForgotPassword', 'plain')).toBe('success');
  });

  it('lets whoever has a token guess the password five times an hour', async () => {
    const { AccessToken } = await tokensOf(pool, 'plain', PASSWORD);
    const change = (PreviousPassword: string) =>
      refused(call(pool, 'ChangePassword', { AccessToken, PreviousPassword, ProposedPassword: 'N3w-Passw0rd' }));
    for (let i = 0; i < 5; i++) expect(await change('wrong')).toBe(INCORRECT);
    expect(await change(PASSWORD)).toBe(LIMIT);
  });
});
