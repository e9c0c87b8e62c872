/** Starts a Cognito identity pool: checks login tokens and issues temporary credentials. */
import { randomUUID } from 'node:crypto';
import { cognitoIdentityProvider } from '../../util/index.js';
import { administratorRefusal, awsJsonHandler, listen } from '../http/index.js';
import type { AwsJsonInput, AwsJsonOperation, LocalHandler } from '../http/index.js';
import { openClock } from '../options/index.js';
import type { Keeper } from '../state/index.js';
import { KnownIdentities, uuidFrom } from './identities.js';
import { readId, readLogins, readRole, refuse } from './input.js';
import { loginOf, tagsOf } from './issuedFor.js';
import { verifyLogin } from './logins.js';
import type { VerifiedLogin } from './logins.js';
import { createOpenIdSigner } from './openId.js';
import { checkIdentityPoolOptions } from './options.js';
import type { IdentityPoolOptions, IdentityPoolRoles } from './options.js';
import { trustedProviders, userPoolName } from './providers.js';
import type { KeySet } from './keySet.js';

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
  jwks(): Promise<KeySet>;
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
  const { store, userPool, credentialsLifetimeSeconds = 3600, allowGuests = false, developerProvider } = options;
  const now = openClock(options.now);
  const { userPoolId, region, providerName } = userPoolName(userPool);
  const identityPoolId = options.identityPoolId ?? `${region}:${uuidFrom('identity pool', userPoolId)}`;
  const openId = createOpenIdSigner(identityPoolId, region);
  const own = { name: cognitoIdentityProvider(region), audiences: [identityPoolId], jwks: () => openId.jwks() };
  const providers = trustedProviders(userPool, options.providers, own, options.clientIds);
  const identities = new KnownIdentities((keeper?.kept as KeptIdentities | undefined)?.identities);
  keeper?.keep((): KeptIdentities => ({ identities: identities.kept() }));
  const calls = { GetId: 0, GetCredentialsForIdentity: 0, GetOpenIdToken: 0, GetOpenIdTokenForDeveloperIdentity: 0 };

  async function verifiedLogins(input: AwsJsonInput): Promise<VerifiedLogin[]> {
    return Promise.all(readLogins(input).map((login) => verifyLogin(login, providers, now())));
  }

  function identityOf(login: VerifiedLogin): string {
    if (login.provider === own.name) return login.subject; // the pool has said whose it is
    return `${region}:${uuidFrom(identityPoolId, login.provider, login.subject)}`;
  }

  /** The identity of a request that names one, after checking that its logins are the identity's. */
  async function authenticate(input: AwsJsonInput): Promise<{ identityId: string; logins: VerifiedLogin[] }> {
    const identityId = readId(input, 'IdentityId');
    const logins = await verifiedLogins(input);
    const own = logins.map(identityOf);
    const known = identities.get(identityId);

    if (own.includes(identityId)) return { identityId: identities.add(identityId, 'user'), logins };
    if (known === undefined) throw refuse('ResourceNotFoundException', `Identity '${identityId}' not found.`);
    if (known === 'guest') {
      if (own[0] === undefined) return { identityId, logins };
      identities.delete(identityId);
      return { identityId: identities.add(own[0], 'user'), logins };
    }
    if (logins.length === 0) throw refuse('NotAuthorizedException', `Access to Identity '${identityId}' is forbidden.`);
    throw refuse(
      'NotAuthorizedException',
      "Logins don't match. Please include at least one valid login for this identity or identity pool.",
    );
  }

  /** The pool's own role of this kind; `undefined` where none was named. */
  function roleOf(kind: keyof IdentityPoolRoles): string | undefined {
    const role = options.roles?.[kind];
    if (options.roles === undefined || role !== undefined) return role;
    throw refuse(
      'InvalidIdentityPoolConfigurationException',
      'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
    );
  }

  const operations: Record<IdentityPoolOperation, AwsJsonOperation> = {
    async GetId(input) {
      calls.GetId += 1;
      const asked = readId(input, 'IdentityPoolId');
      if (asked !== identityPoolId) throw refuse('ResourceNotFoundException', `IdentityPool '${asked}' not found.`);
      const own = (await verifiedLogins(input)).map(identityOf);
      // With several logins, an identity that exists already goes before a new one.
      const identityId = own.find((id) => identities.get(id)) ?? own[0];
      if (identityId !== undefined) return { IdentityId: identities.add(identityId, 'user') };
      if (!allowGuests) {
        throw refuse('NotAuthorizedException', 'Unauthenticated access is not supported for this identity pool.');
      }
      return { IdentityId: identities.add(`${region}:${randomUUID()}`, 'guest') };
    },

    async GetCredentialsForIdentity(input) {
      calls.GetCredentialsForIdentity += 1;
      const { identityId, logins } = await authenticate(input);
      const role = readRole(input);
      if (role && !logins.some(({ roles }) => roles.includes(role.arn))) {
        throw refuse('NotAuthorizedException', `Access to Role '${role.arn}' is forbidden.`);
      }
      const { accessKeyId, secretAccessKey, sessionToken, expiration } = store.issue({
        identityId,
        authenticated: logins.length > 0,
        username: logins.find((login) => login.username !== undefined)?.username,
        role: role?.name ?? roleOf(logins.length > 0 ? 'authenticated' : 'unauthenticated'),
        identityPoolId,
        amr: amrOf(logins),
        login: loginOf(logins[0]),
        tags: tagsOf(logins[0], options.principalTags),
        lifetimeSeconds: credentialsLifetimeSeconds,
      });
      return {
        IdentityId: identityId,
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretKey: secretAccessKey,
          SessionToken: sessionToken,
          Expiration: expiration.getTime() / 1000,
        },
      };
    },

    async GetOpenIdToken(input) {
      calls.GetOpenIdToken += 1;
      const { identityId, logins } = await authenticate(input);
      return { IdentityId: identityId, Token: await openId.sign(identityId, amrOf(logins), now()) };
    },

    async GetOpenIdTokenForDeveloperIdentity(input) {
      calls.GetOpenIdTokenForDeveloperIdentity += 1;
      const asked = readId(input, 'IdentityPoolId');
      if (asked !== identityPoolId) throw refuse('ResourceNotFoundException', `IdentityPool '${asked}' not found.`);
      const [login] = readLogins(input).filter(([provider]) => provider === developerProvider);
      if (login === undefined) {
        throw refuse('NotAuthorizedException', 'Logins do not name the developer provider of this identity pool.');
      }
      const identityId = `${region}:${uuidFrom(identityPoolId, ...login)}`;
      identities.add(identityId, 'user');
      const amr = ['authenticated', login[0], `${login[0]}:${identityPoolId}:${login[1]}`];
      return { IdentityId: identityId, Token: await openId.sign(identityId, amr, now()) };
    },
  };

  const forAdministrators = 'GetOpenIdTokenForDeveloperIdentity';
  const handler: LocalHandler = async (request, info) => {
    const refusal = administratorRefusal(request, 'cognito-identity');
    const allowed = refusal ? { ...operations, [forAdministrators]: () => Promise.reject(refusal) } : operations;
    const json = { service: 'AWSCognitoIdentityService', operations: allowed, now, onError: options.onError };
    try {
      return await awsJsonHandler(json)(request, info);
    } finally {
      keeper?.changed();
    }
  };
  const server = await listen(handler, options.port);
  return {
    url: server.url,
    port: server.port,
    region,
    identityPoolId,
    userPoolProvider: providerName,
    calls,
    jwks: () => openId.jwks(),
    stop: () => server.close(),
  };
}

/** What lasts over a restart. */
interface KeptIdentities {
  readonly identities: ReadonlyMap<string, 'user' | 'guest'>;
}

/** How an identity was authenticated: the claim `amr` of its tokens, and what API Gateway tells a function. */
function amrOf(logins: readonly VerifiedLogin[]): string[] {
  if (logins.length === 0) return ['unauthenticated'];
  return ['authenticated', ...logins.flatMap(({ provider, amr }) => [provider, amr])];
}
