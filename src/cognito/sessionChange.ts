/** Finds out how the session has changed since listeners last heard of it. */
import type { AuthError } from '../errors.js';
import { claimsOf } from './shared/index.js';
import type { UserPool } from './userPool/index.js';

/** What an ID token of a user pool says of its user. The pool writes these so; it may write others, such as `custom:team`. */
export interface IdTokenClaims {
  /** The user's id, which never changes. */
  readonly sub?: string;
  /** The e-mail address. */
  readonly email?: string;
  /** Whether the address is known to be the user's. */
  readonly email_verified?: boolean;
  /** What the user is called. */
  readonly name?: string;
  /** The phone number, such as `+14155550123`. */
  readonly phone_number?: string;
  /** The pool's own name of the user. */
  readonly 'cognito:username'?: string;
  /** The user's groups. */
  readonly 'cognito:groups'?: readonly string[];
  /** Any other claim. */
  readonly [claim: string]: unknown;
}

/** The session of the user who is logged in. */
export interface SessionInfo {
  /** The pool's own name of the user. */
  readonly username: string;
  /** The ID token's claims: `sub`, `email`, `cognito:groups` … Unchecked: show them, but decide nothing by them. */
  readonly claims: IdTokenClaims;
  /** When the present tokens expire. Whatever needs them later renews them in time. */
  readonly expiresAt: Date;
}

/** A change of the session. */
export interface SessionChange {
  /**
   * `login`: a user has logged in, perhaps the same one again. `renewal`: there are new tokens, perhaps with other claims. `logout`:
   * the user has logged out. `end`: the user is logged out since the user pool does not renew the tokens any more.
   */
  readonly type: 'login' | 'renewal' | 'logout' | 'end';
  /** Who is logged in now; `null` after `logout` and `end`. */
  readonly session: SessionInfo | null;
  /** Whether the change happened in another tab, or in another instance with the same storage. */
  readonly isElsewhere: boolean;
  /** With `end`: why, such as that the refresh token has expired or was revoked. */
  readonly reason?: AuthError | undefined;
}

/** What is known of a change before the session is looked at. */
export interface PossibleChange {
  /** Whether it happened here, and not in another tab. */
  isHere: boolean;
  /** Why the user pool has ended the session, where it has. */
  reason: AuthError | undefined;
}

/** Compares the session with what listeners know of it. */
export interface SessionWatch {
  /**
   * Who is logged in.
   * @throws AuthError `StorageFailed`; `NotReady` before the storage is loaded
   */
  readonly current: () => SessionInfo | null;
  /** Takes note of the present session, so that it is not reported as a change. Throws as `current` does. */
  readonly remember: () => void;
  /** The change since the last look; `undefined` where there is none, or the storage cannot be read. */
  readonly findChange: (possible: PossibleChange) => SessionChange | undefined;
}

/** A session, and its ID token, by which a later login or renewal is noticed. */
interface Known extends SessionInfo {
  readonly idToken: string;
}

/**
 * Makes the watch of a user pool's session.
 * @param pool The user pool; `undefined` for apps without one.
 */
export function createSessionWatch(pool: UserPool | undefined): SessionWatch {
  let known: Known | undefined;

  function findChange({ isHere, reason }: PossibleChange): SessionChange | undefined {
    let found: Known | undefined;
    try {
      found = readSession(pool);
    } catch {
      return undefined; // the storage cannot be read, which the next call that needs the session reports
    }
    const former = known;
    known = found;
    if (former?.idToken === found?.idToken) return undefined;
    const type = typeOfChange(former, found, reason);
    return { type, session: toSessionInfo(found), isElsewhere: !isHere, ...(type === 'end' && { reason }) };
  }

  return {
    current: () => toSessionInfo(readSession(pool)),
    remember() {
      known = readSession(pool);
    },
    findChange,
  };
}

function readSession(pool: UserPool | undefined): Known | undefined {
  const session = pool?.current();
  const idToken = session?.tokens()?.idToken;
  if (session === undefined || idToken === undefined) return undefined;
  const claims = claimsOf(idToken) as IdTokenClaims; // as the pool writes them: unchecked
  return { username: session.username, claims, expiresAt: new Date(Number(claims.exp) * 1000), idToken };
}

function typeOfChange(
  former: Known | undefined,
  found: Known | undefined,
  reason: AuthError | undefined,
): SessionChange['type'] {
  if (!found) return reason ? 'end' : 'logout';
  return former && isSameLogin(former.claims, found.claims) ? 'renewal' : 'login';
}

/** Whether two ID tokens come from the same login, which renewed tokens repeat in their claims. */
function isSameLogin(one: SessionInfo['claims'], other: SessionInfo['claims']): boolean {
  return ['sub', 'origin_jti', 'auth_time'].every((claim) => one[claim] === other[claim]);
}

function toSessionInfo(known: Known | undefined): SessionInfo | null {
  if (!known) return null;
  const { username, claims, expiresAt } = known;
  return { username, claims, expiresAt };
}
