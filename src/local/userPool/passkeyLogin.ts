/** Logging in with a passkey: the challenge WEB_AUTHN and its answer. */
import { randomBytes } from 'node:crypto';
import { factorAttemptsExceeded, invalidParameter, notAuthorized } from './errors.js';
import { ask, checkStatus } from './loginSteps.js';
import type { Login, Pool } from './state.js';
import type { StoredUser } from './stored.js';
import { checkAssertion } from './webAuthn.js';

/** How long an authenticator may take, in milliseconds. */
export const TIMEOUT = 180_000;

/**
 * Asks for a signature with one of the user's passkeys.
 *
 * @throws AwsJsonError
 */
export function askForPasskey(pool: Pool, user: StoredUser, login: Login): object {
  checkStatus(user);
  const challenge = randomBytes(32).toString('base64url');
  const options = {
    challenge,
    timeout: TIMEOUT,
    rpId: pool.passkeys.relyingPartyId,
    allowCredentials: (user.passkeys ?? []).map(({ id, transports }) => ({ id, type: 'public-key', transports })),
    userVerification: pool.passkeys.userVerification,
  };
  const parameters = { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) };
  return ask(pool, user, login, { name: 'WEB_AUTHN', challenge }, parameters);
}

/**
 * Checks the signature.
 *
 * @param challenge The challenge that was to be signed.
 * @param credential The client's `AuthenticationResponseJSON`, as text.
 * @throws AwsJsonError
 */
export function checkPasskey(pool: Pool, user: StoredUser, challenge: string, credential: string): void {
  const subject = pool.simulation.subjectOf(user.Username, user);
  if (pool.attempts.secondFactors.isLocked(subject)) throw factorAttemptsExceeded();
  const passkeys = user.passkeys ?? [];
  const used = checkAssertion(parse(credential), passkeys, { ...pool.passkeys, challenge });
  pool.attempts.secondFactors.check(subject, () => used !== undefined);
  if (used === undefined) throw notAuthorized('The passkey could not be verified.');
  pool.users.update(user, { passkeys: passkeys.map((one) => (one.id === used.id ? used : one)) });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidParameter('CREDENTIAL must be JSON');
  }
}
