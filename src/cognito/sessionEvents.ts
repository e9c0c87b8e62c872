/** Tells an app who is logged in, and when that changes: here, in another tab, or because the user pool has ended the session. */
import type { AuthError } from '../errors.js';
import { claimsOf, unexpected } from './shared/index.js';
import type { UserPool } from './userPool/index.js';

/** The session of the user who is logged in. */
export interface SessionInfo {
  /** The pool's own name of the user. */
  readonly username: string;
  /** The ID token's claims: `sub`, `email`, `cognito:groups` … Unchecked: show them, but decide nothing by them. */
  readonly claims: Readonly<Record<string, unknown>>;
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

/** A function that is called for each change of the session. */
export type SessionListener = (change: SessionChange) => void;

/** The events of a session. */
export interface SessionEvents {
  /** Who is logged in, without any request. */
  readonly current: () => SessionInfo | null;
  /** To be called where the session may have changed. Listeners hear of a change once the running code has finished. */
  readonly mayHaveChanged: (isHere: boolean, reason?: AuthError) => void;
  /** Adds a listener; returns what removes it. */
  readonly listen: (listener: SessionListener) => () => void;
}

/** A session as listeners last heard of it. */
interface Known extends SessionInfo {
  readonly idToken: string;
}

/**
 * Watches the session of a user pool.
 * @param pool The user pool; `undefined` for apps without one.
 * @param storage What the app gave as `storage`. Where it is `localStorage`, the browser reports other tabs' changes by an event.
 * @param load Loads the storage; gives `undefined` where there is nothing to load.
 */
export function createSessionEvents(
  pool: UserPool | undefined,
  storage: unknown,
  load: () => Promise<void> | undefined,
): SessionEvents {
  const listeners = new Set<SessionListener>();
  // React Native has a `window` too, but one without events.
  const page = typeof window !== 'undefined' && 'addEventListener' in window ? window : undefined;
  let known: Known | undefined;
  let pending: { isHere: boolean; reason: AuthError | undefined } | undefined;

  function look(): Known | undefined {
    const session = pool?.current();
    const idToken = session?.tokens()?.idToken;
    if (session === undefined || idToken === undefined) return undefined;
    const claims = claimsOf(idToken);
    return { username: session.username, claims, expiresAt: new Date(Number(claims.exp) * 1000), idToken };
  }

  function tell(): void {
    const { isHere, reason } = pending!;
    pending = undefined;
    let found: Known | undefined;
    try {
      found = look();
    } catch {
      return; // the storage cannot be read, which the next call that needs the session reports
    }
    const former = known;
    known = found;
    if (former?.idToken === found?.idToken) return;
    const type = typeOfChange(former, found, reason);
    const change: SessionChange = {
      type,
      session: shown(found),
      isElsewhere: !isHere,
      ...(type === 'end' && { reason }),
    };
    // What a listener throws becomes an uncaught error of the app, and the other listeners are called all the same.
    for (const listener of listeners)
      queueMicrotask(() => {
        if (listeners.has(listener)) listener(change);
      });
  }

  function mayHaveChanged(isHere: boolean, reason?: AuthError): void {
    if (listeners.size === 0) return;
    if (pending) {
      pending.isHere ||= isHere;
      pending.reason ??= reason;
      return;
    }
    pending = { isHere, reason };
    queueMicrotask(tell);
  }

  /** Handles a change in another tab. The event of `clear()` has no key. */
  function onStorage({ key, storageArea }: StorageEvent): void {
    const isOurs = storage === undefined || storageArea === storage;
    if (isOurs && (key === null || key.startsWith('CognitoIdentityServiceProvider.'))) mayHaveChanged(false);
  }

  /** Notes the present session, so that it is not reported as a change. */
  function remember(): void {
    known = look();
  }

  function listen(listener: SessionListener): () => void {
    if (typeof listener !== 'function') throw unexpected('listener', 'a function', listener);
    const own: SessionListener = (change) => {
      listener(change);
    };
    if (listeners.size === 0) {
      const loading = load();
      if (loading)
        loading.then(remember, () => undefined); // the next call that needs the session reports the failure
      else remember();
      page?.addEventListener('storage', onStorage);
    }
    listeners.add(own);
    return () => {
      listeners.delete(own);
      if (listeners.size === 0) page?.removeEventListener('storage', onStorage);
    };
  }

  return { current: () => shown(look()), mayHaveChanged, listen };
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

function shown(known: Known | undefined): SessionInfo | null {
  if (!known) return null;
  const { username, claims, expiresAt } = known;
  return { username, claims, expiresAt };
}
