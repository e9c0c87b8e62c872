/** The options of everything that has to do with users and credentials, read and checked. */
import type { CredentialProvider } from '../util/index.js';
import { checkKnown, checkRole, unexpected } from './shared/index.js';
import type { CognitoOptions, ForceRefresh } from './types.js';
import { defaultStorage } from './userPool/index.js';
import type { AsyncTokenStorage, TokenStorage } from './userPool/index.js';

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
 * Checks credentials of the app's own. What an object holds is checked where it signs.
 * @throws AuthError `InvalidConfig`
 */
export function checkSource(source: CredentialProvider): void {
  if (Object(source) === source && !('then' in source)) return;
  throw unexpected('credentials', 'accessKeyId and secretAccessKey as text, or a function that gets them', source);
}

/**
 * The storage that was given, or the default one.
 * @throws AuthError `InvalidConfig`
 */
export function readStorage(given: CognitoOptions['storage']): TokenStorage | AsyncTokenStorage {
  if (given === undefined) return defaultStorage();
  // Names one by one: what stands in `localStorage` looks like its members.
  const has = (name: keyof TokenStorage): boolean => typeof Reflect.get(Object(given) as object, name) === 'function';
  if (has('getItem') && has('setItem') && has('removeItem')) return given;
  throw unexpected('storage', 'an object with getItem, setItem and removeItem', given);
}

/**
 * Checks what is on or off, and what sends.
 * @throws AuthError `InvalidConfig`
 */
export function checkGiven({ guests, fetch, developerIdentity, role, credentials }: CognitoOptions): void {
  if (developerIdentity !== undefined && typeof developerIdentity !== 'function') {
    throw unexpected('developerIdentity', 'a function that gets { identityId, token }', developerIdentity);
  }
  if (role !== undefined) checkRole(role);
  if (role !== undefined && credentials !== undefined) {
    throw unexpected('role', 'none together with credentials, which have theirs', role);
  }
  // Also the text `false` of an environment variable: it would count as true.
  if (guests !== undefined && typeof guests !== 'boolean') throw unexpected('guests', 'true or false', guests);
  if (fetch !== undefined && typeof fetch !== 'function') throw unexpected('fetch', 'a function', fetch);
}

/**
 * Whether what is given asks for what is new.
 * @throws AuthError `InvalidConfig`
 */
export function isForced(given: unknown): boolean {
  const { forceRefresh = false } = Object(given) as ForceRefresh;
  if (typeof forceRefresh === 'boolean') return forceRefresh;
  throw unexpected('forceRefresh', 'true or false', forceRefresh);
}

const LOGOUT_OPTIONS = ['global'];

/**
 * Whether a logout is to be everywhere. An event is no option: apps hand `logout` itself to a button, as in `onClick={logout}`.
 * @throws AuthError `InvalidConfig`
 */
export function isGlobal(given: { global?: boolean | undefined } = {}): boolean {
  if ('isTrusted' in given) return false;
  checkKnown(given, LOGOUT_OPTIONS);
  return given.global ?? false;
}
