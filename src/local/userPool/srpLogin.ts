/** Logging in over SRP: the challenge PASSWORD_VERIFIER and its answer. */
import { randomBytes } from 'node:crypto';
import { MONTHS } from '../../util/index.js';
import { afterPassword } from './challenges.js';
import { askCustomChallenge } from './customChallenge.js';
import { INCORRECT_LOGIN, invalidParameter, notAuthorized, passwordAttemptsExceeded } from './errors.js';
import { findNamed, userIdOf } from './requestUsers.js';
import type { NamedUser } from './requestUsers.js';
import { beginExchange, createCredential, verifyPasswordClaim } from './srp.js';
import type { SrpCredential } from './srp.js';
import type { Fields, Pool } from './state.js';
import { poolName, text } from './state.js';
import { idOf } from './users.js';

/** `Sun Aug 30 12:36:00 UTC 2015` */
const TIMESTAMP = /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d\d:\d\d:\d\d UTC \d{4}$/;

const DAYS: readonly string[] = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** How far a client's clock may be off, in milliseconds. AWS allows more than an hour. */
const TIMESTAMP_TOLERANCE = 24 * 3600 * 1000;

/**
 * Answers a client's first message.
 *
 * @param custom Whether a custom challenge follows.
 * @throws AwsJsonError
 */
export function startSrp(pool: Pool, clientId: string, parameters: Fields, custom: boolean): object {
  const name = text(parameters, 'USERNAME');
  const srpA = text(parameters, 'SRP_A');
  const named = findNamed(pool, name);
  const { user, subject } = named;
  const userId = userIdOf(pool, name, user);
  const credential = credentialOf(pool, named, userId);
  const exchange = beginExchange(credential, srpA);
  if (exchange === undefined) throw invalidParameter('SRP_A is not a valid public value.');
  const sub = user === undefined ? undefined : idOf(user);
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      USER_ID_FOR_SRP: userId,
      USERNAME: userId,
      SALT: credential.salt.toString(16),
      SRP_B: exchange.serverPublic.toString(16),
      SECRET_BLOCK: pool.proofs.open({ userId, sub, password: user?.Password, clientId, subject, custom, exchange }),
    },
  };
}

/**
 * Checks a client's proof that it knows the password. A secret block is good for one answer, right or wrong.
 *
 * @throws AwsJsonError
 */
export function checkProof(pool: Pool, clientId: string, responses: Fields): object {
  const secretBlock = text(responses, 'PASSWORD_CLAIM_SECRET_BLOCK');
  const signature = text(responses, 'PASSWORD_CLAIM_SIGNATURE');
  const timestamp = text(responses, 'TIMESTAMP');
  const name = text(responses, 'USERNAME');
  if (!isTimestamp(timestamp)) {
    throw invalidParameter('TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.');
  }
  const pending = pool.proofs.take(secretBlock);
  const user = pool.users.find(name);
  const { subject, userId, exchange } = pending;
  const outcome = pool.attempts.passwords.check(subject, () => {
    const claim = { poolName: poolName(pool), userId, secretBlock, timestamp };
    const isProven = verifyPasswordClaim(exchange, claim, signature);
    const isTheirs = user !== undefined && idOf(user) === pending.sub && user.Password === pending.password;
    return isProven && isTheirs && pending.clientId === clientId && isTimely(pool, timestamp);
  });
  if (outcome === 'locked') throw passwordAttemptsExceeded();
  if (user === undefined || outcome === 'wrong') throw notAuthorized(INCORRECT_LOGIN);
  const login = { clientId, userId };
  return pending.custom ? askCustomChallenge(pool, user, login) : afterPassword(pool, user, login);
}

function isTimestamp(text: string): boolean {
  const [day = '', month = ''] = text.split(' ', 2);
  return TIMESTAMP.test(text) && DAYS.includes(day) && MONTHS.includes(month);
}

/**
 * Whether a timestamp has AWS's form (the right weekday, no zero in front of the day), and is near to now. It is compared with the
 * machine's clock as well, which clients have even where the pool was given another one.
 */
function isTimely(pool: Pool, timestamp: string): boolean {
  const [, month = '', day, time = '', , year] = timestamp.split(' ');
  const [hours, minutes, seconds] = time.split(':').map(Number);
  const date = new Date(Date.UTC(Number(year), MONTHS.indexOf(month), Number(day), hours, minutes, seconds));
  const nearest = Math.min(...[pool.now().getTime(), Date.now()].map((now) => Math.abs(now - date.getTime())));
  return timestampOf(date) === timestamp && nearest <= TIMESTAMP_TOLERANCE;
}

function timestampOf(date: Date): string {
  const weekday = DAYS[date.getUTCDay()]!;
  const month = MONTHS[date.getUTCMonth()]!;
  const time = date.toISOString().slice(11, 19);
  return `${weekday} ${month} ${date.getUTCDate()} ${time} UTC ${date.getUTCFullYear()}`;
}

/**
 * The credential that an exchange begins with. Where the pool hides who exists, it is computed each time, whether the user exists or
 * not, so that salt and time do not tell.
 */
function credentialOf(pool: Pool, { name, user }: NamedUser, userId: string): SrpCredential {
  const isShown = !pool.preventUserExistenceErrors || user?.Password.text === undefined;
  if (user !== undefined && isShown)
    return user.Password.credential({ poolName: poolName(pool), username: user.Username });
  const password = user?.Password.text ?? randomBytes(32).toString('hex');
  return createCredential(poolName(pool), userId, password, pool.simulation.saltOf(name, user));
}
