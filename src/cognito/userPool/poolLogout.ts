/** Logging out of a user pool. */
import type { AuthError } from '../../errors.js';
import type { CurrentSession } from './currentSession.js';
import type { PoolUser } from './loginClient.js';

/** A logout. It has taken effect here already; the rest may still be under way. */
export interface Logout {
  /** The name of the user who was logged in; `undefined` where nobody was. */
  readonly username: string | undefined;
  /**
   * Resolves once the storage is cleared and, with `global`, the pool has invalidated the tokens.
   * @throws AuthError where that failed, such as `StorageFailed`. Here, the user is logged out even so.
   */
  readonly done: Promise<void>;
}

/** What a logout needs of the storage. */
export interface LogoutStorage {
  /** Removes the name of the user who is logged in. */
  readonly removeLastUser: () => void;
  /** Waits until every write has reached the storage; `undefined` where nothing has to be waited for. */
  readonly flush: () => Promise<AuthError | undefined> | undefined;
}

/**
 * Ends the current session, at once.
 * @param session The current session.
 * @param storage Where it is kept.
 * @param global Whether to invalidate the user's tokens on all devices.
 */
export function endSession<User extends PoolUser>(
  session: CurrentSession<User>,
  storage: LogoutStorage,
  global: boolean,
): Logout {
  const { value: found, failure } = attempt(() => session.find());
  const last = failure ? session.lastFound() : found;
  const tokens = attempt(() => (global ? last?.tokens() : undefined));
  const unforgotten = last?.end({ forget: true });
  if (failure) storage.removeLastUser(); // whichever user it names, since it could not be read
  const failed = failure ?? tokens.failure ?? unforgotten;
  const finish = async (): Promise<void> => {
    const unwritten = await storage.flush();
    if (tokens.value) await last?.signOutEverywhere(tokens.value);
    if (failed ?? unwritten) throw (failed ?? unwritten)!;
  };
  return { username: last?.username, done: finish() };
}

/** Reads from the storage, and gives the value or the error. */
function attempt<T>(look: () => T): { readonly value?: T; readonly failure?: AuthError } {
  try {
    return { value: look() };
  } catch (error) {
    return { failure: error as AuthError };
  }
}
