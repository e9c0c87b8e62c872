/** Any operation of the user pool, for the app and for what is built on it: accounts and passkeys. */
import { checkOptions, isObject } from '../../util/index.js';
import { unexpected, unknownSetting, unusableInput } from '../shared/index.js';
import type { UserPoolConfig } from '../shared/index.js';
import { callAsUser } from './callAsUser.js';
import type { UserSession } from './session.js';
import { userContext } from './userContext.js';
import type { UserPool } from './userPool.js';

/** Options of `callUserPool`. */
export interface UserPoolCallOptions {
  /**
   * Whether the call is made in the name of the user who is logged in. `false` is for the operations before a login, such as `SignUp`:
   * the app client's id is added in place of an access token. Default true.
   */
  readonly asUser?: boolean | undefined;
  /** What the call does, as errors say it, such as `Changing the password`. Default: `Calling`, and the operation's name. */
  readonly doing?: string | undefined;
  /** The texts of the input that errors must not show. Default: every text in it. */
  readonly secrets?: readonly string[] | undefined;
}

/** Calls an operation of the user pool: see `callUserPool` of an instance. */
export type CallUserPool = (
  operation: string,
  input?: object,
  options?: UserPoolCallOptions,
) => Promise<Record<string, unknown>>;

/** The part of an instance that accounts and passkeys need; every `Apig` has it. */
export interface UserPoolCaller {
  /** Calls an operation of the user pool. */
  readonly callUserPool: CallUserPool;
}

const OPTIONS = ['asUser', 'doing', 'secrets'];

/**
 * Makes `callUserPool`.
 * @param open Gives the user pool, or throws where there is none.
 * @param currentSession Gives the session of the user who is logged in, or throws where no one is; waits for the storage first where
 *   that has to be loaded.
 */
export function createCallUserPool(
  open: () => UserPool,
  currentSession: () => UserSession | Promise<UserSession>,
): CallUserPool {
  return async (operation, input = {}, options = {}) => {
    if (!/^[A-Z]\w{1,63}$/.test(operation)) throw unusableInput('operation', 'a name such as GetUser', operation);
    if (!isObject(input)) throw unusableInput('input', 'its parameters, as an object', input);
    const { asUser = true, doing = `Calling ${operation}`, secrets = textsIn(input) } = checked(options);
    if (asUser) return callAsUser(open(), await currentSession(), { operation, input, doing, secrets });
    const { config, waitFor, call } = open();
    return waitFor(doing, call(operation, { ...appClient(config, input), ...input }), secrets);
  };
}

/** Checks, for callers in JavaScript too, that a function's first argument is an instance and not the module. */
export function checkInstance(apig: unknown): void {
  if (typeof (apig as Partial<UserPoolCaller> | null | undefined)?.callUserPool === 'function') return;
  throw unexpected('apig', 'what createApig or configure gave', apig);
}

function checked(options: UserPoolCallOptions): UserPoolCallOptions {
  checkOptions(options, OPTIONS, unknownSetting);
  const { asUser, doing, secrets } = options;
  if (asUser !== undefined && typeof asUser !== 'boolean') throw unusableInput('asUser', 'true or false', asUser);
  if (doing !== undefined && typeof doing !== 'string') throw unusableInput('doing', 'text', doing);
  if (secrets !== undefined && !Array.isArray(secrets)) throw unusableInput('secrets', 'an array of texts', secrets);
  return options;
}

/** What the operations before a login need in place of a token. */
function appClient(config: UserPoolConfig, input: object): object {
  const { Username: username } = input as { Username?: unknown };
  const ClientId = config.clientId;
  return typeof username === 'string' ? { ClientId, UserContextData: userContext(config, username) } : { ClientId };
}

/** Collects every text in what is sent, to hide it in errors: any may be a password or a code. */
function textsIn(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value === 'string') return [value];
  if (Object(value) !== value || seen.has(value)) return [];
  seen.add(value);
  return Object.values(value as object).flatMap((part) => textsIn(part, seen));
}
