/** What an app has configured for its users and their credentials, checked before anything is made of it. */
import { readClock } from '../util/index.js';
import { checkPlainOptions, checkSource, readStorage } from './options.js';
import { answerTimeout, checkConfig, unexpected } from './shared/index.js';
import type { CallOptions, CheckedConfig } from './shared/index.js';
import type { CognitoOptions } from './types.js';
import type { AsyncTokenStorage, TokenStorage } from './userPool/index.js';

/** Configuration and options in their checked form. */
export interface Settings {
  /** The configuration. */
  readonly config: CheckedConfig;
  /** Whether calls need a user who is logged in. Otherwise there are guests, other providers, or credentials of the app's own. */
  readonly needsUser: boolean;
  /** How the two pools are called. */
  readonly calls: CallOptions;
  /** The app's own storage, or the default one. */
  readonly storage: TokenStorage | AsyncTokenStorage;
  /** The app's own clock; `undefined` where it has none. */
  readonly now: (() => number) | undefined;
}

/**
 * Checks configuration and options.
 * @param config The configuration object of the app.
 * @param options Known ones only.
 * @throws AuthError `InvalidConfig`; SigV4Error `InvalidCredentials` for `credentials` without keys
 */
export function readSettings(config: unknown, options: CognitoOptions): Settings {
  const { credentials, logins, developerIdentity, guests = false } = options;
  checkPlainOptions(options);
  if (credentials !== undefined) checkSource(credentials);
  const now = options.now === undefined ? undefined : readClock(options.now, unexpected);
  const needsUser = (credentials ?? logins ?? developerIdentity) === undefined && !guests;
  const checked = checkConfig(config, { userPool: needsUser, identityPool: credentials === undefined });
  const timeout = answerTimeout(options.authTimeout, 'authTimeout');
  const calls = { fetch: options.fetch ?? globalThis.fetch, timeout };
  return { config: checked, needsUser, calls, storage: readStorage(options.storage), now };
}
