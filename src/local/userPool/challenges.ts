/** What may stand between a right password and the tokens: new password, second factors, a challenge of one's own. */
import type { StoredUser } from './storedUser.js';
import { AwsJsonError } from '../http/index.js';
import { expiredCode, INCORRECT_LOGIN, invalidParameter, notAuthorized, wrongFactorCode } from './errors.js';
import type { Challenge, Fields, Pool } from './state.js';
import { text } from './state.js';
import { verifyTotpCode } from './totp.js';
import { attributeOf, withAttributes } from './users.js';

/**
 * Refuses users who may not log in, whatever their password.
 *
 * @throws AwsJsonError
 */
export function checkStatus(user: StoredUser): void {
  if (!user.Enabled) throw notAuthorized('User is disabled.');
  if (user.UserStatus === 'UNCONFIRMED') {
    throw new AwsJsonError('UserNotConfirmedException', 'User is not confirmed.');
  }
  if (user.UserStatus === 'RESET_REQUIRED') {
    throw new AwsJsonError('PasswordResetRequiredException', 'Password reset required for the user');
  }
}

/** The answer once the password has been proven: the next challenge, or the tokens. */
export async function afterPassword(pool: Pool, user: StoredUser, clientId: string): Promise<object> {
  checkStatus(user);
  if (user.UserStatus === 'FORCE_CHANGE_PASSWORD') {
    const own = user.Attributes.filter(({ Name }) => Name !== 'sub').map(({ Name, Value }) => [Name, Value]);
    return ask(
      pool,
      user,
      { name: 'NEW_PASSWORD_REQUIRED', clientId, username: user.Username },
      { requiredAttributes: '[]', userAttributes: JSON.stringify(Object.fromEntries(own)) },
    );
  }
  return askForSecondFactor(pool, user, clientId);
}

/**
 * Asks the custom challenge.
 *
 * @param attemptsLeft Default: as many as the challenge allows.
 * @throws AwsJsonError InvalidParameterException when neither the user nor the pool has one
 */
export function askCustomChallenge(pool: Pool, user: StoredUser, clientId: string, attemptsLeft?: number): object {
  const challenge = pool.customChallengeOf(user);
  if (challenge === undefined) {
    throw invalidParameter('Custom auth lambda trigger is not configured for the user pool.');
  }
  checkStatus(user);
  const left = attemptsLeft ?? challenge.attempts ?? 1;
  const waiting: Challenge = { name: 'CUSTOM_CHALLENGE', clientId, username: user.Username, attemptsLeft: left };
  return ask(pool, user, waiting, { ...challenge.parameters, USERNAME: user.Username });
}

/**
 * Answers RespondToAuthChallenge for every challenge but PASSWORD_VERIFIER.
 *
 * @throws AwsJsonError
 */
export async function respondToChallenge(
  pool: Pool,
  clientId: string,
  name: string,
  session: string,
  responses: Fields,
): Promise<object> {
  const challenge = pool.challenges.read(session);
  const user = await pool.users.find(text(responses, 'USERNAME'));
  const matches = challenge.name === name && challenge.clientId === clientId;
  if (!matches || user?.Username !== challenge.username) throw notAuthorized('Invalid session for the user.');
  checkStatus(user);

  switch (challenge.name) {
    case 'NEW_PASSWORD_REQUIRED': {
      const changed = await setNewPassword(pool, user, responses);
      pool.challenges.take(session);
      return askForSecondFactor(pool, changed, clientId);
    }
    case 'SMS_MFA':
      pool.codes.use(user, 'SMS_MFA', text(responses, 'SMS_MFA_CODE'));
      break;
    case 'SOFTWARE_TOKEN_MFA': {
      const secret = user.SoftwareTokenMfaConfiguration?.Secret;
      if (secret === undefined) throw expiredCode();
      if (!verifyTotpCode(secret, text(responses, 'SOFTWARE_TOKEN_MFA_CODE'), pool.now())) {
        throw wrongFactorCode();
      }
      break;
    }
    case 'SELECT_MFA_TYPE': {
      const choice = text(responses, 'ANSWER');
      if (!isFactor(choice) || !factorsOf(user).includes(choice)) {
        throw invalidParameter(`SELECT_MFA_TYPE: ${choice} is not one of ${factorsOf(user).join(', ')}`);
      }
      pool.challenges.take(session);
      return askForFactor(pool, user, clientId, choice);
    }
    case 'MFA_SETUP':
      if (challenge.verified !== true) throw invalidParameter('The software token has not been verified.');
      break;
    case 'CUSTOM_CHALLENGE': {
      pool.challenges.take(session);
      const right = await pool.customChallengeOf(user)?.verify(text(responses, 'ANSWER'));
      if (right === true) return issueTokens(pool, user, clientId);
      if (challenge.attemptsLeft <= 1) throw notAuthorized(INCORRECT_LOGIN);
      return askCustomChallenge(pool, user, clientId, challenge.attemptsLeft - 1);
    }
  }
  pool.challenges.take(session);
  return issueTokens(pool, user, clientId);
}

