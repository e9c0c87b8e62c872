/** The pools of a configuration, and what can be asked of them without an administrator's keys. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { ApigConfig } from '../../apig/index.js';
import { awsDomain } from '../../sigv4/index.js';
import { awsJson } from './prober.js';
import type { Answer, Prober } from './prober.js';

/** A user pool and its app client. */
export interface UserPool {
  readonly id: string;
  readonly clientId: string;
  readonly region: string;
  /** The name under which identity pools take its tokens. */
  readonly provider: string;
  /** Its public description, which states the issuer of its tokens. */
  readonly describe: () => Promise<Answer>;
  /** Begins a login. */
  readonly initiateAuth: (flow: string, parameters: Readonly<Record<string, string>>) => Promise<Answer>;
}

/** An identity pool. */
export interface IdentityPool {
  readonly id: string;
  readonly region: string;
  /** The identity of these logins; a guest's where there is none. */
  readonly getId: (logins: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly getCredentials: (identityId: string, logins: Readonly<Record<string, string>>) => Promise<Answer>;
}

/**
 * The pools of a configuration that `createApig` takes.
 * @param cognito Its settings.
 * @param prober Sends the requests.
 */
export function poolsOf(
  cognito: ApigConfig['cognito'],
  { send }: Prober,
): { readonly userPool: UserPool; readonly identityPool: IdentityPool } {
  const { USER_POOL_ID: userPoolId, APP_CLIENT_ID: clientId, IDENTITY_POOL_ID: identityPoolId } = cognito;
  const [region, poolsRegion] = [regionOf(userPoolId), regionOf(identityPoolId)];
  const host = `cognito-idp.${region}.${awsDomain(region)}`;
  const url = (cognito.USER_POOL_ENDPOINT ?? `https://${host}`).replace(/\/$/, '');
  const identityUrl =
    cognito.IDENTITY_POOL_ENDPOINT ?? `https://cognito-identity.${poolsRegion}.${awsDomain(poolsRegion)}/`;
  const identity = (operation: string, input: object): Promise<Answer> =>
    send(identityUrl, awsJson('AWSCognitoIdentityService', operation, input));
  return {
    userPool: {
      id: userPoolId,
      clientId,
      region,
      provider: `${host}/${userPoolId}`,
      describe: () => send(`${url}/${userPoolId}/.well-known/openid-configuration`),
      initiateAuth: (AuthFlow, AuthParameters) =>
        send(
          `${url}/`,
          awsJson('AWSCognitoIdentityProviderService', 'InitiateAuth', {
            AuthFlow,
            AuthParameters,
            ClientId: clientId,
          }),
        ),
    },
    identityPool: {
      id: identityPoolId,
      region: poolsRegion,
      getId: (logins) => identity('GetId', { IdentityPoolId: identityPoolId, ...loginsOf(logins) }),
      getCredentials: (IdentityId, logins) =>
        identity('GetCredentialsForIdentity', { IdentityId, ...loginsOf(logins) }),
    },
  };
}

/** The region that a pool's id begins with. */
export const regionOf = (poolId: string): string => poolId.replace(/[_:].*/, '');

function loginsOf(logins: Readonly<Record<string, string>>): object {
  return Object.keys(logins).length === 0 ? {} : { Logins: logins };
}

/** The name of a user who does not exist. */
export const NOBODY = `sigv4-client-doctor-${randomUUID()}`;

/** The parameters of a login's first message in each flow, in the name of a user who does not exist. */
export function parametersOf(flow: string): Readonly<Record<string, string>> {
  const USERNAME = NOBODY;
  // Below the prime of 3072 bits: its first byte is ff.
  const SRP_A = `7f${PUBLIC_VALUE}`;
  if (flow === 'USER_SRP_AUTH') return { USERNAME, SRP_A };
  if (flow === 'USER_PASSWORD_AUTH') return { USERNAME, PASSWORD: NOBODY };
  if (flow === 'REFRESH_TOKEN_AUTH') return { REFRESH_TOKEN: NOBODY };
  return { USERNAME };
}

const PUBLIC_VALUE = randomBytes(383).toString('hex');

/**
 * An ID token that says it comes from a user pool and is signed by nobody: an identity pool refuses it for its signature, unless it
 * does not take that pool's tokens in the first place.
 * @param issuer The issuer.
 * @param clientId The app client that it would be for.
 */
export function unprovenToken(issuer: string, clientId: string): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: NOBODY, iss: issuer, aud: clientId, token_use: 'id', iat: now, exp: now + 3600 };
  const parts = [{ kid: 'sigv4-client-doctor', alg: 'RS256' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return [...parts, randomBytes(256).toString('base64url')].join('.');
}
