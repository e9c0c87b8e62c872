import { AuthenticationDetails } from 'amazon-cognito-identity-js';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { totpCode } from '../../../src/local/userPool/totp';
import {
  adminCall,
  call,
  client,
  login,
  promised,
  refresh,
  refusal,
  refused,
  session,
  step,
} from '../../support/userPoolHarness';
import type { Outcome } from '../../support/userPoolHarness';

const PASSWORD = 'Passw0rd!';
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const INCORRECT = 'NotAuthorizedException: Incorrect username or password.';
const MISMATCH = 'CodeMismatchException: Invalid code received for user';

let pool: LocalUserPool;
let time: number;
const account = (name: string) => ({ username: `${name}@example.com`, password: PASSWORD });
beforeAll(async () => {
  time = Date.now();
  pool = await startUserPool({
    now: () => new Date(time),
    customChallenge: { parameters: { question: '1 + 1' }, verify: (answer) => answer === '2' },
    users: [
      { ...account('sms'), mfa: 'SMS', attributes: { phone_number: '+4915550001234' } },
      { ...account('totp'), mfa: 'TOTP', totpSecret: SECRET },
      { ...account('both'), mfa: ['SMS', 'TOTP'] },
      { ...account('temporary'), mustChangePassword: true, attributes: { name: 'Old' } },
      { ...account('temporary-sms'), mustChangePassword: true, mfa: 'SMS' },
      { username: 'temporary-plain', password: PASSWORD, mustChangePassword: true },
      { ...account('none') },
      { ...account('unconfirmed'), unconfirmed: true },
      {
        ...account('custom'),
        customChallenge: {
          parameters: { question: 'colour' },
          verify: (answer) => Promise.resolve(answer === 'blue'),
          attempts: 2,
        },
      },
    ],
  });
});
/** No test has anything to do with the codes, lockouts and tokens of another. */
beforeEach(() => {
  time += 3_600_000;
});
afterAll(() => pool.stop());

/** Logs in over the password flow, as fast as possible, and stops at the first challenge. */
const start = (name: string, of = pool): Promise<Outcome> =>
  login(of, `${name}@example.com`, PASSWORD, 'USER_PASSWORD_AUTH');
const parametersOf = (outcome: Outcome) => ('parameters' in outcome ? outcome.parameters : {});
const lastCode = (name: string): string => pool.codes(`${name}@example.com`).at(-1)!.code;

/** Finishes a login and shows that its refresh token works. */
async function expectWorkingSession(outcome: Outcome, of = pool): Promise<void> {
  if (!('session' in outcome)) throw new Error(`expected a session, got ${outcome.step}`);
  expect(await refused(refresh(of, outcome.session.getRefreshToken().getToken()))).toBe('success');
}

describe('SMS_MFA', () => {
  const send = ({ user }: Outcome, code: string) =>
    step(user, (callbacks) => {
      user.sendMFACode(code, callbacks);
    });

  it('asks for the code after SRP, and takes it once', async () => {
    const outcome = await login(pool, 'sms@example.com', PASSWORD);
    expect(outcome.step).toBe('mfaRequired');
    expect(parametersOf(outcome)).toMatchObject({
      CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS',
      CODE_DELIVERY_DESTINATION: '+*********1234',
    });
    expect(pool.codes('sms@example.com').at(-1)).toMatchObject({
      purpose: 'SMS_MFA',
      medium: 'SMS',
      destination: '+4915550001234',
      code: expect.stringMatching(/^\d{6}$/) as string,
    });
    await expectWorkingSession(await send(outcome, lastCode('sms')));
    expect(await refusal(send(outcome, lastCode('sms')))).toBe(
      'NotAuthorizedException: Invalid session for the user, session can only be used once.',
    );
  });

  it('lets a mistyped code be corrected', async () => {
    const outcome = await start('sms');
    const code = lastCode('sms');
    expect(await refusal(send(outcome, code === '000000' ? '000001' : '000000'))).toBe(MISMATCH);
    expect(await refusal(send(outcome, code))).toBe('success');
  });

  it('takes the last code only, and none of an expired login', async () => {
    const first = await start('sms');
    const early = lastCode('sms');
    await start('sms');
    if (early !== lastCode('sms')) expect(await refusal(send(first, early))).toBe(MISMATCH);
    time += 180_000;
    expect(await refusal(send(first, lastCode('sms')))).toBe(
      'NotAuthorizedException: Invalid session for the user, session is expired.',
    );
  });

  it('sends to a made-up number where none is given', async () => {
    await start('both').then(({ user }) =>
      step(user, (callbacks) => {
        user.sendMFASelectionAnswer('SMS_MFA', callbacks);
      }),
    );
    expect(pool.codes('both@example.com').at(-1)?.destination).toBe('+15555550100');
  });
});

