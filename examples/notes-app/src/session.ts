import { AuthError, getCurrentUser, getUserToken } from 'sigv4-client/apig';

/** Who is logged in. */
export interface User {
  /** The user pool's name for the user, which never changes. */
  readonly username: string;
  /** What to call the user on screen. */
  readonly name: string;
}

/** The user whose session is in the browser's storage, after a login or a reload. */
export async function loadUser(): Promise<User | undefined> {
  const user = getCurrentUser();
  if (!user) return undefined;
  const { email, name } = readClaims(await getUserToken(user));
  const username = user.getUsername();
  return { username, name: [email, name].find((claim) => typeof claim === 'string') ?? username };
}

/** Calls back when another tab has logged out, or logged someone else in. */
export function watchOtherTabs(user: User | undefined, onChange: () => void): () => void {
  const check = () => {
    if (getCurrentUser()?.getUsername() !== user?.username) onChange();
  };
  window.addEventListener('storage', check);
  return () => {
    window.removeEventListener('storage', check);
  };
}

/** Whether an error means that the user has to log in again. */
export function endsSession(error: unknown): boolean {
  return error instanceof AuthError && ['NotLoggedIn', 'SessionExpired', 'SessionChanged'].includes(error.code);
}

/** What an ID token says, for display only: checking it is the identity pool's business. */
function readClaims(token: string): Record<string, unknown> {
  const base64 = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
}
