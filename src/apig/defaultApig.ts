/** The default instance: functions to import and call, as tutorial code does, once `configure` has been called. */
import { AuthError } from '../errors.js';
import { ACCOUNT_FUNCTIONS } from '../cognito/account.js';
import { forwarded } from '../cognito/forwarding.js';
import type { ApigConfig, PartialApigConfig } from '../cognito/index.js';
import type { Apig, WithoutUserPool } from './createApig.js';

/** A configuration and its options: without a user pool's ids only where the options stand in for it. */
export type ConfigAndOptions<Options> =
  [config: ApigConfig, options?: Options] | [config: PartialApigConfig, options: Options & WithoutUserPool];

/** The functions of an instance, and the one that makes it. */
export interface DefaultApig<Options> extends Apig {
  /**
   * Sets the instance that the functions of this module work on; the earlier one's session stays in its storage.
   * @param config The configuration object of the app.
   * @param options See `createApig`.
   * @returns The instance.
   * @throws AuthError `InvalidConfig`, which names the setting.
   */
  readonly configure: (...args: ConfigAndOptions<Options>) => Apig;
}

/** What rejects, and does not throw, before `configure`. */
const ASYNC_FUNCTIONS = [
  ...ACCOUNT_FUNCTIONS,
  'login',
  'logout',
  'getUserToken',
  'getAwsCredentials',
  'invokeApig',
] as const;

/**
 * Functions that work on whatever instance `configure` has set.
 * @param create Makes an instance.
 */
export function createDefaultApig<Options>(create: (...args: ConfigAndOptions<Options>) => Apig): DefaultApig<Options> {
  let instance: Apig | undefined;
  const get = (name: string): Apig => {
    if (instance) return instance;
    throw new AuthError(
      'NotConfigured',
      `${name} was called before configure. Call configure({ cognito: { … }, apiGateway: { … } }) first, once, where the app starts.`,
    );
  };
  return {
    ...forwarded<Apig, (typeof ASYNC_FUNCTIONS)[number]>(
      ASYNC_FUNCTIONS,
      (name, args) => Reflect.apply(get(name)[name], undefined, args) as Promise<unknown>,
    ),
    configure: (...args) => (instance = create(...args)),
    getCurrentUser: () => get('getCurrentUser').getCurrentUser(),
  };
}
