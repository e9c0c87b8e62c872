/** Starts a Cognito identity pool: checks login tokens and issues temporary credentials. */
import { administratorRefusal, awsJsonHandler, listen } from '../http/index.js';
import type { AwsJsonOperation, JsonWebKeySet, LocalHandler } from '../http/index.js';
import type { Keeper } from '../state/index.js';
import { errorListener } from '../options/index.js';
import { OPERATIONS } from './operations.js';
import { checkIdentityPoolOptions } from './options.js';
import type { IdentityPoolOptions } from './options.js';
import { createPool } from './state.js';

/** The operations that a local identity pool answers. */
export type IdentityPoolOperation =
  'GetId' | 'GetCredentialsForIdentity' | 'GetOpenIdToken' | 'GetOpenIdTokenForDeveloperIdentity';

/** A running identity pool. */
export interface LocalIdentityPool {
  /** The pool's URL, for the option `endpoint` of the AWS SDKs. */
  readonly url: string;
  /** The port of the URL. */
  readonly port: number;
  /** The pool's region, with which its id begins. */
  readonly region: string;
  /** The pool's id, `REGION:UUID`. */
  readonly identityPoolId: string;
  /** The provider name under which clients state the user pool's ID token in `Logins`. */
  readonly userPoolProvider: string;
  /** How many times each operation was called, refused calls included. */
  readonly calls: Readonly<Record<IdentityPoolOperation, number>>;
  /**
   * The public keys of the tokens from GetOpenIdToken.
   * @returns A JSON Web Key Set (RFC 7517).
   * @example
   * const { payload } = await jwtVerify(token, createLocalJWKSet(await identityPool.jwks())); // with jose
   */
  jwks(): Promise<JsonWebKeySet>;
  /**
   * Stops the server, and ends open connections. May be called more than once.
   * @returns A promise that resolves once nothing listens any more.
   * @example
   * afterAll(() => identityPool.stop());
   */
  stop(): Promise<void>;
}

/**
 * Starts a Cognito identity pool on 127.0.0.1 that checks login tokens and issues temporary credentials.
 *
 * A user's identity id is computed from the pool's id, the provider and the token's `sub`: the same login has the same identity, even
 * after a restart of the pool. A guest who logs in therefore gets the user's own identity, whereas AWS keeps the guest's id at the
 * first login.
 *
 * @param options The store of credentials and the user pool; further providers, guests, lifetimes in seconds, port …
 * @returns The running pool.
 * @throws LocalAwsError `InvalidOption`, with the option's name, or `PortInUse`
 *
 * @example
 * const store = new CredentialStore();
 * const userPool = await startUserPool({ users: [{ username: 'user@example.com', password: 'Passw0rd!' }] });
 * const identityPool = await startIdentityPool({ store, userPool });
 * // point a client's endpoint at identityPool.url, and in the end:
 * await identityPool.stop();
 */
export function startIdentityPool(options: IdentityPoolOptions): Promise<LocalIdentityPool> {
  return startKeptIdentityPool(options);
}

/**
 * The same, for a pool whose identities may last over restarts.
 * @param options As above.
 * @param keeper Keeps the identities. Default: they are in memory alone.
 */
export async function startKeptIdentityPool(options: IdentityPoolOptions, keeper?: Keeper): Promise<LocalIdentityPool> {
  checkIdentityPoolOptions(options);
  const pool = createPool(options, keeper);
  const calls = { GetId: 0, GetCredentialsForIdentity: 0, GetOpenIdToken: 0, GetOpenIdTokenForDeveloperIdentity: 0 };

  const counted = (name: IdentityPoolOperation): AwsJsonOperation => {
    return (input) => {
      calls[name] += 1;
      return OPERATIONS[name](pool, input);
    };
  };
  const operations: Record<IdentityPoolOperation, AwsJsonOperation> = {
    GetId: counted('GetId'),
    GetCredentialsForIdentity: counted('GetCredentialsForIdentity'),
    GetOpenIdToken: counted('GetOpenIdToken'),
    GetOpenIdTokenForDeveloperIdentity: counted('GetOpenIdTokenForDeveloperIdentity'),
  };
  const forAdministrators = 'GetOpenIdTokenForDeveloperIdentity';
  const onError = errorListener(options.onError);
  const handler: LocalHandler = async (request, info) => {
    const refusal = administratorRefusal(request, 'cognito-identity');
    const allowed = refusal ? { ...operations, [forAdministrators]: () => Promise.reject(refusal) } : operations;
    const { now } = pool;
    const json = { service: 'AWSCognitoIdentityService', operations: allowed, now, onError };
    try {
      return await awsJsonHandler(json)(request, info);
    } finally {
      keeper?.changed();
    }
  };
  const server = await listen(handler, options.port, { onError });
  return {
    url: server.url,
    port: server.port,
    region: pool.region,
    identityPoolId: pool.id,
    userPoolProvider: pool.userPoolProvider,
    calls,
    jwks: () => pool.openId.jwks(),
    stop: () => server.close(),
  };
}
