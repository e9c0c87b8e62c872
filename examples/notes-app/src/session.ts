import { AuthError, getSession, onSessionChange } from 'sigv4-client/apig';

/** Who is logged in. */
export interface User {
  /** The user pool's name for the user, which never changes. */
  readonly username: string;
  /** What to call the user on screen. */
  readonly name: string;
}

/** The user whose session is in the browser's storage, after a login or a reload. */
export function loadUser(): User | undefined {
  const session = getSession();
  if (!session) return undefined;
  const { username, claims } = session;
  return { username, name: [claims.email, claims.name].find((claim) => typeof claim === 'string') ?? username };
}

/** Calls back when another tab has logged out, or logged someone else in. */
export function watchOtherTabs(onChange: () => void): () => void {
  return onSessionChange(({ type, isElsewhere }) => {
    if (isElsewhere && type !== 'renewal') onChange();
  });
}

/** Whether an error means that the user has to log in again. */
export function endsSession(error: unknown): boolean {
  return error instanceof AuthError && ['NotLoggedIn', 'SessionExpired', 'SessionChanged'].includes(error.code);
}