describe('SOFTWARE_TOKEN_MFA', () => {
  const send = ({ user }: Outcome, code: string) =>
    step(user, (callbacks) => {
      user.sendMFACode(code, callbacks, 'SOFTWARE_TOKEN_MFA');
    });

  it("checks the authenticator's code", async () => {
    const outcome = await login(pool, 'totp@example.com', PASSWORD);
    expect(outcome.step).toBe('totpRequired');
    expect(await refusal(send(outcome, totpCode(SECRET, new Date(time - 120_000))))).toBe(MISMATCH);
    await expectWorkingSession(await send(outcome, totpCode(SECRET, new Date(time))));
  });

  it('ends with the password that it began with', async () => {
    const own = await startUserPool({ users: [{ ...account('totp'), mfa: 'TOTP', totpSecret: SECRET }] });
    try {
      const outcome = await start('totp', own);
      const input = {
        UserPoolId: own.userPoolId,
        Username: 'totp@example.com',
        Password: 'N3w-Passw0rd',
        Permanent: true,
      };
      await adminCall(own, 'AdminSetUserPassword', input);
      expect(await refusal(send(outcome, await own.totp('totp@example.com')))).toBe(
        'NotAuthorizedException: Invalid session for the user.',
      );
    } finally {
      await own.stop();
    }
  });

  it('takes a code once', async () => {
    const outcomes = [await start('totp'), await start('totp')];
    time += 60_000;
    const code = totpCode(SECRET, new Date(time));
    const answers = await Promise.all(outcomes.map((outcome) => refusal(send(outcome, code))));
    const used = 'ExpiredCodeException: Your software token has already been used once.';
    expect(answers.sort()).toEqual([used, 'success']);
    time += 30_000;
    expect(await refusal(send(await start('totp'), code))).toBe(used);
    expect(await refusal(send(await start('totp'), totpCode(SECRET, new Date(time))))).toBe('success');
  });

  it('locks a second factor after five wrong codes, whatever the password does', async () => {
    const locked =
      'NotAuthorizedException: Too many invalid credentials attempts. User temporarily locked. ' +
      'Please try again after few seconds.';
    time += 60_000;
    const wrong = totpCode(SECRET, new Date(time - 300_000));
    const outcome = await start('totp');
    for (let i = 0; i < 5; i++) expect(await refusal(send(outcome, wrong))).toBe(MISMATCH);
    const right = totpCode(SECRET, new Date(time));
    expect(await refusal(send(await start('totp'), right))).toBe(locked);
    time += 1000;
    expect(await refusal(send(outcome, wrong))).toBe(MISMATCH);
    time += 1999;
    expect(await refusal(send(outcome, totpCode(SECRET, new Date(time))))).toBe(locked);
    time += 1;
    expect(await refusal(send(outcome, totpCode(SECRET, new Date(time))))).toBe('success');
  });

  it('has the code at hand for tests', async () => {
    time += 60_000;
    expect(await pool.totp('totp@example.com')).toBe(totpCode(SECRET, new Date(time)));
    await send(await start('totp'), await pool.totp('totp@example.com'));
    expect(await refusal(send(await start('totp'), await pool.totp('totp@example.com')))).toBe('success');
    await expect(pool.totp('sms@example.com')).rejects.toMatchObject({ code: 'NoAuthenticator' });
  });
});

