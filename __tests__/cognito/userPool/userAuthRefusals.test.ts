/** What stops a login over USER_AUTH: callbacks that are missing, and answers that are none. */
import { createApig } from '../../../src/apig/index';
import type { LoginCallbacks } from '../../../src/apig/index';
import { createApig as createApigWithLibrary } from '../../../src/apig/invokeApig';
import type { UserPoolOptions } from '../../../src/local/userPool/types';
import { rejection } from '../../support/signedFetchHarness';
import { start } from '../../support/userAuthHarness';

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
