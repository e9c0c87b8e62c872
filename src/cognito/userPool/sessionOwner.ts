/** Whose session it is, by the tokens in the storage. */
import type { StoredSession } from './storedSession.js';
import { loginOf, subjectOf } from './tokens.js';
import type { UserStorage } from './userStorage.js';

/** The user of a session. */
export interface SessionOwner {
  /** The user's permanent id; `undefined` where no stored token tells it, until a renewal does. */
  readonly subject: () => string | undefined;
  /** The ids of all logins that the session's tokens have come from. */
  readonly logins: ReadonlySet<string | undefined>;
  /**
   * Whether the storage is still this user's, by name and `sub`. A new login of the same user, in another tab, is taken note of.
   * @throws AuthError `StorageFailed`
   */
  readonly isInStorage: () => boolean;
  /** Takes the user's id from renewed tokens where it is not known yet. */
  readonly identifyBy: (idToken: string) => void;
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
  /** The token that tells the owner: where the ID token is missing or damaged, the access token of the same login. */
  const telling = subjectOf(lastSeen) === undefined ? stored.read('accessToken') : lastSeen;
  let subject = subjectOf(telling);
  const logins = new Set([loginOf(telling)]);

  return {
    subject: () => subject,
    logins,
    isInStorage() {
      if (!view.isCurrent()) return false;
      const idToken = stored.read('idToken');
      if (idToken === lastSeen) return true;
      const found = subjectOf(idToken);
      if (found === undefined) return true; // missing or damaged: it names no other user, and the next call renews it
      if (found !== subject) return false;
      lastSeen = idToken;
      logins.add(loginOf(idToken));
      return true;
    },
    identifyBy(idToken) {
      subject ??= subjectOf(idToken); // its login is taken note of once `isInStorage` finds it there
    },
  };
}
