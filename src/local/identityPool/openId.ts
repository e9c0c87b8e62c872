/** The tokens of GetOpenIdToken: signed by a key of the pool's own. */
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { JsonWebKeySet } from '../http/index.js';

/** The issuer of every identity pool's tokens. */
export const ISSUER = 'https://cognito-identity.amazonaws.com';
export const ALGORITHM = 'RS512';
const LIFETIME_SECONDS = 600;

/** Signs an identity pool's own tokens. */
export interface OpenIdSigner {
  /** A token for an identity, valid for ten minutes; `amr` tells how it was authenticated. */
  sign(identityId: string, amr: readonly string[], now: Date): Promise<string>;
  /** The public key that the tokens are to be checked with. */
  jwks(): Promise<JsonWebKeySet>;
}

/**
 * Signs for one identity pool. The key is made at the first use, since few apps ever ask for such a token.
 *
 * @param identityPoolId The tokens' audience.
 * @param region Names the key, as at AWS.
 */
export function createOpenIdSigner(identityPoolId: string, region: string): OpenIdSigner {
  const kid = `${region}-1`;
  let made: ReturnType<typeof generateKeyPair> | undefined;
  const keyPair = () => (made ??= generateKeyPair(ALGORITHM));

  return {
    async sign(identityId, amr, now) {
      const issuedAt = Math.floor(now.getTime() / 1000);
      return new SignJWT({ amr: [...amr] })
        .setProtectedHeader({ kid, typ: 'JWS', alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setAudience(identityPoolId)
        .setSubject(identityId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFETIME_SECONDS)
        .sign((await keyPair()).privateKey);
    },
    async jwks() {
      const key = await exportJWK((await keyPair()).publicKey);
      return { keys: [{ ...key, kty: 'RSA', kid, alg: ALGORITHM, use: 'sig' }] };
    },
  };
}
