/** Logging in at a user pool: the new session takes the place of the former one, and only once all of the login has succeeded. */
import { AuthError } from '../../errors.js';
import { checkOptions } from '../../util/index.js';
import { checkInput, unexpected, unknownSetting } from '../shared/index.js';
import { CALLBACKS } from './challenges.js';
import type { AuthFlow, LoginCallbacks } from './challenges.js';
import type { CurrentSession } from './currentSession.js';
import type { Generations } from './generations.js';
import { authenticate } from './login.js';
import type { LoginClient, PoolUser } from './loginClient.js';
import type { UserSession } from './session.js';
import type { SessionHistory } from './sessionHistory.js';
import type { UserPoolCalls } from './userPoolCalls.js';
import type { UserStorage } from './userStorage.js';

/** What a login works on. */
export interface LoginContext<User extends PoolUser> {
  /** Sends the login. */
  readonly client: LoginClient<User>;
  /** The flow to begin with, unless there is a callback for custom challenges. */
  readonly authFlow: AuthFlow;
  /** Waits for the pool. */
  readonly waitFor: UserPoolCalls['waitFor'];
  /** The session that the login replaces. */
  readonly session: CurrentSession<User>;
  /** Tells whether a later login or logout has begun. */
  readonly generations: Generations;
  /** Remembers by which login a session was opened. */
  readonly history: SessionHistory;
}

/** A login's name and password, as they were typed. */
export interface TypedLogin {
  readonly username: string;
  /** `undefined` for a login without one. */
  readonly password: string | undefined;
}

/**
 * Logs a user in.
 * @param context What the login works on.
 * @param typed The name and the password.
 * @param callbacks The app's answers to challenges.
 * @param uncommitted A view for what the login writes.
 * @returns The new session, which is the current one now.
 * @throws AuthError `SessionChanged` where a later login or logout overtook it; the codes of the pool's refusals
 */
export async function logIn<User extends PoolUser>(
  { client, authFlow, waitFor, session, generations, history }: LoginContext<User>,
  { username, password }: TypedLogin,
  callbacks: LoginCallbacks,
  uncommitted: UserStorage,
): Promise<UserSession<User>> {
  checkCallbacks(callbacks);
  checkInput(username, 'username', 'a name or an alias');
  const flow = callbacks.customChallenge ? 'CUSTOM_AUTH' : authFlow;
  if (flow !== 'USER_AUTH' || password !== undefined) checkInput(password, 'password', 'text');
  session.find(); // throws where the storage cannot be read, before anything is sent
  const isLast = generations.begin();
  /** The session that this login replaces. Throws where the login cannot take effect any more. */
  const findFormer = (): UserSession<User> | undefined => {
    if (!isLast()) {
      throw new AuthError('SessionChanged', 'A later login or logout overtook this login, which has no effect.');
    }
    uncommitted.assertReadable();
    return session.find();
  };
  const secrets = password === undefined ? [] : [password];
  const steps = {
    attempt: client.createAttempt(username, uncommitted),
    callbacks,
    flow,
    hasPassword: password !== undefined,
    wait: <T>(answer: Promise<T>) => waitFor('Logging in', answer, secrets),
    keepSecret(secret: string) {
      findFormer();
      secrets.push(secret);
    },
  };
  const user = await authenticate(steps, password);
  const next = session.replace(user, uncommitted, findFormer());
  if (password !== undefined) history.openedBy(next, username, password);
  return next;
}

/**
 * Checks the callbacks of a login before it begins, and not only when one of them is needed.
 * @throws AuthError `InvalidConfig` for an unknown name, or a callback that is not a function
 */
function checkCallbacks(callbacks: LoginCallbacks): void {
  checkOptions(callbacks, CALLBACKS, unknownSetting);
  for (const name of CALLBACKS) {
    const given: unknown = callbacks[name];
    if (given !== undefined && typeof given !== 'function') throw unexpected(name, 'a function', given);
  }
}
