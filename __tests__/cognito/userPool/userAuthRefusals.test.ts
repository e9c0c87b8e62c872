/** What stops a login over USER_AUTH: callbacks that are missing, and answers that are none. */
import { createApig } from '../../../src/apig/index';
import type { LoginCallbacks } from '../../../src/apig/index';
import { createApig as createApigWithLibrary } from '../../../src/apig/invokeApig';
import type { UserPoolOptions } from '../../../src/local/userPool/types';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';
import { start } from '../../support/userAuthHarness';

afterAll(closeAll);

describe('what cannot be gone through is named', () => {
  test.each<[string, LoginCallbacks, UserPoolOptions, object]>([
    ['no callback at all', {}, { firstFactors: ['EMAIL_OTP'] }, { name: 'LoginChallengeError', callback: 'mfaCode' }],
    ['no password', {}, { firstFactors: ['PASSWORD'] }, { name: 'LoginChallengeError', callback: 'password' }],
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

  test('without a password the other flows have nothing to prove; the tutorial’s entry has no USER_AUTH', async () => {
    const { aws } = await start();
    const error = await rejection(createApig(aws.config).login('user@example.com', undefined, { mfaCode: () => '1' }));
    expect(error).toMatchObject({ code: 'InvalidInput', message: 'password: expected text, got undefined' });
    expect(() => createApigWithLibrary(aws.config, { authFlow: 'USER_AUTH' })).toThrow(
      'authFlow: expected USER_SRP_AUTH or USER_PASSWORD_AUTH, got',
    );
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
