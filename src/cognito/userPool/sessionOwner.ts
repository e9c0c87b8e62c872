/** Whose session it is, by the ID tokens in the storage. */
import type { StoredSession } from './storedSession.js';
import { loginOf, subjectOf } from './tokens.js';
import type { UserStorage } from './userStorage.js';

/** The user of a session. */
export interface SessionOwner {
  /** The user's permanent id; `undefined` where the stored ID token is damaged. */
  readonly subject: () => string | undefined;
  /** The ids of all logins that the session's tokens have come from. */
  readonly logins: ReadonlySet<string | undefined>;
  /**
   * Whether the storage is still this user's, by name and `sub`. A new login of the same user, in another tab, is taken note of.
   * @throws AuthError `StorageFailed`
   */
  readonly isInStorage: () => boolean;
  /** Takes note of a renewal: of its login, and of the user's id where the stored ID token was damaged. */
  readonly renewedBy: (idToken: string) => void;
}

/**
 * Finds out whose session it is.
 * @param view The user's view of the storage.
 * @param stored The session's stored values.
 * @throws AuthError `StorageFailed`
 */
export function createSessionOwner(view: UserStorage, stored: StoredSession): SessionOwner {
  /** The stored ID token that was last found to be this user's: comparing with it saves decoding. */
  let lastSeen = stored.read('idToken');
  let subject = subjectOf(lastSeen);
  const logins = new Set([loginOf(lastSeen)]);

  return {
    subject: () => subject,
    logins,
    isInStorage() {
      if (!view.isCurrent()) return false;
      const idToken = stored.read('idToken');
      if (idToken === null || idToken === lastSeen) return true;
      if (subjectOf(idToken) !== subject) return false;
      lastSeen = idToken;
      logins.add(loginOf(idToken));
      return true;
    },
    renewedBy(idToken) {
      subject ??= subjectOf(idToken);
      logins.add(loginOf(idToken));
    },
  };
}
