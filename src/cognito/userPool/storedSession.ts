/** What the storage holds of one user's session. */
import type { Tokens } from './tokens.js';
import { sessionKeys } from './userStorage.js';
import type { SessionItem, UserStorage } from './userStorage.js';

/** The stored values of a session. They are read anew each time, since another tab may have renewed them. */
export interface StoredSession {
  /** One value; `null` where there is none. */
  readonly read: (item: SessionItem) => string | null;
  /** The tokens, however old; `undefined` where one to call with is missing. */
  readonly tokens: () => Tokens | undefined;
}

/**
 * Makes the reader of a session's stored values, whose members throw AuthError `StorageFailed`.
 * @param view The user's view of the storage.
 * @param clientId The app client's id.
 * @param username The pool's own name of the user.
 */
export function storedSession(view: UserStorage, clientId: string, username: string): StoredSession {
  const { of } = sessionKeys(clientId);
  const read = (item: SessionItem): string | null => view.getItem(of(username, item));
  return {
    read,
    tokens() {
      const [idToken, accessToken] = [read('idToken'), read('accessToken')];
      if (idToken === null || accessToken === null) return undefined;
      return { idToken, accessToken, refreshToken: read('refreshToken') ?? '' };
    },
  };
}
