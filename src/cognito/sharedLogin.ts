/** One login for all calls that come with the same one at the same time. */
import type { UserSession } from './userPool/index.js';

/** The login that is under way, for whoever comes with the same one. */
export interface SharedLogin {
  /**
   * Logs a user in, or shares the login that is under way.
   * @returns The session that this very login has opened.
   * @throws what `login` throws
   */
  readonly run: (username: string, password: string) => Promise<UserSession>;
  /** Called when a later login or logout overtakes it: it has no effect any more, so no later call may share it. */
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
