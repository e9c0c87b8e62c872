/** Reads and checks the options for users and credentials. */
import type { AuthError } from '../errors.js';
import { checkFlags, checkKnown, checkSpelling, readKeys } from '../sigv4/index.js';
import type { ClientConfigWithCredentials } from '../sigv4/index.js';
import { isObject } from '../util/index.js';
import type { CredentialProvider, ForceRefresh } from '../util/index.js';
import { checkRole, unexpected, unknownSetting } from './shared/index.js';
import type { CognitoOptions } from './types.js';
import { defaultStorage } from './userPool/index.js';
import type { AsyncTokenStorage, PoolUser, TokenStorage } from './userPool/index.js';

/** The names of the options. */
export const COGNITO_OPTIONS = Object.keys({
  storage: true,
  credentials: true,
  logins: true,
  developerIdentity: true,
  role: true,
  guests: true,
  fetch: true,
  authTimeout: true,
  now: true,
  authFlow: true,
} satisfies Record<keyof CognitoOptions, true>);

/**
 * Checks credentials of the app's own.
 * @throws AuthError `InvalidConfig`; SigV4Error `InvalidCredentials` for an object without keys
 */
export function checkSource(source: CredentialProvider): void {
  if (typeof source === 'function') return;
  if (Object(source) === source && !('then' in source)) {
    readKeys({ credentials: source } as ClientConfigWithCredentials);
    return;
  }
  throw unexpected('credentials', 'accessKeyId and secretAccessKey as text, or a function that gets them', source);
}

/**
 * The storage that was given, or the default one.
 * @throws AuthError `InvalidConfig`
 */
export function readStorage(given: CognitoOptions['storage']): TokenStorage | AsyncTokenStorage {
  if (given === undefined) return defaultStorage();
  // Only methods count: what is stored in `localStorage` shows as properties of it, too.
  const has = (name: keyof TokenStorage): boolean => typeof Reflect.get(Object(given) as object, name) === 'function';
  if (has('getItem') && has('setItem') && has('removeItem')) return given;
  throw unexpected('storage', 'an object with getItem, setItem and removeItem', given);
}

/**
 * Checks the options that are used as they were given: `guests`, `fetch`, `developerIdentity`, `role`, `logins`.
 * @throws AuthError `InvalidConfig`
 */
export function checkPlainOptions({
  guests,
  fetch,
  developerIdentity,
  role,
  credentials,
  logins,
}: CognitoOptions): void {
  if (logins !== undefined && !isObject(logins)) {
    throw unexpected('logins', 'tokens, or functions that get them, by the names of their providers', logins);
  }
  for (const [name, given] of Object.entries({
    logins,
    developerIdentity,
    guests: guests === false ? undefined : guests,
  })) {
    if (credentials === undefined || given === undefined) continue;
    throw unexpected(name, 'none together with credentials, which go before it', given);
  }
  if (developerIdentity !== undefined && typeof developerIdentity !== 'function') {
    throw unexpected('developerIdentity', 'a function that gets { identityId, token }', developerIdentity);
  }
  if (role !== undefined) checkRole(role);
  if (role !== undefined && credentials !== undefined) {
    throw unexpected('role', 'none together with credentials, which have theirs', role);
  }
  checkFlags({ guests }, ['guests'], unexpected);
  if (guests && (logins ?? developerIdentity) !== undefined) {
    throw unexpected('guests', 'none together with logins and developerIdentity, which go before it', guests);
  }
  if (fetch !== undefined && typeof fetch !== 'function') throw unexpected('fetch', 'a function', fetch);
}

/**
 * Whether an argument asks for new credentials or a new token with `forceRefresh: true`.
 * @throws AuthError `InvalidConfig`
 */
export function isForced(given: unknown): boolean {
  if (Object(given) === given) {
    if ('then' in (given as object)) throw unexpected('userToken', 'an ID token', given);
    checkSpelling(given as object, ['forceRefresh']);
  }
  const { forceRefresh = false } = Object(given) as ForceRefresh;
  checkFlags({ forceRefresh }, ['forceRefresh'], unexpected);
  return forceRefresh;
}

/**
 * Whether an argument of `getUserToken` that is no user asks for a new token. Properties beside `forceRefresh` are refused.
 * @throws AuthError `InvalidConfig`
 */
export function isForcedRenewal(given: unknown): boolean {
  if (given === undefined || given === null) return false;
  if (Object(given) !== given) throw unexpected('user', 'what getCurrentUser gave, or { forceRefresh: true }', given);
  checkKnown(given, ['forceRefresh'], unknownSetting);
  return isForced(given);
}

/** Whether an argument is a user: it has the method `getUsername`. */
export const hasUsername = (given: unknown): given is PoolUser =>
  typeof (given as { getUsername?: unknown } | null | undefined)?.getUsername === 'function';

const LOGOUT_OPTIONS = ['global'];

/** The options of a logout, as they were read. */
export interface CheckedLogout {
  readonly isEverywhere: boolean;
  /** What is wrong with the options. The user is logged out here even so, and the error is thrown after that. */
  readonly problem?: AuthError;
}

/**
 * Reads the options of a logout. An event counts as none: apps pass `logout` itself to a button, as in `onClick={logout}`.
 * @param given What was given.
 */
export function readLogout(given: unknown): CheckedLogout {
  if (given === undefined || given === null || 'isTrusted' in (Object(given) as object)) return { isEverywhere: false };
  try {
    if (Object(given) !== given) throw unexpected('options', 'an object, such as { global: true }', given);
    checkKnown(given, LOGOUT_OPTIONS, unknownSetting);
    const { global = false } = given as { global?: boolean };
    checkFlags({ global }, LOGOUT_OPTIONS, unexpected);
    return { isEverywhere: global };
  } catch (error) {
    return { isEverywhere: false, problem: error as AuthError };
  }
}