describe('SELECT_MFA_TYPE', () => {
  it.each([
    ['SMS_MFA', 'mfaRequired', () => Promise.resolve(lastCode('both'))],
    ['SOFTWARE_TOKEN_MFA', 'totpRequired', () => pool.totp('both@example.com')],
  ] as const)('lets the user choose %s', async (factor, next, code) => {
    const choice = await start('both');
    expect(choice.step).toBe('selectMFAType');
    expect(JSON.parse(parametersOf(choice).MFAS_CAN_CHOOSE!)).toEqual(['SMS_MFA', 'SOFTWARE_TOKEN_MFA']);
    const { user } = choice;
    const asked = await step(user, (callbacks) => {
      user.sendMFASelectionAnswer(factor, callbacks);
    });
    expect(asked.step).toBe(next);
    const given = await code();
    await expectWorkingSession(
      await step(user, (callbacks) => {
        user.sendMFACode(given, callbacks, factor);
      }),
    );
  });

  it('refuses another choice', async () => {
    const { user } = await start('both');
    const answer = step(user, (callbacks) => {
      user.sendMFASelectionAnswer('EMAIL_OTP', callbacks);
    });
    expect(await refusal(answer)).toMatch(/^InvalidParameterException/);
  });
});

describe('NEW_PASSWORD_REQUIRED', () => {
  const complete = ({ user }: Outcome, password: string, attributes: Record<string, string> = {}) =>
    step(user, (callbacks) => {
      user.completeNewPasswordChallenge(password, attributes, callbacks);
    });

  it('checks the temporary password', async () => {
    expect(await refusal(login(pool, 'temporary@example.com', 'wrong'))).toBe(INCORRECT);
    expect(await refusal(login(pool, 'temporary@example.com', 'wrong', 'USER_PASSWORD_AUTH'))).toBe(INCORRECT);
  });

  it('checks the session', async () => {
    const input = {
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ClientId: pool.clientId,
      ChallengeResponses: { USERNAME: 'temporary@example.com', NEW_PASSWORD: 'Another-1' },
    };
    expect(await refused(call(pool, 'RespondToAuthChallenge', input))).toMatch(/^InvalidParameterException/);
    expect(await refused(call(pool, 'RespondToAuthChallenge', { ...input, Session: 'made up' }))).toBe(
      'NotAuthorizedException: Invalid session for the user.',
    );
  });

  it('does not take the session of another user, or of another challenge', async () => {
    const { body } = await call(pool, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: pool.clientId,
      AuthParameters: { USERNAME: 'totp@example.com', PASSWORD },
    });
    const answer = (username: string, name: string) =>
      refused(
        call(pool, 'RespondToAuthChallenge', {
          ChallengeName: name,
          ClientId: pool.clientId,
          Session: body.Session,
          ChallengeResponses: {
            USERNAME: username,
            NEW_PASSWORD: 'Another-1',
            SOFTWARE_TOKEN_MFA_CODE: totpCode(SECRET, new Date(time)),
          },
        }),
      );
    expect(await answer('temporary@example.com', 'SOFTWARE_TOKEN_MFA')).toBe(
      'NotAuthorizedException: Invalid session for the user.',
    );
    expect(await answer('totp@example.com', 'NEW_PASSWORD_REQUIRED')).toBe(
      'NotAuthorizedException: Invalid session for the user.',
    );
    time += 90_000; // the codes of this moment have logged in already
    expect(await answer('totp@example.com', 'SOFTWARE_TOKEN_MFA')).toBe('success');
  });

  it('sets the password and attributes after SRP, and logs in', async () => {
    const outcome = await login(pool, 'temporary@example.com', PASSWORD);
    expect(outcome.step).toBe('newPasswordRequired');
    expect(parametersOf(outcome)).toEqual({ email: 'temporary@example.com', email_verified: 'true', name: 'Old' });
    expect(await refusal(complete(outcome, 'short'))).toBe(
      'InvalidPasswordException: Password does not conform to policy: Password not long enough',
    );
    expect(await refusal(complete(outcome, 'Another-1', { email: 'other@example.com' }))).toBe(
      'NotAuthorizedException: Cannot modify an already provided email',
    );
    const done = await complete(outcome, 'Another-1', { name: 'New' });
    await expectWorkingSession(done);
    expect(await refusal(login(pool, 'temporary@example.com', PASSWORD))).toBe(INCORRECT);
    const { session: tokens } = await session(pool, 'temporary@example.com', 'Another-1');
    expect(tokens.getIdToken().payload).toMatchObject({ name: 'New' });
  });

  it('takes one of two answers to the same session', async () => {
    const username = 'twice@example.com';
    const own = await startUserPool({ users: [{ ...account('twice'), mustChangePassword: true }] });
    try {
      const { body } = await call(own, 'InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: own.clientId,
        AuthParameters: { USERNAME: username, PASSWORD },
      });
      const passwords = ['Another-1', 'Another-2'];
      const answers = await Promise.all(
        passwords.map((NEW_PASSWORD) =>
          refused(
            call(own, 'RespondToAuthChallenge', {
              ChallengeName: 'NEW_PASSWORD_REQUIRED',
              ClientId: own.clientId,
              Session: body.Session,
              ChallengeResponses: { USERNAME: username, NEW_PASSWORD },
            }),
          ),
        ),
      );
      expect(answers.filter((answer) => answer === 'success')).toHaveLength(1);
      const set = passwords[answers.indexOf('success')]!;
      expect(await refusal(session(own, username, set))).toBe('success');
    } finally {
      await own.stop();
    }
  });

  it.each([
    [
      'cognito:groups',
      'admin',
      'InvalidParameterException: user.cognito:groups: Attribute does not exist in the schema.',
    ],
    ['custom:none', 'x', 'InvalidParameterException: user.custom:none: Attribute does not exist in the schema.'],
    ['sub', 'x', 'NotAuthorizedException: Cannot modify the non-mutable attribute sub'],
    ['email_verified', 'true', 'NotAuthorizedException: Cannot modify the non-mutable attribute email_verified'],
    ['phone_number', 'none', 'InvalidParameterException: Invalid phone number format.'],
  ])('does not set %s', async (name, value, expected) => {
    const { body } = await call(pool, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: pool.clientId,
      AuthParameters: { USERNAME: 'temporary-plain', PASSWORD },
    });
    const answer = call(pool, 'RespondToAuthChallenge', {
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ClientId: pool.clientId,
      Session: body.Session,
      ChallengeResponses: { USERNAME: 'temporary-plain', NEW_PASSWORD: 'Another-1', [`userAttributes.${name}`]: value },
    });
    expect(await refused(answer)).toBe(expected);
  });

  it('is followed by the second factor', async () => {
    const next = await complete(await start('temporary-sms'), 'Another-1');
    expect(next.step).toBe('mfaRequired');
  });
});

