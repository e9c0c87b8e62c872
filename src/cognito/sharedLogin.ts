/** One login for all calls that ask for the same login at the same time. */
import type { UserSession } from './userPool/index.js';

/** The login that is under way, for calls to share. */
export interface SharedLogin {
  /**
   * Logs a user in, or shares the login that is under way.
   * @returns The session that this login has opened.
   * @throws what `login` throws
   */
  readonly run: (username: string, password: string) => Promise<UserSession>;
  /** To be called when a later login or logout overtakes the one under way, which then has no effect and must not be shared. */
  readonly forget: () => void;
}

/**
 * Makes logins that are shared. There is one at a time: a later one overtakes it.
 * @param login Logs a user in.
 */
export function createSharedLogin(login: (username: string, password: string) => Promise<UserSession>): SharedLogin {
  let underWay: { readonly key: string; readonly session: Promise<UserSession> } | undefined;

  function forget(): void {
    underWay = undefined;
  }

  function run(username: string, password: string): Promise<UserSession> {
    const key = JSON.stringify([username, password]);
    if (underWay?.key === key) return underWay.session;
    const session = login(username, password).finally(() => {
      if (underWay?.session === session) forget();
    });
    underWay = { key, session };
    return session;
  }

  return { run, forget };
}
