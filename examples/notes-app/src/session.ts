import { useSyncExternalStore } from 'react';
import { getSession, onSessionChange } from 'sigv4-client/apig';
import type { AuthError, SessionInfo } from 'sigv4-client/apig';

/** Who is logged in, and why nobody is, where the user pool has ended the session. */
export interface SessionState {
  readonly session: SessionInfo | null;
  readonly reason?: AuthError | undefined;
}

let state: SessionState | undefined;

function subscribe(onChange: () => void): () => void {
  state = { session: getSession() };
  return onSessionChange(({ session, reason }) => {
    state = { session, reason };
    onChange();
  });
}

/** Who is logged in: at once after a reload, and after every login, renewal, logout and end, in this tab or another. */
export function useSession(): SessionState {
  return useSyncExternalStore(subscribe, () => (state ??= { session: getSession() }));
}

/** What to call the user on screen. */
export function nameOf({ username, claims }: SessionInfo): string {
  return [claims.email, claims.name].find((claim) => typeof claim === 'string') ?? username;
}
