/** Logging out. */
import { GUEST } from './identityPool/index.js';
import { readLogout } from './options.js';
import type { Parts } from './parts.js';
import type { PoolUser } from './userPool/index.js';

/**
 * Logs the user out. It takes effect here before anything is waited for.
 * @param parts The parts of the instance.
 * @param options What the app passed.
 * @throws AuthError for wrong options, or where storage or user pool failed; the user is logged out even so
 */
export async function logOut<User extends PoolUser>(
  { pool, currentIdentity, events, loader, userLogins }: Parts<User>,
  options: unknown,
): Promise<void> {
  const { isEverywhere, problem } = readLogout(options);
  userLogins.shared.forget();
  const { username, done } = pool?.logout(isEverywhere) ?? {};
  currentIdentity.end();
  events.mayHaveChanged(true);
  await Promise.all([done, loader.forget(GUEST), username === undefined ? undefined : loader.forget(username)]);
  if (problem) throw problem;
}
