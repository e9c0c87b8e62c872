/** Setting second factors up: authenticator apps, and which factor a user prefers. */
import { AwsJsonError } from '../http/index.js';
import { invalidParameter, invalidSession } from './errors.js';
import { tokensUser } from './requestUsers.js';
import type { Challenge, Fields, Operation, Pool } from './state.js';
import { fieldsOf, optionalText, text } from './state.js';
import type { StoredUser } from './storedUser.js';
import { createTotpSecret } from './totp.js';
import { attributeOf, idOf } from './users.js';

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
    await pool.users.update(user, verifiedToken(pool, user, user.SoftwareTokenMfaConfiguration?.Secret, request));
    return { Status: 'SUCCESS' };
  }
  const session = text(request, 'Session');
  const challenge = setupChallenge(pool, session);
  const user = await pool.users.find(challenge.userId);
  if (user === undefined || idOf(user) !== challenge.sub) throw invalidSession();
  const changes = verifiedToken(pool, user, challenge.secret, request);
  pool.challenges.take(session);
  // Verified within a login, the factor is in force at once.
  const UserMFASettingList = [...new Set([...(user.UserMFASettingList ?? []), 'SOFTWARE_TOKEN_MFA'])];
  await pool.users.update(user, { ...changes, UserMFASettingList });
  return { Status: 'SUCCESS', Session: pool.challenges.open({ ...challenge, verified: true }) };
};

const setUserMFAPreference: Operation = async (pool, request) => {
  const user = await tokensUser(pool, request);
  if (Boolean(fieldsOf(request, 'SMSMfaSettings').Enabled) && attributeOf(user, 'phone_number') === undefined) {
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
  if (challenge.name !== 'MFA_SETUP') throw invalidSession();
  return challenge;
}

/** What becomes of a user whose authenticator app has shown the right code. */
function verifiedToken(
  pool: Pool,
  user: StoredUser,
  secret: string | undefined,
  request: Fields,
): Pick<StoredUser, 'SoftwareTokenMfaConfiguration'> {
  if (secret === undefined) {
    throw new AwsJsonError('SoftwareTokenMFANotFoundException', 'Software token MFA has not been set up.');
  }
  // The code is used up by this: it does not log in as well.
  if (pool.usedTotpCodes.use(idOf(user), secret, text(request, 'UserCode'), pool.now()) !== 'right') {
    throw new AwsJsonError('EnableSoftwareTokenMFAException', 'Code mismatch');
  }
  const device = optionalText(request, 'FriendlyDeviceName');
  return {
    SoftwareTokenMfaConfiguration: {
      Secret: secret,
      Verified: true,
      ...(device === undefined ? {} : { FriendlyDeviceName: device }),
    },
  };
}
