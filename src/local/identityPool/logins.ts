/** Checks login tokens as an identity pool does, and refuses with AWS's own texts. */
import { createLocalJWKSet, decodeJwt, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWK, JWTPayload } from 'jose';
import { refuse } from './input.js';
import type { Login } from './input.js';
import type { TrustedProvider } from './providers.js';

/** Who logged in, as a checked token says. */
export interface VerifiedLogin {
  readonly provider: string;
  readonly subject: string;
  /** How the login is written in the `amr` claim of GetOpenIdToken. */
  readonly amr: string;
  readonly username: string | undefined;
  /** The roles that the token names, among which a request may choose. */
  readonly roles: readonly string[];
  /** The user pool that it is of, and the user's groups there. */
  readonly userPool?: { readonly id: string; readonly groups: readonly string[] };
  /** All that the token says. */
  readonly claims: JWTPayload;
}

/**
 * Checks one login's token: form, issuer, audience, use, signature, expiry, in this order.
 *
 * @throws {AwsJsonError} NotAuthorizedException with the reason; ExternalServiceException where the keys are not to be had
 */
export async function verifyLogin(
  [provider, token]: Login,
  providers: ReadonlyMap<string, TrustedProvider>,
  now: Date,
): Promise<VerifiedLogin> {
  const claims = decode(token);
  const trusted = providers.get(provider);
  if (!(trusted?.issuers ?? [`https://${provider}`]).includes(claims.iss ?? '')) {
    throw invalidToken("Issuer doesn't match providerName");
  }
  const audiences = [claims.aud ?? []].flat();
  if (audiences.length === 0) throw invalidToken('Missing a required claim: aud');
  const audience = audiences.find((one) => trusted?.audiences.includes(one));
  if (!trusted || audience === undefined) {
    throw refuse('NotAuthorizedException', 'Token is not from a supported provider of this identity pool.');
  }
  if (trusted.isUserPool && claims.token_use !== 'id') throw invalidToken('Not a Cognito token.');
  if (!claims.sub) throw invalidToken('Missing a required claim: sub');
  if (claims.exp === undefined) throw invalidToken('Missing a required claim: exp');

  const proven = await verifySignatureAndExpiry(token, claims.exp, provider, trusted, now);
  const subject = proven.sub ?? claims.sub;
  // A guest's token of the pool's own makes nobody a user.
  if (trusted.isPool && ![proven.amr ?? []].flat().includes('authenticated')) {
    throw invalidToken('Not a token of an authenticated identity.');
  }
  const roles = proven['cognito:roles'];
  const username = trusted.isUserPool ? proven['cognito:username'] : undefined;
  return {
    provider,
    subject,
    amr: `${provider}:${trusted.isUserPool ? 'CognitoSignIn' : audience}:${subject}`,
    username: typeof username === 'string' ? username : undefined,
    roles: trusted.isUserPool ? textsOf(roles) : [],
    ...(trusted.isUserPool && {
      userPool: { id: provider.slice(provider.indexOf('/') + 1), groups: textsOf(proven['cognito:groups']) },
    }),
    claims: proven,
  };
}

const textsOf = (claim: unknown): string[] => (Array.isArray(claim) ? claim.map(String) : []);

/** The claims, not to be trusted before the signature is checked. */
function decode(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch (cause) {
    throw invalidToken('Not a valid OpenId Connect identity token.', cause);
  }
}

async function verifySignatureAndExpiry(
  token: string,
  expires: number,
  provider: string,
  trusted: TrustedProvider,
  now: Date,
): Promise<JWTPayload> {
  const keys = await readKeys(provider, trusted);
  try {
    const options = { algorithms: [...trusted.algorithms], currentDate: now };
    return (await jwtVerify(token, createLocalJWKSet(keys), options)).payload;
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) {
      throw invalidToken(`Token expired: ${Math.floor(now.getTime() / 1000)} >= ${expires}`, cause);
    }
    throw invalidToken("Couldn't verify signed token.", cause);
  }
}

async function readKeys(provider: string, trusted: TrustedProvider): Promise<JSONWebKeySet> {
  try {
    return { keys: (await trusted.jwks()).keys.map((key) => key as JWK) };
  } catch (cause) {
    throw refuse('ExternalServiceException', `The keys of ${provider} could not be read.`, cause);
  }
}

function invalidToken(reason: string, cause?: unknown): Error {
  return refuse('NotAuthorizedException', `Invalid login token. ${reason}`, cause);
}
