/** The providers whose tokens an identity pool accepts: the user pool, and further OpenID Connect providers. */
import { awsDomain } from '../../sigv4/index.js';
import { checkOptions } from '../../util/index.js';
import type { KeySet } from '../http/index.js';
import { optionError } from '../options/index.js';
import { ALGORITHM, ISSUER } from './openId.js';

/** The user pool of an identity pool. The result of `startUserPool` is one. */
export interface TrustedUserPool {
  /** The `iss` of the pool's tokens: a URL that ends in the user pool's id. */
  readonly issuer: string;
  /** The app client's id: the `aud` of the pool's ID tokens. */
  readonly clientId: string;
  /** The user pool's id. Default: the issuer's last path segment. */
  readonly userPoolId?: string | undefined;
  /** The pool's region. Default: the part of its id in front of the `_`. */
  readonly region?: string | undefined;
  /**
   * Gets the public keys of the pool's tokens.
   * @returns A JSON Web Key Set, or a promise of it.
   * @example
   * const jwks = async () => (await fetch(`${issuer}/.well-known/jwks.json`)).json();
   */
  jwks(): KeySet | Promise<KeySet>;
}

/** An OpenID Connect provider whose users may have identities in the pool. */
export interface IdentityProvider {
  /** The `iss` of the provider's tokens. Default: the provider's name, with and without `https://`. */
  readonly issuer?: string | readonly string[] | undefined;
  /** The app's client id at the provider: the `aud` of its tokens, of which one of several has to match. */
  readonly audience: string | readonly string[];
  /**
   * Gets the provider's public keys. It is called for each token: if it fetches the keys, it should keep them for a while.
   * @returns A JSON Web Key Set, or a promise of it.
   * @example
   * const keys = fetch('https://www.googleapis.com/oauth2/v3/certs').then((response) => response.json());
   * const google: IdentityProvider = { issuer: 'https://accounts.google.com', audience: clientId, jwks: () => keys };
   */
  jwks(): KeySet | Promise<KeySet>;
}

const PROVIDER_OPTIONS: readonly (keyof IdentityProvider)[] = ['issuer', 'audience', 'jwks'];

/** A provider in the form that tokens are checked against. */
export interface TrustedProvider {
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  readonly algorithms: readonly string[];
  /** A user pool's tokens say what they are for; only ID tokens are logins. */
  readonly isUserPool: boolean;
  /** Whether it is the identity pool itself, whose tokens stand for developer-authenticated identities. */
  readonly isPool?: boolean;
  readonly jwks: () => KeySet | Promise<KeySet>;
}

/** The pool itself, as a provider of logins. */
export interface OwnProvider extends Pick<TrustedProvider, 'audiences' | 'jwks'> {
  /** The name under which its tokens come back. */
  readonly name: string;
}

/** Asymmetric algorithms only: a secret shared with the provider has no place in a set of public keys. */
const OIDC_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/**
 * The ids of a user pool, and the name under which clients put its token in `Logins`: that of AWS's issuer, whatever host
 * the local user pool listens on.
 *
 * @throws {LocalAwsError} `InvalidOption`, where they cannot be read from the issuer
 */
export function userPoolName(userPool: TrustedUserPool): { userPoolId: string; region: string; providerName: string } {
  const userPoolId = userPool.userPoolId ?? userPool.issuer.slice(userPool.issuer.lastIndexOf('/') + 1);
  const region = userPool.region ?? userPoolId.slice(0, Math.max(0, userPoolId.indexOf('_')));
  if (!/^[\w-]+$/.test(userPoolId) || !/^[\w-]+$/.test(region)) {
    throw optionError('userPool.issuer', 'a URL that ends in /REGION_ID, or userPoolId and region', userPool.issuer);
  }
  return { userPoolId, region, providerName: `cognito-idp.${region}.${awsDomain(region)}/${userPoolId}` };
}

/**
 * All providers by their names.
 *
 * @param userPool The user pool.
 * @param providers Further ones.
 * @param own The pool itself, which takes the tokens of developer-authenticated identities.
 * @param clientIds The app clients of the user pool that are trusted. Default: its own; with none it is no provider.
 *
 * @throws {LocalAwsError} `InvalidOption`, where one has no audience or takes the user pool's name
 */
export function trustedProviders(
  userPool: TrustedUserPool,
  providers: Readonly<Record<string, IdentityProvider>> = {},
  own?: OwnProvider,
  clientIds: readonly string[] = [userPool.clientId],
): Map<string, TrustedProvider> {
  const trusted = new Map<string, TrustedProvider>();
  for (const [name, provider] of Object.entries(providers)) {
    checkOptions(provider, PROVIDER_OPTIONS, optionError, `providers['${name}']`);
    const audiences = [provider.audience].flat();
    if (audiences.length === 0 || audiences.includes('')) {
      throw optionError(`providers['${name}'].audience`, 'a client id', provider.audience);
    }
    trusted.set(name, {
      issuers: provider.issuer === undefined ? [`https://${name}`, name] : [provider.issuer].flat(),
      audiences,
      algorithms: OIDC_ALGORITHMS,
      isUserPool: false,
      jwks: () => provider.jwks(),
    });
  }
  const { providerName } = userPoolName(userPool);
  if (trusted.has(providerName)) {
    throw optionError(`providers['${providerName}']`, 'a provider other than userPool', providers[providerName]);
  }
  if (own) {
    const { name, ...rest } = own;
    if (trusted.has(name)) {
      throw optionError(`providers['${name}']`, 'a provider other than the pool itself', providers[name]);
    }
    trusted.set(name, { ...rest, issuers: [ISSUER], algorithms: [ALGORITHM], isUserPool: false, isPool: true });
  }
  return trusted.set(providerName, {
    issuers: [userPool.issuer],
    audiences: clientIds,
    algorithms: ['RS256'],
    isUserPool: true,
    jwks: () => userPool.jwks(),
  });
}
