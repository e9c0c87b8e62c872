/** Tells an app who is logged in, and when that changes: here, in another tab, or because the user pool has ended the session. */
import type { AuthError } from '../errors.js';
import { createSessionWatch } from './sessionChange.js';
import type { PossibleChange, SessionChange, SessionInfo } from './sessionChange.js';
import { unexpected } from './shared/index.js';
import type { UserPool } from './userPool/index.js';

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
  const watch = createSessionWatch(pool);
  const listeners = new Set<SessionListener>();
  // React Native has a `window` too, but one without events.
  const page = typeof window !== 'undefined' && 'addEventListener' in window ? window : undefined;
  let pending: PossibleChange | undefined;

  function tell(): void {
    const possible = pending!;
    pending = undefined;
    const change = watch.findChange(possible);
    if (!change) return;
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

  function listen(listener: SessionListener): () => void {
    if (typeof listener !== 'function') throw unexpected('listener', 'a function', listener);
    // A function of its own, so that a listener that is added twice is called twice, and removed once at a time.
    const own: SessionListener = (change) => {
      listener(change);
    };
    if (listeners.size === 0) {
      const loading = load();
      if (loading)
        loading.then(watch.remember, () => undefined); // the next call that needs the session reports the failure
      else watch.remember();
      page?.addEventListener('storage', onStorage);
    }
    listeners.add(own);
    return () => {
      listeners.delete(own);
      if (listeners.size === 0) page?.removeEventListener('storage', onStorage);
    };
  }

  return { current: watch.current, mayHaveChanged, listen };
}
