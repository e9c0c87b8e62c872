/** What stops a login over USER_AUTH: callbacks that are missing, and answers that are none. */
import { createApig } from '../../../src/apig/index';
import type { FirstFactor, LoginCallbacks } from '../../../src/apig/index';
import { createApig as createApigWithLibrary } from '../../../src/apig/invokeApig';
import type { UserPoolOptions } from '../../../src/local/userPool/types';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';
import { start } from '../../support/userAuthHarness';

afterAll(closeAll);

describe('what cannot be gone through is named', () => {
  const noCallback = { name: 'LoginChallengeError', challenge: 'SELECT_CHALLENGE' };
  test.each<[string, LoginCallbacks, UserPoolOptions, object]>([
    ['no callback at all', {}, { firstFactors: ['EMAIL_OTP'] }, { ...noCallback, callback: 'mfaCode' }],
    ['nor a password', {}, { firstFactors: ['PASSWORD', 'EMAIL_OTP'] }, { ...noCallback, callback: 'mfaCode' }],
    ['no password', {}, { firstFactors: ['PASSWORD'] }, { ...noCallback, callback: 'password' }],
    [
      'a choice that there is not',
      { selectChallenge: () => 'WEB_AUTHN', mfaCode: () => '1' },
      {},
      { code: 'InvalidInput', message: 'selectChallenge: expected EMAIL_OTP or SMS_OTP, got a string of 9 characters' },
    ],
    ['a wrong code', { mfaCode: () => '000000' }, {}, { code: 'CodeMismatch' }],
    [
      'no code',
      { mfaCode: () => '' },
      {},
      { code: 'InvalidInput', message: 'mfaCode: expected the code, as text, got none' },
    ],
  ])('%s', async (_, callbacks, options, expected) => {
    const { apig } = await start(options);
    expect(await rejection(apig.login('user@example.com', undefined, callbacks))).toMatchObject(expected);
    expect(apig.getCurrentUser()).toBeNull();
  });

  test('an empty password', async () => {
    const { apig } = await start();
    const error = await rejection(apig.login('user@example.com', '', { mfaCode: () => '1' }));
    expect(error).toMatchObject({ code: 'InvalidInput', message: 'password: expected text, got none' });
  });

  test('what the pool says to a login without a password, as it says it', async () => {
    const message = 'The flow is undefined for this client';
    const server = await startServer(() =>
      Response.json({ __type: 'InvalidParameterException', message }, { status: 400 }),
    );
    const { aws } = await start();
    const config = { ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } };
    const apig = createApig(config, { authFlow: 'USER_AUTH' });
    expect(await rejection(apig.login('user@example.com', undefined, { mfaCode: () => '1' }))).toMatchObject({
      name: 'AuthError',
      message: expect.stringContaining(`Logging in failed: ${message}`) as string,
    });
  });

  test('without a password the other flows have nothing to prove; the tutorial’s entry has no USER_AUTH', async () => {
    const { aws } = await start();
    const error = await rejection(createApig(aws.config).login('user@example.com', undefined, { mfaCode: () => '1' }));
    expect(error).toMatchObject({ code: 'InvalidInput', message: 'password: expected text, got undefined' });
    expect(() => createApigWithLibrary(aws.config, { authFlow: 'USER_AUTH' })).toThrow(
      'authFlow: expected USER_SRP_AUTH or USER_PASSWORD_AUTH, got',
    );
  });
});