describe('MFA_SETUP', () => {
  let strict: LocalUserPool;
  beforeAll(async () => {
    strict = await startUserPool({ mfa: 'ON', users: [account('none')] });
  });
  afterAll(() => strict.stop());

  it('makes users of a pool that requires a second factor set one up', async () => {
    const outcome = await start('none', strict);
    expect(outcome.step).toBe('mfaSetup');
    expect(parametersOf(outcome)).toMatchObject({ MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' });
    const { user } = outcome;
    const secret = await new Promise<string>((associateSecretCode, onFailure) => {
      user.associateSoftwareToken({ associateSecretCode, onFailure });
    });
    const verify = (code: string) =>
      step(user, (callbacks) => {
        user.verifySoftwareToken(code, 'my phone', callbacks);
      });
    expect(await refusal(verify(totpCode(secret, new Date(0))))).toBe('EnableSoftwareTokenMFAException: Code mismatch');
    await expectWorkingSession(await verify(totpCode(secret, new Date())), strict);

    const next = await start('none', strict);
    expect(next.step).toBe('totpRequired');
    expect(parametersOf(next)).toMatchObject({ FRIENDLY_DEVICE_NAME: 'my phone' });
    expect(await strict.totp('none@example.com')).toMatch(/^\d{6}$/);
  });

  it('cannot be skipped', async () => {
    const fresh = await startUserPool({ mfa: 'ON', users: [account('none')] });
    try {
      const { body } = await call(fresh, 'InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: fresh.clientId,
        AuthParameters: { USERNAME: 'none@example.com', PASSWORD },
      });
      const answer = call(fresh, 'RespondToAuthChallenge', {
        ChallengeName: 'MFA_SETUP',
        ClientId: fresh.clientId,
        Session: body.Session,
        ChallengeResponses: { USERNAME: 'none@example.com' },
      });
      expect(await refused(answer)).toMatch(/^InvalidParameterException/);
    } finally {
      await fresh.stop();
    }
  });
});

describe('second factors of a logged-in user', () => {
  it('are set up, preferred and asked for', async () => {
    const { user } = await session(pool, 'none@example.com', PASSWORD);
    const secret = await new Promise<string>((associateSecretCode, onFailure) => {
      user.associateSoftwareToken({ associateSecretCode, onFailure });
    });
    await new Promise((onSuccess, onFailure) => {
      user.verifySoftwareToken(totpCode(secret, new Date(time)), 'app', { onSuccess, onFailure });
    });
    expect((await start('none')).step).toBe('success');

    const prefer = { PreferredMfa: true, Enabled: true };
    expect(
      await refusal(
        promised((callback) => {
          user.setUserMfaPreference(prefer, null, callback);
        }),
      ),
    ).toBe('InvalidParameterException: User does not have delivery config set to turn on SMS_MFA');
    await promised((callback) => {
      user.setUserMfaPreference(null, prefer, callback);
    });
    expect((await start('none')).step).toBe('totpRequired');
    await promised((callback) => {
      user.setUserMfaPreference(null, { PreferredMfa: false, Enabled: false }, callback);
    });
    expect((await start('none')).step).toBe('success');
  });

  it('are not asked for in a pool that has switched them off', async () => {
    const off = await startUserPool({ mfa: 'OFF', users: [{ ...account('sms'), mfa: 'SMS' }] });
    try {
      expect((await start('sms', off)).step).toBe('success');
    } finally {
      await off.stop();
    }
  });
});

describe('CUSTOM_CHALLENGE', () => {
  const answer = ({ user }: Outcome, text: string) =>
    step(user, (callbacks) => {
      user.sendCustomChallengeAnswer(text, callbacks);
    });
  const withoutPassword = (name: string, of = pool): Promise<Outcome> => {
    const { user } = client(of, `${name}@example.com`);
    user.setAuthenticationFlowType('CUSTOM_AUTH');
    return step(user, (callbacks) => {
      user.initiateAuth(new AuthenticationDetails({ Username: `${name}@example.com` }), callbacks);
    });
  };

  it.each<[string, () => Promise<Outcome>]>([
    ['after SRP', () => login(pool, 'none@example.com', PASSWORD, 'CUSTOM_AUTH')],
    ['without a password', () => withoutPassword('none')],
  ])('is put %s', async (_, begin) => {
    const outcome = await begin();
    expect(outcome.step).toBe('customChallenge');
    expect(parametersOf(outcome)).toMatchObject({ question: '1 + 1' });
    await expectWorkingSession(await answer(outcome, '2'));
    expect(await refusal(answer(await begin(), '3'))).toBe(INCORRECT);
  });

  it('still wants the right password after SRP', async () => {
    expect(await refusal(login(pool, 'none@example.com', 'wrong', 'CUSTOM_AUTH'))).toBe(INCORRECT);
  });

  it("may be a user's own, with several attempts", async () => {
    const first = await withoutPassword('custom');
    expect(parametersOf(first)).toMatchObject({ question: 'colour' });
    const second = await answer(first, 'red');
    expect(second.step).toBe('customChallenge');
    await expectWorkingSession(await answer(second, 'blue'));
    expect(await refusal(answer(await answer(await withoutPassword('custom'), 'red'), 'red'))).toBe(INCORRECT);
  });

  it.each([
    ['an unconfirmed user', 'unconfirmed', 'UserNotConfirmedException: User is not confirmed.'],
    ['an unknown user', 'nobody', 'UserNotFoundException: User does not exist.'],
  ])('is not put to %s', async (_, name, expected) => {
    expect(await refusal(withoutPassword(name))).toBe(expected);
  });

  it('logs nobody in who was blocked while the answer was checked', async () => {
    const own: LocalUserPool = await startUserPool({
      users: [account('none')],
      customChallenge: {
        parameters: {},
        verify: async () => {
          const input = { UserPoolId: own.userPoolId, Username: 'none@example.com' };
          return (await adminCall(own, 'AdminDisableUser', input)).status === 200;
        },
      },
    });
    try {
      expect(await refusal(answer(await withoutPassword('none', own), '2'))).toBe(
        'NotAuthorizedException: User is disabled.',
      );
    } finally {
      await own.stop();
    }
  });

  it('must be defined', async () => {
    const bare = await startUserPool({ users: [account('none')] });
    try {
      expect(await refusal(withoutPassword('none', bare))).toBe(
        'InvalidParameterException: Custom auth lambda trigger is not configured for the user pool.',
      );
    } finally {
      await bare.stop();
    }
  });
});
