/** The challenges between a right password and the tokens: a new password, second factors, a custom challenge. */
import { factorsOf, isFactor } from './factors.js';
import type { Factor } from './factors.js';
import { checkAttributes } from './attributes.js';
import { answerCustomChallenge } from './customChallenge.js';
import {
  expiredCode,
  factorAttemptsExceeded,
  invalidParameter,
  invalidSession,
  notAuthorized,
  usedTotpCode,
  wrongFactorCode,
} from './errors.js';
import { ask, checkStatus, issueTokens } from './loginSteps.js';
import { checkPasskey } from './passkeyLogin.js';
import type { Attribute, StoredUser } from './stored.js';
import type { Fields, Login, Pool } from './state.js';
import { text } from './state.js';
import { UserPassword } from './userPassword.js';
import { attributeOf, idOf, updatedAttributes } from './users.js';

/** The answer once the password has been proven: the next challenge, or the tokens. */
export function afterPassword(pool: Pool, user: StoredUser, login: Login): object {
  checkStatus(user);
  if (user.UserStatus === 'FORCE_CHANGE_PASSWORD') {
    const own = user.Attributes.filter(({ Name }) => Name !== 'sub').map(({ Name, Value }) => [Name, Value]);
    const userAttributes = JSON.stringify(Object.fromEntries(own));
    return ask(pool, user, login, { name: 'NEW_PASSWORD_REQUIRED' }, { requiredAttributes: '[]', userAttributes });
  }
  return askForSecondFactor(pool, user, login);
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
  const username = text(responses, 'USERNAME');
  const user = pool.users.find(username);
  if (challenge.name !== name || challenge.clientId !== clientId) throw invalidSession();
  if (challenge.sub === undefined) {
    // The challenge was made for a user who did not exist at that time.
    if (username !== challenge.userId) throw invalidSession();
    if (challenge.name === 'EMAIL_OTP') {
      pool.codes.refuse(challenge.subject, 'EMAIL_OTP', pool.attempts.secondFactors);
    }
    if (challenge.name !== 'CUSTOM_CHALLENGE') throw invalidSession();
    return answerCustomChallenge(pool, challenge, undefined, session, responses);
  }
  if (user === undefined || idOf(user) !== challenge.sub || user.Password !== challenge.password) {
    throw invalidSession();
  }
  if (challenge.name === 'CUSTOM_CHALLENGE') return answerCustomChallenge(pool, challenge, user, session, responses);
  checkStatus(user);

  switch (challenge.name) {
    case 'NEW_PASSWORD_REQUIRED':
      return askForSecondFactor(pool, setNewPassword(pool, user, session, responses), challenge);
    case 'SMS_MFA':
    case 'EMAIL_OTP':
    case 'SMS_OTP': {
      const code = text(responses, `${challenge.name}_CODE`);
      pool.codes.use(user, challenge.name, code, pool.attempts.secondFactors);
      break;
    }
    case 'WEB_AUTHN':
      checkPasskey(pool, user, challenge.challenge, text(responses, 'CREDENTIAL'));
      break;
    case 'SELECT_CHALLENGE':
      throw invalidSession(); // this challenge is answered by VerifySoftwareToken
    case 'SOFTWARE_TOKEN_MFA':
      useTotpCode(pool, user, text(responses, 'SOFTWARE_TOKEN_MFA_CODE'));
      break;
    case 'SELECT_MFA_TYPE': {
      const choice = text(responses, 'ANSWER');
      if (!isFactor(choice) || !factorsOf(user).includes(choice)) {
        throw invalidParameter(`SELECT_MFA_TYPE: ${choice} is not one of ${factorsOf(user).join(', ')}`);
      }
      pool.challenges.take(session);
      return askForFactor(pool, user, challenge, choice);
    }
    case 'MFA_SETUP':
      if (challenge.verified !== true) throw invalidParameter('The software token has not been verified.');
      break;
  }
  pool.challenges.take(session);
  return issueTokens(pool, user, clientId);
}

