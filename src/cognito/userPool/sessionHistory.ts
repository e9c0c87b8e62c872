/** What is known here of sessions, past ones included: their users, their logins, and how they were opened. */
import { sha256Hex } from '../../sigv4/index.js';
import type { PoolUser } from './loginClient.js';
import type { UserSession } from './session.js';
import { loginOf } from './tokens.js';

/** The sessions that a user pool's client has had. */
export interface SessionHistory {
  /** Takes note of a session that has been opened. */
  readonly opened: (session: UserSession) => void;
  /** Takes note of the login that has opened a session. */
  readonly openedBy: (session: UserSession, username: string, password: string) => void;
  /** Takes note of a session that has ended. */
  readonly ended: (session: UserSession) => void;
  /** Whether a token comes from a login whose session has ended here. */
  readonly hasEnded: (token: string) => boolean;
  /** See `UserPool`. */
  readonly isUserOf: (user: PoolUser, session: UserSession) => boolean;
  /** See `UserPool`. */
  readonly isSessionOf: (session: UserSession, username: string, password: string) => boolean;
}

/** Starts the history, in which there is no session yet. */
export function createSessionHistory(): SessionHistory {
  /** The ids of the logins of all sessions that have ended here. */
  const endedLogins = new Set<string | undefined>();
  /** The `sub` of each user object that a session had here. */
  const subjects = new WeakMap<PoolUser, string | undefined>();
  /** A hash of the typed name and the password of the login that opened a session here. */
  const loginHashes = new WeakMap<UserSession, string>();

  return {
    opened({ user, subject }) {
      subjects.set(user, subject);
    },
    openedBy(session, username, password) {
      loginHashes.set(session, loginHash(username, password));
    },
    ended({ logins }) {
      for (const login of logins) endedLogins.add(login);
    },
    hasEnded(token) {
      const login = loginOf(token);
      return login !== undefined && endedLogins.has(login);
    },
    isUserOf: (user, session) =>
      user === session.user || // whose `sub` a renewal may have told only after the session was opened
      (user.getUsername() === session.username && (!subjects.has(user) || subjects.get(user) === session.subject)),
    isSessionOf: (session, username, password) =>
      session.username === username || loginHashes.get(session) === loginHash(username, password),
  };
}

const loginHash = (username: string, password: string): string => sha256Hex(JSON.stringify([username, password]));