type Factor = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA';

function isFactor(name: string): name is Factor {
  return name === 'SMS_MFA' || name === 'SOFTWARE_TOKEN_MFA';
}

function factorsOf(user: StoredUser): Factor[] {
  return (user.UserMFASettingList ?? []).filter(isFactor);
}

async function askForSecondFactor(pool: Pool, user: StoredUser, clientId: string): Promise<object> {
  if (pool.mfa === 'OFF') return issueTokens(pool, user, clientId);
  const factors = factorsOf(user);
  const preferred = factors.find((factor) => factor === user.PreferredMfaSetting);
  const only = preferred ?? (factors.length === 1 ? factors[0] : undefined);
  if (only !== undefined) return askForFactor(pool, user, clientId, only);
  if (factors.length > 1) {
    return ask(
      pool,
      user,
      { name: 'SELECT_MFA_TYPE', clientId, username: user.Username },
      { MFAS_CAN_CHOOSE: JSON.stringify(factors) },
    );
  }
  if (pool.mfa === 'OPTIONAL') return issueTokens(pool, user, clientId);
  return ask(
    pool,
    user,
    { name: 'MFA_SETUP', clientId, username: user.Username },
    { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
  );
}

function askForFactor(pool: Pool, user: StoredUser, clientId: string, factor: Factor): object {
  const challenge: Challenge = { name: factor, clientId, username: user.Username };
  if (factor === 'SOFTWARE_TOKEN_MFA') {
    const device = user.SoftwareTokenMfaConfiguration?.FriendlyDeviceName;
    return ask(pool, user, challenge, device === undefined ? {} : { FRIENDLY_DEVICE_NAME: device });
  }
  const { DeliveryMedium, Destination } = pool.codes.send(user, 'SMS_MFA', 'phone_number');
  return ask(pool, user, challenge, {
    CODE_DELIVERY_DELIVERY_MEDIUM: DeliveryMedium,
    CODE_DELIVERY_DESTINATION: Destination,
  });
}

function ask(pool: Pool, user: StoredUser, challenge: Challenge, parameters: Record<string, string>): object {
  return {
    ChallengeName: challenge.name,
    Session: pool.challenges.open(challenge),
    ChallengeParameters: { USER_ID_FOR_SRP: user.Username, ...parameters },
  };
}

async function issueTokens(pool: Pool, user: StoredUser, clientId: string): Promise<object> {
  const tokens = pool.tokens.issue(user, await pool.users.groupsOf(user), clientId);
  return { ChallengeParameters: {}, AuthenticationResult: tokens };
}

async function setNewPassword(pool: Pool, user: StoredUser, responses: Fields): Promise<StoredUser> {
  const password = text(responses, 'NEW_PASSWORD');
  pool.users.checkPassword(password);
  const attributes = Object.entries(responses)
    .filter(([name]) => name.startsWith('userAttributes.'))
    .map(([name, value]) => ({ Name: name.slice('userAttributes.'.length), Value: String(value) }));
  for (const { Name } of attributes) {
    if (['email', 'phone_number'].includes(Name) && attributeOf(user, Name) !== undefined) {
      throw notAuthorized(`Cannot modify an already provided ${Name}`);
    }
    if (['sub', 'email_verified', 'phone_number_verified'].includes(Name)) {
      throw notAuthorized(`Cannot modify the non-mutable attribute ${Name}`);
    }
  }
  await pool.users.checkAliases(user, attributes);
  return pool.users.update(user, {
    Password: password,
    UserStatus: 'CONFIRMED',
    Attributes: withAttributes(user, ...attributes),
  });
}