function askForSecondFactor(pool: Pool, user: StoredUser, login: Login): object {
  if (pool.mfa === 'OFF') return issueTokens(pool, user, login.clientId);
  const factors = factorsOf(user);
  const preferred = factors.find((factor) => factor === user.PreferredMfaSetting);
  const only = preferred ?? (factors.length === 1 ? factors[0] : undefined);
  if (only !== undefined) return askForFactor(pool, user, login, only);
  if (factors.length > 1) {
    return ask(pool, user, login, { name: 'SELECT_MFA_TYPE' }, { MFAS_CAN_CHOOSE: JSON.stringify(factors) });
  }
  if (pool.mfa === 'OPTIONAL') return issueTokens(pool, user, login.clientId);
  return ask(pool, user, login, { name: 'MFA_SETUP' }, { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' });
}

function askForFactor(pool: Pool, user: StoredUser, login: Login, factor: Factor): object {
  if (factor === 'SOFTWARE_TOKEN_MFA') {
    const device = user.SoftwareTokenMfaConfiguration?.FriendlyDeviceName;
    return ask(pool, user, login, { name: factor }, device === undefined ? {} : { FRIENDLY_DEVICE_NAME: device });
  }
  const by = factor === 'EMAIL_OTP' ? 'email' : 'phone_number';
  const { DeliveryMedium, Destination } = pool.codes.send(user, factor, by);
  return ask(
    pool,
    user,
    login,
    factor === 'EMAIL_OTP'
      ? { name: factor, subject: pool.simulation.subjectOf(user.Username, user) }
      : { name: factor },
    { CODE_DELIVERY_DELIVERY_MEDIUM: DeliveryMedium, CODE_DELIVERY_DESTINATION: Destination },
  );
}

/** Checks a code of an authenticator app, and accepts it only once. A code that was used before does not count as a wrong guess. */
function useTotpCode(pool: Pool, user: StoredUser, code: string): void {
  const secret = user.SoftwareTokenMfaConfiguration?.Secret;
  if (secret === undefined) throw expiredCode();
  const subject = pool.simulation.subjectOf(user.Username, user);
  if (pool.attempts.secondFactors.isLocked(subject)) throw factorAttemptsExceeded();
  const found = pool.usedTotpCodes.use(idOf(user), secret, code, pool.now());
  if (found === 'used') throw usedTotpCode();
  if (pool.attempts.secondFactors.check(subject, () => found === 'right') !== 'right') throw wrongFactorCode();
}

/** Sets a new password. The session ends before the user is changed, so that two answers at the same time change it once. */
function setNewPassword(pool: Pool, user: StoredUser, session: string, responses: Fields): StoredUser {
  const password = text(responses, 'NEW_PASSWORD');
  pool.users.checkPassword(password);
  const attributes = givenAttributes(responses);
  for (const { Name } of attributes) {
    if (['email', 'phone_number'].includes(Name) && attributeOf(user, Name) !== undefined) {
      throw notAuthorized(`Cannot modify an already provided ${Name}`);
    }
    if (['sub', 'email_verified', 'phone_number_verified'].includes(Name)) {
      throw notAuthorized(`Cannot modify the non-mutable attribute ${Name}`);
    }
  }
  checkAttributes(attributes, pool.store.schema, 'UpdateUserAttributes');
  pool.users.checkAliases(user, attributes);
  pool.challenges.take(session);
  return pool.users.update(user, {
    Password: new UserPassword(password),
    UserStatus: 'CONFIRMED',
    Attributes: updatedAttributes(user, attributes),
  });
}

function givenAttributes(responses: Fields): Attribute[] {
  const prefix = 'userAttributes.';
  return Object.keys(responses)
    .filter((name) => name.startsWith(prefix))
    .map((name) => {
      const value = responses[name];
      if (typeof value !== 'string') throw invalidParameter(`${name} must be a text`);
      return { Name: name.slice(prefix.length), Value: value };
    });
}
