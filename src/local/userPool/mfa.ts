/** Setting second factors up: authenticator apps, and which factor a user prefers. */
import { tokensUser } from './accounts.js';
import { AwsJsonError } from '../http/index.js';
import { invalidParameter, notAuthorized } from './errors.js';
import type { Challenge, Fields, Operation, Pool } from './state.js';
import { fieldsOf, optionalText, text } from './state.js';
import { createTotpSecret, verifyTotpCode } from './totp.js';
import { attributeOf } from './users.js';

type SetupChallenge = Extract<Challenge, { name: 'MFA_SETUP' }>;

const associateSoftwareToken: Operation = async (pool, request) => {
  const secret = createTotpSecret();
  if (request.AccessToken !== undefined) {
    const user = await tokensUser(pool, request);
    await pool.users.update(user, { SoftwareTokenMfaConfiguration: { Secret: secret, Verified: false } });
    return { SecretCode: secret };
  }
  const session = text(request, 'Session');
  const challenge = setupChallenge(pool, session);
  pool.challenges.take(session);
  return { SecretCode: secret, Session: pool.challenges.open({ ...challenge, secret, verified: false }) };
};

const verifySoftwareToken: Operation = async (pool, request) => {
  if (request.AccessToken !== undefined) {
    const user = await tokensUser(pool, request);
    await enableToken(pool, user.Username, user.SoftwareTokenMfaConfiguration?.Secret, request);
    return { Status: 'SUCCESS' };
  }
  const session = text(request, 'Session');
  const challenge = setupChallenge(pool, session);
  await enableToken(pool, challenge.username, challenge.secret, request);
  // Verified within a login, the factor is in force at once.
  const user = await pool.users.get(challenge.username);
  const UserMFASettingList = [...new Set([...(user.UserMFASettingList ?? []), 'SOFTWARE_TOKEN_MFA'])];
  await pool.users.update(user, { UserMFASettingList });
  pool.challenges.take(session);
  return { Status: 'SUCCESS', Session: pool.challenges.open({ ...challenge, verified: true }) };
};

const setUserMFAPreference: Operation = async (pool, request) => {
  const user = await tokensUser(pool, request);
  if (fieldsOf(request, 'SMSMfaSettings').Enabled === true && attributeOf(user, 'phone_number') === undefined) {
    throw invalidParameter('User does not have delivery config set to turn on SMS_MFA');
  }
  return pool.cognito.run('SetUserMFAPreference', request);
};

/** The operations of this file by their names on the wire. */
export const mfaOperations: Readonly<Record<string, Operation>> = {
  AssociateSoftwareToken: associateSoftwareToken,
  VerifySoftwareToken: verifySoftwareToken,
  SetUserMFAPreference: setUserMFAPreference,
};

function setupChallenge(pool: Pool, session: string): SetupChallenge {
  const challenge = pool.challenges.read(session);
  if (challenge.name !== 'MFA_SETUP') throw notAuthorized('Invalid session for the user.');
  return challenge;
}

async function enableToken(pool: Pool, username: string, secret: string | undefined, request: Fields): Promise<void> {
  if (secret === undefined) {
    throw new AwsJsonError('SoftwareTokenMFANotFoundException', 'Software token MFA has not been set up.');
  }
  if (!verifyTotpCode(secret, text(request, 'UserCode'), pool.now())) {
    throw new AwsJsonError('EnableSoftwareTokenMFAException', 'Code mismatch');
  }
  const device = optionalText(request, 'FriendlyDeviceName');
  await pool.users.update(await pool.users.get(username), {
    SoftwareTokenMfaConfiguration: {
      Secret: secret,
      Verified: true,
      ...(device === undefined ? {} : { FriendlyDeviceName: device }),
    },
  });
}
