/** Setting second factors up: authenticator apps, and which factor a user prefers. */
import { AwsJsonError } from '../http/index.js';
import { factorsOf } from './factors.js';
import { invalidParameter, invalidSession } from './errors.js';
import { tokensUser } from './requestUsers.js';
import type { Challenge, Fields, Operation, Pool } from './state.js';
import { fieldsOf, optionalText, text } from './state.js';
import type { StoredUser } from './stored.js';
import { createTotpSecret } from './totp.js';
import { attributeOf, idOf } from './users.js';

type SetupChallenge = Extract<Challenge, { name: 'MFA_SETUP' }>;

const associateSoftwareToken: Operation = (pool, request) => {
  const secret = createTotpSecret();
  if (request.AccessToken !== undefined) {
    const user = tokensUser(pool, request);
    pool.users.update(user, { pendingTotpSecret: secret }); // until the new app is verified, the old one stays valid
    return { SecretCode: secret };
  }
  const session = text(request, 'Session');
  const challenge = setupChallenge(pool, session);
  pool.challenges.take(session);
  return { SecretCode: secret, Session: pool.challenges.open({ ...challenge, secret, verified: false }) };
};

const verifySoftwareToken: Operation = (pool, request) => {
  if (request.AccessToken !== undefined) {
    const user = tokensUser(pool, request);
    pool.users.update(user, verifiedToken(pool, user, user.pendingTotpSecret, request));
    return { Status: 'SUCCESS' };
  }
  const session = text(request, 'Session');
  const challenge = setupChallenge(pool, session);
  const user = pool.users.find(challenge.userId);
  if (user === undefined || idOf(user) !== challenge.sub) throw invalidSession();
  if (factorsOf(user).length > 0) throw invalidSession(); // the user has set up a factor since, which this login has not proven
  const changes = verifiedToken(pool, user, challenge.secret, request);
  pool.challenges.take(session);
  // A factor that is verified within a login is switched on at once.
  const UserMFASettingList = [...new Set([...(user.UserMFASettingList ?? []), 'SOFTWARE_TOKEN_MFA'])];
  pool.users.update(user, { ...changes, UserMFASettingList });
  return { Status: 'SUCCESS', Session: pool.challenges.open({ ...challenge, verified: true }) };
};

const setUserMFAPreference: Operation = (pool, request) => setPreference(pool, tokensUser(pool, request), request);

const adminSetUserMFAPreference: Operation = (pool, request) =>
  setPreference(pool, pool.users.get(text(request, 'Username')), request);

/** The operations of this file by their names on the wire. */
export const mfaOperations: Readonly<Record<string, Operation>> = {
  AssociateSoftwareToken: associateSoftwareToken,
  VerifySoftwareToken: verifySoftwareToken,
  SetUserMFAPreference: setUserMFAPreference,
  AdminSetUserMFAPreference: adminSetUserMFAPreference,
};

/** Switches factors on and off, and chooses the one that logins ask for. Factors that the request does not name stay unchanged. */
function setPreference(pool: Pool, user: StoredUser, request: Fields): object {
  const sms = fieldsOf(request, 'SMSMfaSettings');
  const token = fieldsOf(request, 'SoftwareTokenMfaSettings');
  const email = fieldsOf(request, 'EmailMfaSettings');
  if (sms.Enabled === true && attributeOf(user, 'phone_number') === undefined) {
    throw invalidParameter('User does not have delivery config set to turn on SMS_MFA');
  }
  if (token.Enabled === true && user.SoftwareTokenMfaConfiguration?.Verified !== true) {
    throw invalidParameter('User has not verified software token mfa');
  }
  if (email.Enabled === true && attributeOf(user, 'email') === undefined) {
    throw invalidParameter('User does not have delivery config set to turn on EMAIL_OTP');
  }
  const factors = new Set(user.UserMFASettingList);
  let preferred = user.PreferredMfaSetting;
  for (const [name, { Enabled, PreferredMfa }] of [
    ['SMS_MFA', sms],
    ['SOFTWARE_TOKEN_MFA', token],
    ['EMAIL_OTP', email],
  ] as const) {
    if (Enabled === true) factors.add(name);
    if (Enabled === false) factors.delete(name);
    if (PreferredMfa === true && factors.has(name)) preferred = name;
    if (preferred === name && (PreferredMfa === false || !factors.has(name))) preferred = undefined;
  }
  pool.users.update(user, { UserMFASettingList: [...factors], PreferredMfaSetting: preferred });
  return {};
}

function setupChallenge(pool: Pool, session: string): SetupChallenge {
  const challenge = pool.challenges.read(session);
  if (challenge.name !== 'MFA_SETUP') throw invalidSession();
  return challenge;
}

/** The changes of a user whose authenticator app has shown the right code. */
function verifiedToken(
  pool: Pool,
  user: StoredUser,
  secret: string | undefined,
  request: Fields,
): Pick<StoredUser, 'SoftwareTokenMfaConfiguration' | 'pendingTotpSecret'> {
  if (secret === undefined) {
    throw new AwsJsonError('SoftwareTokenMFANotFoundException', 'Software token MFA has not been set up.');
  }
  // The code is used up by this, and cannot be used to log in as well.
  if (pool.usedTotpCodes.use(idOf(user), secret, text(request, 'UserCode'), pool.now()) !== 'right') {
    throw new AwsJsonError('EnableSoftwareTokenMFAException', 'Code mismatch');
  }
  const device = optionalText(request, 'FriendlyDeviceName');
  return {
    pendingTotpSecret: undefined,
    SoftwareTokenMfaConfiguration: {
      Secret: secret,
      Verified: true,
      ...(device === undefined ? {} : { FriendlyDeviceName: device }),
    },
  };
}
