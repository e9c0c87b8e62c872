/** Who is logged in, and telling an app when that changes: here, in another tab, or because the user pool has ended it. */
import type { AuthError } from '../errors.js';
import { claimsOf, unexpected } from './shared/index.js';
import type { UserPool } from './userPool/index.js';

/** Who is logged in. */
export interface SessionInfo {
  /** The pool's own name of the user. */
  readonly username: string;
  /** What the ID token says, unchecked: `sub`, `email`, `cognito:groups` … To be shown, not to be relied on. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Until when the present tokens are good. They are renewed before that by whatever needs them. */
  readonly expiresAt: Date;
}

/** What has become of the session. */
export interface SessionChange {
  /**
   * `login`: another user, or the same one anew. `renewal`: new tokens, perhaps with other claims. `logout`: nobody is logged in any
   * more. `end`: neither, since the user pool no longer renews the tokens.
   */
  readonly type: 'login' | 'renewal' | 'logout' | 'end';
  /** Who is logged in now; `null` after `logout` and `end`. */
  readonly session: SessionInfo | null;
  /** Whether it happened elsewhere: in another tab, or in another instance with the same storage. */
  readonly isElsewhere: boolean;
  /** After `end`: why, such as that the refresh token has expired, or was revoked. */
  readonly reason?: AuthError | undefined;
}

/** Is told of each change. */
export type SessionListener = (change: SessionChange) => void;

/** The events of a session. */
export interface SessionEvents {
  /** Who is logged in, without any request. */
  readonly current: () => SessionInfo | null;
  /** Called where the session may have changed here; `reason` is why it has ended. What has, is told once the code at hand is through. */
  readonly mayHaveChanged: (isHere: boolean, reason?: AuthError) => void;
  /** Adds a listener; returns what removes it. */
  readonly listen: (listener: SessionListener) => () => void;
}

/** A session as it was last told of. */
interface Known extends SessionInfo {
  readonly idToken: string;
}

/**
 * Watches the session of a user pool.
 * @param pool The pool; none where an app does without.
 * @param storage What the app gave as `storage`; pages tell of changes to their own by an event.
 * @param load Loads the storage; `undefined` where there is nothing to be loaded.
 */
export function createSessionEvents(
  pool: UserPool | undefined,
  storage: unknown,
  load: () => Promise<void> | undefined,
): SessionEvents {
  const listeners = new Set<SessionListener>();
  // React Native has a `window` as well, without events.
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
      return; // the storage does not tell; whoever needs the session is told so
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
    // Each by itself: what one listener throws is the app's own uncaught error, and keeps nobody else from being told.
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

  /** A change in another tab. `clear()` comes without a key. */
  function onStorage({ key, storageArea }: StorageEvent): void {
    const isOurs = storage === undefined || storageArea === storage;
    if (isOurs && (key === null || key.startsWith('CognitoIdentityServiceProvider.'))) mayHaveChanged(false);
  }

  /** What is there already is no change. */
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
        loading.then(remember, () => undefined); // whoever needs the session is told why
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

/** Renewed tokens come from the same login as those before them, and say so. */
function isSameLogin(one: SessionInfo['claims'], other: SessionInfo['claims']): boolean {
  return ['sub', 'origin_jti', 'auth_time'].every((claim) => one[claim] === other[claim]);
}

function shown(known: Known | undefined): SessionInfo | null {
  if (!known) return null;
  const { username, claims, expiresAt } = known;
  return { username, claims, expiresAt };
}
