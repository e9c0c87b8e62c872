/** What the operations of one local identity pool share. */
import { cognitoIdentityProvider } from '../../util/index.js';
import type { AwsJsonInput } from '../http/index.js';
import { openClock } from '../options/index.js';
import type { Clock } from '../options/index.js';
import type { Keeper } from '../state/index.js';
import { KnownIdentities, uuidFrom } from './identities.js';
import { createOpenIdSigner } from './openId.js';
import type { OpenIdSigner } from './openId.js';
import type { IdentityPoolOptions } from './options.js';
import { trustedProviders, userPoolName } from './providers.js';
import type { TrustedProvider } from './providers.js';

/** One running pool. */
export interface Pool {
  readonly id: string;
  readonly region: string;
  /** The name under which clients state the user pool's token. */
  readonly userPoolProvider: string;
  /** The name under which the pool's own tokens come back. */
  readonly ownProvider: string;
  readonly providers: ReadonlyMap<string, TrustedProvider>;
  readonly identities: KnownIdentities;
  readonly openId: OpenIdSigner;
  readonly now: Clock;
  /** The options, checked. */
  readonly options: IdentityPoolOptions;
}

/** One of Cognito's operations. */
export type Operation = (pool: Pool, input: AwsJsonInput) => Promise<object>;

/** What lasts over a restart. */
interface KeptIdentities {
  readonly identities: ReadonlyMap<string, 'user' | 'guest'>;
}

/**
 * Makes a pool.
 * @param options As checked.
 * @param keeper Keeps the identities. Default: they are in memory alone.
 * @throws LocalAwsError `InvalidOption`, where the user pool or a provider cannot be used
 */
export function createPool(options: IdentityPoolOptions, keeper: Keeper | undefined): Pool {
  const { userPool } = options;
  const now = openClock(options.now);
  const { userPoolId, region, providerName } = userPoolName(userPool);
  const id = options.identityPoolId ?? `${region}:${uuidFrom('identity pool', userPoolId)}`;
  const openId = createOpenIdSigner(id, region);
  const own = { name: cognitoIdentityProvider(region), audiences: [id], jwks: () => openId.jwks() };
  const providers = trustedProviders(userPool, options.providers, own, options.clientIds);
  const identities = new KnownIdentities((keeper?.kept as KeptIdentities | undefined)?.identities);
  keeper?.keep((): KeptIdentities => ({ identities: identities.kept() }));
  return {
    id,
    region,
    userPoolProvider: providerName,
    ownProvider: own.name,
    providers,
    identities,
    openId,
    now,
    options,
  };
}
