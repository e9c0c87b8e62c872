/** The identity that a call is made for, which its option `login` may have to log in first. */
import { sessionChanged } from '../cognito/index.js';
import type { CognitoCore, Identity, PoolUser } from '../cognito/index.js';
import { AuthError } from '../errors.js';
import { throwIfAborted } from '../util/index.js';
import type { ApigRequest } from './apiRequest.js';

/** The functions of an instance that find or log in a call's user. */
export type CallUsers = Pick<
  CognitoCore<PoolUser>,
  'load' | 'identity' | 'identityOfLogin' | 'logInForCall' | 'getCurrentUser'
>;

/**
 * Finds the identity that a call is made for, before anything but the storage, or the login of the call, is waited for.
 * @param users The instance's functions for users.
 * @param login The call's option.
 * @param signal Ends the waiting.
 * @throws AuthError `NotLoggedIn`, `SessionChanged`, and the codes of `login`; the signal's reason
 */
export async function identityForCall(
  users: CallUsers,
  login?: ApigRequest['login'],
  signal?: AbortSignal,
): Promise<Identity> {
  const loading = users.load();
  if (loading) await loading;
  if (!login) return users.identity();
  const { username, password } = login;
  const found = users.identityOfLogin(username, password);
  if (found && !(await hasExpired(found))) return found;
  throwIfAborted(signal);
  // In the meantime, another call may have logged the same user in, or another user may have logged in.
  const renewed = found && users.identityOfLogin(username, password);
  if (renewed) return renewed;
  if (found && users.getCurrentUser()) throw sessionChanged();
  return users.logInForCall(username, password);
}

/** Whether the session of an identity, which may come from the storage, has ended. Getting credentials shows that. */
async function hasExpired(identity: Identity): Promise<boolean> {
  try {
    await identity.getCredentials();
    return false;
  } catch (error) {
    if (error instanceof AuthError && error.code === 'SessionExpired') return true;
    throw error;
  }
}