describe('what a pool offers to begin with', () => {
  /** A pool that offers these, and then refuses the choice. */
  async function offering(AvailableChallenges: unknown, callbacks: LoginCallbacks) {
    const server = await startServer(
      () => Response.json({ ChallengeName: 'SELECT_CHALLENGE', AvailableChallenges, Session: 's' }),
      () => Response.json({ __type: 'NotAuthorizedException', message: 'No.' }, { status: 400 }),
    );
    const { aws } = await start();
    const config = { ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } };
    const login = createApig(config, { authFlow: 'USER_AUTH' }).login('user@example.com', undefined, callbacks);
    const error = await rejection(login);
    const sent = server.seen.slice(1).map(({ body }) => JSON.parse(Buffer.from(body).toString()) as object);
    return { error, sent };
  }
  const all = ['EMAIL_OTP', 'WEB_AUTHN', 'SMS_OTP', 'PASSWORD_SRP', 'PASSWORD', 'NEWER_FACTOR'];

  test.each<[string, unknown, string]>([
    ['a passkey among others', all, 'passkey'],
    ['a code among others', ['PASSWORD', 'NEWER_FACTOR', 'SMS_OTP'], 'mfaCode'],
    ['a password alone', ['PASSWORD_SRP'], 'password'],
    ['a factor that is not known', ['OTP_NEWER'], 'password'],
    ['nothing', undefined, 'password'],
  ])('%s: what is missing is named', async (_, available, callback) => {
    const { error, sent } = await offering(available, {});
    expect(error).toMatchObject({ name: 'LoginChallengeError', challenge: 'SELECT_CHALLENGE', callback });
    expect(sent).toEqual([]);
  });

  test.each<[string, LoginCallbacks, string[], string]>([
    ['codes', { mfaCode: () => '1' }, ['EMAIL_OTP', 'SMS_OTP'], 'EMAIL_OTP'],
    ['a passkey', { passkey: () => ({}) }, ['WEB_AUTHN'], 'WEB_AUTHN'],
    ['both', { mfaCode: () => '1', passkey: () => ({}) }, ['WEB_AUTHN', 'EMAIL_OTP', 'SMS_OTP'], 'WEB_AUTHN'],
  ])(
    'callbacks for %s: the app chooses among these, or else the first is taken',
    async (_, callbacks, choices, first) => {
      const selectChallenge = jest.fn(() => choices.at(-1) as FirstFactor);
      for (const [given, answer] of [
        [callbacks, first],
        [{ ...callbacks, selectChallenge }, choices.at(-1)],
      ] as const) {
        const { sent } = await offering(all, given);
        expect(sent).toMatchObject([{ ChallengeName: 'SELECT_CHALLENGE', ChallengeResponses: { ANSWER: answer } }]);
      }
      expect(selectChallenge).toHaveBeenCalledWith({ name: 'SELECT_CHALLENGE', choices });
    },
  );

  test('may come after another challenge', async () => {
    const asking = (ChallengeName: string, more: object) => () =>
      Response.json({ ChallengeName, Session: 's', ...more });
    const server = await startServer(
      asking('NEW_PASSWORD_REQUIRED', {}),
      asking('SELECT_CHALLENGE', { AvailableChallenges: ['EMAIL_OTP'] }),
      asking('EMAIL_OTP', {}),
      () => Response.json({ __type: 'CodeMismatchException', message: 'No.' }, { status: 400 }),
    );
    const { aws } = await start();
    const config = { ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } };
    const callbacks = { newPassword: () => 'N3w-secret', mfaCode: () => '918273' };
    const login = createApig(config, { authFlow: 'USER_AUTH' }).login('user@example.com', undefined, callbacks);
    expect(await rejection(login)).toMatchObject({ code: 'CodeMismatch' });
    expect(server.seen).toHaveLength(4);
  });
});

describe('a pool that asks for the password itself', () => {
  /** Asks at each step how to begin, and wants the password. */
  async function greedyPool() {
    const sent: string[] = [];
    const server = await startServer(async (request) => {
      sent.push(await request.text());
      return Response.json({ ChallengeName: 'SELECT_CHALLENGE', AvailableChallenges: ['PASSWORD'], Session: 'x' });
    });
    const { aws } = await start();
    const config = { ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } };
    return { sent, config };
  }

  test.each([undefined, 'USER_SRP_AUTH', 'USER_AUTH'] as const)('does not get it in the flow %s', async (authFlow) => {
    const { sent, config } = await greedyPool();
    const apig = createApig(config, authFlow === undefined ? {} : { authFlow });
    const expected = authFlow === 'USER_AUTH' ? { callback: 'selectChallenge' } : { code: 'InvalidConfig' };
    expect(await rejection(apig.login('user@example.com', 'Passw0rd!'))).toMatchObject(expected);
    expect(sent.join()).not.toContain('Passw0rd!');
  });

  test('gets it once where the app chooses that', async () => {
    const { sent, config } = await greedyPool();
    const login = createApig(config, { authFlow: 'USER_AUTH' }).login('user@example.com', 'Passw0rd!', {
      selectChallenge: () => 'PASSWORD',
    });
    expect(await rejection(login)).toMatchObject({
      code: 'UnexpectedResponse',
      message: 'Logging in failed: the user pool asks twice how to begin.',
    });
    expect(sent.filter((body) => body.includes('Passw0rd!'))).toHaveLength(1);
  });
});
