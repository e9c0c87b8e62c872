/** What the tests of the challenges of a login share: accounts, how a login begins, and what it shows at its end. */
import type { LocalUserPool } from '../../src/local/userPool';
import { PASSWORD, lastCode as lastCodeOf } from './accountHarness';
import { call, login, refresh, refused } from './userPoolHarness';
import type { Outcome } from './userPoolHarness';

export { PASSWORD };
export const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
export const MISMATCH = 'CodeMismatchException: Invalid code received for user';

export const account = (name: string) => ({ username: `${name}@example.com`, password: PASSWORD });

/** Logs in over the password flow, as fast as possible, and stops at the first challenge. */
export const start = (pool: LocalUserPool, name: string): Promise<Outcome> =>
  login(pool, `${name}@example.com`, PASSWORD, 'USER_PASSWORD_AUTH');

export const parametersOf = (outcome: Outcome) => ('parameters' in outcome ? outcome.parameters : {});

export const lastCode = (pool: LocalUserPool, name: string): string => lastCodeOf(pool, `${name}@example.com`);

/** Finishes a login and shows that its refresh token works. */
export async function expectWorkingSession(pool: LocalUserPool, outcome: Outcome): Promise<void> {
  if (!('session' in outcome)) throw new Error(`expected a session, got ${outcome.step}`);
  expect(await refused(refresh(pool, outcome.session.getRefreshToken().getToken()))).toBe('success');
}

/** Begins a login with a password in the open, and gives the session of the challenge that comes back. */
export async function challengedSession(
  pool: Pick<LocalUserPool, 'url' | 'clientId'>,
  USERNAME: string,
  PASSWORD: string,
): Promise<unknown> {
  const AuthParameters = { USERNAME, PASSWORD };
  const input = { AuthFlow: 'USER_PASSWORD_AUTH', ClientId: pool.clientId, AuthParameters };
  return (await call(pool, 'InitiateAuth', input)).body.Session;
}

/** Answers a challenge with the session that it came with. */
export const answerChallenge = (
  pool: Pick<LocalUserPool, 'url' | 'clientId'>,
  ChallengeName: string,
  Session: unknown,
  ChallengeResponses: Record<string, unknown>,
) => call(pool, 'RespondToAuthChallenge', { ChallengeName, ClientId: pool.clientId, Session, ChallengeResponses });
