/** Codes by e-mail as second factor; and no way around one. */
import { createApig } from '../../../src/apig/index';
import { rejection } from '../../support/signedFetchHarness';
import { call, identityId, password, start } from '../../support/userAuthHarness';

test('a second factor by e-mail, alone and among others', async () => {
  const { aws, lastCode } = await start();
  const apig = createApig(aws.config);
  const mfaCode = jest.fn(() => lastCode('mail'));
  await apig.login('mail', password, { mfaCode });
  expect(mfaCode).toHaveBeenCalledWith({ name: 'EMAIL_OTP', destination: 'u***@e***' });
  expect(await call(apig)).toEqual(identityId);
  const selectMfa = jest.fn(() => 'EMAIL_OTP' as const);
  await apig.login('several', password, { selectMfa, mfaCode: () => lastCode('several') });
  expect(selectMfa).toHaveBeenCalledWith({ name: 'SELECT_MFA_TYPE', choices: ['EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'] });
  expect(await call(apig)).toEqual(identityId);
});

test('where a second factor is a must, nobody comes in without a password', async () => {
  const { apig } = await start({ mfa: 'ON' });
  const error = await rejection(apig.login('user@example.com', undefined, { mfaCode: () => '1' }));
  expect(error).toMatchObject({ name: 'LoginChallengeError', callback: 'password' });
});
