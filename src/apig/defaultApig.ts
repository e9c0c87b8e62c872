/**
 * The default instance, and the functions that work on it, for apps that import them as tutorial code does. `configure` makes the
 * instance; both entries share it. Before that, the functions throw, and those that are async reject.
 */
import { AuthError } from '../errors.js';
import type { LoginCallbacks, PoolUser, SessionInfo, SessionListener } from '../cognito/index.js';
import type { AwsCredentials, ForceRefresh } from '../util/index.js';
import type { ApigRequest, ResponseBodies } from './apiRequest.js';
import type { Apig } from './createApig.js';

let instance: Apig | undefined;

/**
 * Sets the default instance. The session of the instance before stays in its storage.
 * @param apig The instance.
 * @returns The same instance.
 */
export function setDefaultApig<Instance extends Apig>(apig: Instance): Instance {
  instance = apig;
  return apig;
}

/**
 * The default instance.
 * @param caller The name of the function that needs it, for the error.
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
 *   `StorageFailed` where the storage cannot be read, with whoever was logged in before still logged in; `NotConfigured` before `configure`
 * @throws LoginChallengeError where a callback is missing; it names the callback.
 * @example
 * await login('user@example.com', password, { totpCode: async () => prompt('Code') ?? '' });
 */
export async function login(username: string, password?: string, callbacks?: LoginCallbacks): Promise<PoolUser> {
  return defaultApig('login').login(username, password, callbacks);
}

/**
 * Logs the user out and forgets tokens, credentials and identity id, before this returns its promise.
 * @param options `global: true` then also makes the user's tokens invalid on all devices. Default: only here.
 * @returns A promise of nothing.
 * @throws AuthError `StorageFailed` where the storage throws; with `global`, `Unreachable`, `TooManyAttempts` … where the user pool
 *   did not do it; `InvalidConfig` for an unknown option. Here, the user is logged out even so. `NotConfigured` before `configure`.
 * @example
 * await logout();
 */
export async function logout(options?: { global?: boolean | undefined }): Promise<void> {
  return defaultApig('logout').logout(options);
}

/**
 * `logout` under the name that it has in tutorial apps.
 * @param options See `logout`.
 * @returns A promise of nothing.
 * @throws AuthError as `logout` does.
 * @example
 * signOutUser();
 */
export const signOutUser: typeof logout = logout;

/**
 * Loads a storage that answers by promises: `getCurrentUser`, `getSession` and `onSessionChange` do not wait for it.
 * @returns A promise of nothing, which resolves at once for other storages.
 * @throws AuthError `StorageFailed`; `NotConfigured` before `configure`
 * @example
 * configure(config, { storage: AsyncStorage });
 * await ready();
 */
export async function ready(): Promise<void> {
  return defaultApig('ready').ready();
}

/**
 * The user who is logged in, without any request.
 * @returns The user, or `null`.
 * @throws AuthError `StorageFailed` where the storage throws; `NotReady` before it is loaded; `NotConfigured` before `configure`
 * @example
 * const isLoggedIn = getCurrentUser() !== null;
 */
export function getCurrentUser(): PoolUser | null {
  return defaultApig('getCurrentUser').getCurrentUser();
}

/**
 * Who is logged in, and what the ID token says of them, without any request.
 * @returns The session, or `null`.
 * @throws AuthError `StorageFailed` where the storage throws; `NotReady` before it is loaded; `NotConfigured` before `configure`
 * @example
 * const name = getSession()?.claims.email;
 */
export function getSession(): SessionInfo | null {
  return defaultApig('getSession').getSession();
}

/**
 * Tells a listener of every login, renewal, logout and end of the session. Changes in other tabs are reported at once where the page's
 * `localStorage` keeps the session, otherwise when the session is next used.
 * @param listener Called after the code that is running has finished.
 * @returns A function that removes the listener.
 * @throws AuthError `StorageFailed`; `InvalidConfig` if the listener is not a function; `NotConfigured` before `configure`
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
 * @param userToken What `getUserToken` gave. Default: the current user's token. For a token from elsewhere, such as the hosted
 *   login page, the credentials are those of its user, and are not kept; with the option `credentials` such a token is refused,
 *   since its user's credentials cannot be told. Or `{ forceRefresh: true }`, for new credentials after a change of role.
 * @returns Keys, session token, when they expire, and the identity id.
 * @throws AuthError `NotLoggedIn`, `IdentityPoolRefused`, `SessionExpired`, `SessionChanged`, `StorageFailed`, `Unreachable`;
 *   `InvalidInput` if the text is not an ID token; `NotConfigured` before `configure`
 * @example
 * const { accessKeyId, secretAccessKey, sessionToken } = await getAwsCredentials();
 */
export async function getAwsCredentials(userToken?: string | ForceRefresh): Promise<AwsCredentials> {
  return defaultApig('getAwsCredentials').getAwsCredentials(userToken);
}

/**
 * Calls the API in the name of the user who is logged in.
 * @param request Path, method, headers, query, body; `login` logs a user in first where that is needed.
 * @returns The response's JSON, `undefined` where it is empty; with another `responseType` its text, Blob, ArrayBuffer, stream,
 *   events, or the Response.
 * @throws ApigError where the API answers with anything but 2xx; its message is the response's text.
 * @throws AuthError `NotLoggedIn`, `SessionExpired`, `IdentityPoolRefused` … where credentials cannot be got, and the codes of
 *   `login` with the option `login`; `SessionChanged` where the user logs out, or another one logs in, before the call is sent;
 *   `NotConfigured` before `configure`
 * @throws RequestError `NetworkError`, `Timeout` or `InvalidResponse` where no usable answer comes.
 * @throws SigV4Error for a request that cannot be sent, before credentials are asked for; it names the option.
 * @throws the reason of the app's own `signal`, and what `credentials` of the app's own threw, unchanged
 * @example
 * const text = await invokeApig({ path: '/notes.csv', responseType: 'text' });
 */
export function invokeApig<Type extends keyof ResponseBodies>(
  request: ApigRequest & { readonly responseType: Type },
): Promise<ResponseBodies[Type]>;
/**
 * The same for JSON, of the type that the caller states.
 * @param request See above.
 * @returns The response's JSON; `undefined` where it is empty.
 * @throws As above.
 * @example
 * const notes = await invokeApig<Note[]>({ path: '/notes', queryParams: { limit: 10 } });
 */
export function invokeApig<T = unknown>(request: ApigRequest): Promise<T>;
export async function invokeApig<T = unknown>(request: ApigRequest): Promise<T> {
  return defaultApig('invokeApig').invokeApig<T>(request);
}
