/** The options of a local identity pool, and their checks. */
import { checkOptions, isObject } from '../../util/index.js';
import type { CredentialStore } from '../credentials/index.js';
import { checkPort, optionError } from '../options/index.js';
import type { IdentityProvider, TrustedUserPool } from './providers.js';

/** Options of `startIdentityPool`. */
export interface IdentityPoolOptions {
  /** The store for issued credentials. Give the same one to the API gateway, which checks them. */
  readonly store: CredentialStore;
  /** The user pool whose users get credentials, such as the result of `startUserPool`. */
  readonly userPool: TrustedUserPool;
  /** Further OpenID Connect providers by the name that clients state in `Logins`, such as `accounts.google.com`. Default: none. */
  readonly providers?: Readonly<Record<string, IdentityProvider>> | undefined;
  /**
   * The app clients of the user pool whose tokens the pool takes; with an empty list the user pool is no provider of it. Default:
   * the user pool's own client.
   */
  readonly clientIds?: readonly string[] | undefined;
  /**
   * The names of the roles of users and of guests. Where it is given, a role that it leaves out is not there, and asking for its
   * credentials fails as on AWS. Default: both are there.
   */
  readonly roles?: IdentityPoolRoles | undefined;
  /**
   * The name under which a backend of the app's own vouches for its users (developer-authenticated identities), such as
   * `login.example.app`. Default: none.
   */
  readonly developerProvider?: string | undefined;
  /**
   * Attributes for access control: claims of the login's token by the name of the tag that they become, for `aws:PrincipalTag/NAME` in
   * policies, such as `{ team: 'custom:team' }`. Default: none.
   */
  readonly principalTags?: Readonly<Record<string, string>> | undefined;
  /** The pool's id, `REGION:UUID`. Default: made from the user pool's id, and the same as long as that is. */
  readonly identityPoolId?: string | undefined;
  /** The port to listen on. Default 0: any free one. */
  readonly port?: number | undefined;
  /** How long credentials are valid, in seconds above 0. Default 3600. */
  readonly credentialsLifetimeSeconds?: number | undefined;
  /** Whether guests, who have no login, get credentials. Default false. */
  readonly allowGuests?: boolean | undefined;
  /** The clock for expiry and for the `Date` header: gives a Date, or milliseconds since 1970. Default: the machine's. */
  readonly now?: (() => Date | number) | undefined;
  /** Called with errors inside the pool, such as where `store` throws; clients only see a 500. Default: none. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** The roles of an identity pool, by their names. */
export interface IdentityPoolRoles {
  /** The role of users. */
  readonly authenticated?: string | undefined;
  /** The role of guests. */
  readonly unauthenticated?: string | undefined;
}

const ROLES: readonly (keyof IdentityPoolRoles)[] = ['authenticated', 'unauthenticated'];

/** The names of the options of {@link IdentityPoolOptions}. */
export const IDENTITY_POOL_OPTIONS = [
  'store',
  'userPool',
  'providers',
  'clientIds',
  'roles',
  'developerProvider',
  'principalTags',
  'identityPoolId',
  'port',
  'credentialsLifetimeSeconds',
  'allowGuests',
  'now',
  'onError',
] as const satisfies readonly (keyof IdentityPoolOptions)[];

/**
 * Checks the options before anything is started, all but those of the providers.
 * @throws LocalAwsError `InvalidOption`
 */
export function checkIdentityPoolOptions(options: IdentityPoolOptions): void {
  checkOptions(options, IDENTITY_POOL_OPTIONS, optionError);
  checkPort(options.port);
  const { store, userPool } = options as Partial<IdentityPoolOptions>;
  if (typeof store?.issue !== 'function') throw optionError('store', 'a CredentialStore', store);
  if (typeof userPool?.jwks !== 'function') throw optionError('userPool', 'what startUserPool returns', userPool);
  const { identityPoolId, credentialsLifetimeSeconds: lifetime } = options;
  const isId =
    identityPoolId === undefined || (/^[\w-]+:[0-9a-f-]+$/.test(identityPoolId) && identityPoolId.length <= 55);
  if (!isId) throw optionError('identityPoolId', 'REGION:UUID', identityPoolId);
  checkClientsAndRoles(options);
  const { developerProvider } = options;
  if (developerProvider !== undefined && !/^[\w._/-]{1,128}$/.test(developerProvider)) {
    throw optionError('developerProvider', 'a name such as login.example.app', developerProvider);
  }
  checkPrincipalTags(options.principalTags);
  if (lifetime !== undefined && !(Number.isFinite(lifetime) && lifetime > 0)) {
    throw optionError('credentialsLifetimeSeconds', 'seconds above 0', lifetime);
  }
}

function checkClientsAndRoles({ clientIds = [], roles = {} }: IdentityPoolOptions): void {
  const areIds = Array.isArray(clientIds) && clientIds.every((id) => typeof id === 'string' && id !== '');
  if (!areIds) throw optionError('clientIds', 'a list of app client ids', clientIds);
  checkOptions(roles, ROLES, optionError, 'roles');
  for (const kind of ROLES) {
    const name: unknown = roles[kind];
    const isName = name === undefined || (typeof name === 'string' && /^[\w+=,.@-]{1,64}$/.test(name));
    if (!isName) throw optionError(`roles.${kind}`, "a role's name, of letters, digits and +=,.@-_", name);
  }
}

function checkPrincipalTags(tags: unknown): void {
  if (tags === undefined) return;
  if (!isObject(tags)) throw optionError('principalTags', 'claims by the names of tags', tags);
  for (const [name, claim] of Object.entries(tags)) {
    if (typeof claim !== 'string' || claim === '')
      throw optionError(`principalTags['${name}']`, 'the name of a claim', claim);
  }
}
