/**
 * The default instance: functions to import and call, as tutorial code does, once `configure` has been called. There is one
 * for both entries: it is made by whichever `configure` the app calls. Those that are async reject before that.
 */
import { AuthError } from '../errors.js';
import type { ForceRefresh, LoginCallbacks, PoolUser, SessionInfo, SessionListener } from '../cognito/index.js';
import type { AwsCredentials } from '../util/index.js';
import type { ApigRequest } from './apiRequest.js';
import type { Apig } from './createApig.js';

let instance: Apig | undefined;

/**
 * Sets the instance that the functions below work on. The session of the one before stays in its storage.
 * @param apig The instance.
 * @returns The same.
 */
export function setDefaultApig<Instance extends Apig>(apig: Instance): Instance {
  instance = apig;
  return apig;
}

/**
 * The instance.
 * @param caller The function that needs it.
 * @throws AuthError `NotConfigured`
 */
export function defaultApig(caller: string): Apig {
  if (instance) return instance;
  throw new AuthError(
    'NotConfigured',
    `${caller} was called before configure. Call configure({ cognito: { … }, apiGateway: { … } }) first, once, where the app starts.`,
  );
}

/**
 * Logs a user in, over SRP where the option `authFlow` says nothing else: the password never leaves the device.
 * @param username The name, or an alias such as the e-mail address.
 * @param password The password; with `authFlow: 'USER_AUTH'` it may be left out, for a code or a passkey.
 * @param callbacks Answers to what else the user pool may ask for: codes, a new password. Default: none.
 * @returns The user.
 * @throws AuthError `WrongPassword`, `UserNotFound`, `UserNotConfirmed`, `PasswordResetRequired`, `Unreachable` …;
 *   `StorageFailed`, with whoever was logged in before still logged in; `NotConfigured` before `configure`
 * @throws LoginChallengeError where a callback is missing; it names the callback.
 * @example
 * await login('user@example.com', password, { totpCode: async () => prompt('Code') ?? '' });
 */
export async function login(username: string, password?: string, callbacks?: LoginCallbacks): Promise<PoolUser> {
  return defaultApig('login').login(username, password, callbacks);
}

/**
 * Logs the user out and forgets tokens, credentials and identity id. All of that is done when this returns its promise.
 * @param options `global: true` then also makes the user's tokens invalid on all devices. Default: only here.
 * @returns A promise of nothing.
 * @throws AuthError where `global` fails, and `StorageFailed` where the storage does; here, the user is logged out even so.
 *   `NotConfigured` before `configure`.
 * @example
 * await logout();
 */
export async function logout(options?: { global?: boolean | undefined }): Promise<void> {
  return defaultApig('logout').logout(options);
}

/**
 * `logout`, by the name that tutorial apps give it.
 * @param options See `logout`.
 * @returns A promise of nothing.
 * @throws AuthError as `logout` does.
 * @example
 * signOutUser();
 */
export const signOutUser: typeof logout = logout;

/**
 * Loads a storage that answers by promises, for `getCurrentUser`, `getSession` and `onSessionChange`, which do not wait.
 * @returns A promise of nothing; it is there at once where the storage is another one.
 * @throws AuthError `StorageFailed`; `NotConfigured` before `configure`
 * @example
 * configure(config, { storage: AsyncStorage });
 * await ready();
 */
export async function ready(): Promise<void> {
  return defaultApig('ready').ready();
}

/**
 * The user who is logged in.
 * @returns The user, or `null`.
 * @throws AuthError `StorageFailed` where the storage throws; `NotConfigured` before `configure`
 * @example
 * const isLoggedIn = getCurrentUser() !== null;
 */
export function getCurrentUser(): PoolUser | null {
  return defaultApig('getCurrentUser').getCurrentUser();
}

/**
 * Who is logged in, and what the ID token says of them, without any request.
 * @returns The session, or `null`.
 * @throws AuthError `StorageFailed` where the storage throws; `NotConfigured` before `configure`
 * @example
 * const name = getSession()?.claims.email;
 */
export function getSession(): SessionInfo | null {
  return defaultApig('getSession').getSession();
}

/**
 * Tells of every login, renewal, logout and end of the session, here and in other tabs.
 * @param listener Is told.
 * @returns What stops that.
 * @throws AuthError `NotConfigured` before `configure`
 * @example
 * const stop = onSessionChange(({ type, session }) => show(type === 'end' ? 'Please log in again' : session?.username));
 */
export function onSessionChange(listener: SessionListener): () => void {
  return defaultApig('onSessionChange').onSessionChange(listener);
}

/**
 * The user's ID token, renewed where it is about to expire.
 * @param user What `getCurrentUser` gave. Default: the user who is logged in. Or `{ forceRefresh: true }`, for a new token after a
 *   change of the user's groups or attributes.
 * @returns The token, a JWT.
 * @throws AuthError `NotLoggedIn`, `SessionExpired`, `SessionChanged`, `StorageFailed`, `Unreachable`; `NotConfigured`
 *   before `configure`
 * @example
 * const userToken = await getUserToken(getCurrentUser());
 */
export async function getUserToken(user?: PoolUser | ForceRefresh | null): Promise<string> {
  return defaultApig('getUserToken').getUserToken(user);
}

/**
 * Temporary credentials of the user, kept until shortly before they expire.
 * @param userToken What `getUserToken` gave. Default: the current user's. With a token from elsewhere, such as the hosted
 *   login page, the credentials are that user's, and are not kept; with the option `credentials`, which could give them
 *   another's, such a token is refused. Or `{ forceRefresh: true }`, for new credentials after a change of role.
 * @returns Keys, session token, when they expire, and the identity id.
 * @throws AuthError `NotLoggedIn`, `IdentityPoolRefused`, `SessionExpired`, `SessionChanged`, `StorageFailed`, `Unreachable`;
 *   `NotConfigured` before `configure`
 * @example
 * const { accessKeyId, secretAccessKey, sessionToken } = await getAwsCredentials();
 */
export async function getAwsCredentials(userToken?: string | ForceRefresh): Promise<AwsCredentials> {
  return defaultApig('getAwsCredentials').getAwsCredentials(userToken);
}

/**
 * Calls the API in the name of the user who is logged in.
 * @param request Path, method, headers, query, body; `login` logs a user in first where that is needed.
 * @returns The response's JSON; `undefined` where it is empty.
 * @throws ApigError where the API answers with anything but 2xx; its message is the response's text.
 * @throws AuthError where there is no user, or no credentials are to be had; `SessionChanged` where the user for whom it was
 *   made, with `login` that one, logs out or is followed by another before the call is sent; `NotConfigured` before
 *   `configure`
 * @throws RequestError where no usable answer comes.
 * @throws SigV4Error for a request that cannot be sent, before anyone is asked for anything; it names the option.
 * @throws Whatever the app's own `signal` has as its reason, and `credentials` of the app's own threw, as it is.
 * @example
 * const notes = await invokeApig<Note[]>({ path: '/notes', queryParams: { limit: 10 } });
 */
export async function invokeApig<T = unknown>(request: ApigRequest): Promise<T> {
  return defaultApig('invokeApig').invokeApig<T>(request);
}
