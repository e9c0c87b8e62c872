/** An issuer of tokens, and calls to an identity pool. */
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import type { JWTPayload } from 'jose';

// Making an RSA key takes seconds on a busy machine, and the hooks that make one are under the same limit as a test.

export const REGION = 'us-east-1';
export const USER_POOL_ID = 'us-east-1_Local1234';
export const CLIENT_ID = '1example23456789';
export const ISSUER = `http://127.0.0.1:9229/${USER_POOL_ID}`;
export const PROVIDER = `cognito-idp.us-east-1.amazonaws.com/${USER_POOL_ID}`;

/** An issuer of tokens with one RSA key. */
export async function createIssuer(kid: string, alg = 'RS256') {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  // Without `alg`, which is optional: what algorithm a token may use is for the pool to decide, not for the key.
  const jwk = { ...(await exportJWK(publicKey)), kid, use: 'sig' };
  return {
    jwk,
    jwks: () => ({ keys: [jwk] }),
    sign: (claims: JWTPayload, header: { kid?: string; alg?: string } = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  };
}

export const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** The claims of a user pool's ID token, valid for an hour from `now` on. */
export function idClaims(now: Date, changes: JWTPayload = {}): JWTPayload {
  return {
    sub: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
    iss: ISSUER,
    aud: CLIENT_ID,
    token_use: 'id',
    'cognito:username': 'user@example.com',
    iat: seconds(now),
    exp: seconds(now) + 3600,
    ...changes,
  };
}

/** One call over plain fetch. */
export async function call(url: string, operation: string, input: unknown, init: RequestInit = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityService.${operation}`,
      ...(init.headers as Record<string, string> | undefined),
    },
    body: typeof input === 'string' ? input : JSON.stringify(input),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

export interface Body {
  __type?: string;
  message?: string;
  IdentityId: string;
  Token: string;
  Credentials: { AccessKeyId: string; SecretKey: string; SessionToken: string; Expiration: number };
}
