/** The flow USER_AUTH: the client states the factor to log in with, or gets a list to choose from. */
import { factorsOf } from './factors.js';
import { attemptLimitExceeded, invalidParameter, invalidSession } from './errors.js';
import { simulatedDelivery } from './contacts.js';
import { ask, checkStatus } from './loginSteps.js';
import { askForPasskey } from './passkeyLogin.js';
import { checkPassword } from './passwordLogin.js';
import { findNamed, userIdOf } from './requestUsers.js';
import type { NamedUser } from './requestUsers.js';
import { startSrp } from './srpLogin.js';
import type { Fields, Pool } from './state.js';
import { optionalText, text } from './state.js';
import type { StoredUser } from './stored.js';
import { attributeOf } from './users.js';

/** What a login can begin with, by Cognito's names of the challenges. */
type Choice = 'PASSWORD' | 'PASSWORD_SRP' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';

/**
 * Begins a login with what is preferred, where the user has it, or asks.
 *
 * @throws AwsJsonError
 */
export function startUserAuth(pool: Pool, clientId: string, parameters: Fields): object {
  const named = findNamed(pool, text(parameters, 'USERNAME'));
  const available = choicesOf(pool, named.user);
  const preferred = available.find((choice) => choice === optionalText(parameters, 'PREFERRED_CHALLENGE'));
  if (preferred !== undefined) return begin(pool, clientId, named, preferred, parameters);
  const login = { clientId, userId: userIdOf(pool, named.name, named.user) };
  const asked = ask(pool, named.user, login, { name: 'SELECT_CHALLENGE' }, {});
  return { ...asked, AvailableChallenges: available };
}

/**
 * Goes on with what the user has chosen.
 *
 * @throws AwsJsonError
 */
export function selectChallenge(pool: Pool, clientId: string, session: string, responses: Fields): object {
  const challenge = pool.challenges.read(session);
  const named = findNamed(pool, text(responses, 'USERNAME'));
  const isTheirs = challenge.name === 'SELECT_CHALLENGE' && challenge.clientId === clientId;
  if (!isTheirs || challenge.userId !== userIdOf(pool, named.name, named.user)) throw invalidSession();
  const answer = text(responses, 'ANSWER');
  const choice = choicesOf(pool, named.user).find((one) => one === answer);
  if (choice === undefined) throw invalidParameter(`SELECT_CHALLENGE: ${answer} is not available to the user`);
  const outcome = begin(pool, clientId, named, choice, responses);
  pool.challenges.take(session);
  return outcome;
}

/** The factors to choose from. For a user who does not exist, those that most users have, so that the answer does not tell. */
function choicesOf(pool: Pool, user: StoredUser | undefined): Choice[] {
  const has: Readonly<Record<Choice, boolean>> = {
    PASSWORD_SRP: true,
    PASSWORD: true,
    EMAIL_OTP: user === undefined || attributeOf(user, 'email_verified') === 'true',
    SMS_OTP: user !== undefined && attributeOf(user, 'phone_number_verified') === 'true',
    WEB_AUTHN: (user?.passkeys ?? []).length > 0,
  };
  // Where the pool or the user has second factors, only passwords can be the first.
  const needsPassword = pool.mfa === 'ON' || (pool.mfa !== 'OFF' && user !== undefined && factorsOf(user).length > 0);
  const allowed = needsPassword ? ['PASSWORD'] : pool.firstFactors;
  const choices = Object.keys(has) as Choice[];
  return choices.filter((choice) => has[choice] && allowed.some((factor) => factor === choice.replace('_SRP', '')));
}

function begin(pool: Pool, clientId: string, named: NamedUser, choice: Choice, fields: Fields): object {
  switch (choice) {
    case 'PASSWORD':
      return checkPassword(pool, clientId, named.name, text(fields, 'PASSWORD'));
    case 'PASSWORD_SRP':
      return startSrp(pool, clientId, { ...fields, USERNAME: named.name }, false);
    case 'EMAIL_OTP':
    case 'SMS_OTP':
      return sendCode(pool, clientId, named, choice);
    case 'WEB_AUTHN':
      return askForPasskey(pool, named.user!, { clientId, userId: userIdOf(pool, named.name, named.user) });
  }
}

function sendCode(
  pool: Pool,
  clientId: string,
  { name, user, subject }: NamedUser,
  choice: 'EMAIL_OTP' | 'SMS_OTP',
): object {
  if (pool.attempts.sending.isLocked(subject)) throw attemptLimitExceeded();
  pool.attempts.sending.count(subject);
  if (user !== undefined) checkStatus(user);
  const login = { clientId, userId: userIdOf(pool, name, user) };
  const by = choice === 'EMAIL_OTP' ? 'email' : 'phone_number';
  if (user === undefined) pool.codes.simulate(subject, choice);
  const delivery = user === undefined ? simulatedDelivery(pool, name) : pool.codes.send(user, choice, by);
  return ask(
    pool,
    user,
    login,
    { name: choice, subject },
    { CODE_DELIVERY_DELIVERY_MEDIUM: delivery.DeliveryMedium, CODE_DELIVERY_DESTINATION: delivery.Destination },
  );
}
