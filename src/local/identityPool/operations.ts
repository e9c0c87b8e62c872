/** The operations of an identity pool. */
import { randomUUID } from 'node:crypto';
import type { AwsJsonInput } from '../http/index.js';
import { authenticate, identityOf, verifiedLogins } from './authenticate.js';
import { uuidFrom } from './identities.js';
import { readId, readLogins, readRole, refuse } from './input.js';
import { amrOf, loginOf, tagsOf } from './issuedFor.js';
import type { IdentityPoolRoles } from './options.js';
import type { Operation, Pool } from './state.js';

const getId: Operation = async (pool, input) => {
  checkPoolId(pool, input);
  const own = (await verifiedLogins(pool, input)).map((login) => identityOf(pool, login));
  // With several logins, an identity that exists already goes before a new one.
  const identityId = own.find((id) => pool.identities.get(id)) ?? own[0];
  if (identityId !== undefined) return { IdentityId: pool.identities.add(identityId, 'user') };
  if (!pool.options.allowGuests) {
    throw refuse('NotAuthorizedException', 'Unauthenticated access is not supported for this identity pool.');
  }
  return { IdentityId: pool.identities.add(`${pool.region}:${randomUUID()}`, 'guest') };
};

const getCredentialsForIdentity: Operation = async (pool, input) => {
  const { identityId, logins } = await authenticate(pool, input);
  const role = readRole(input);
  if (role && !logins.some(({ roles }) => roles.includes(role.arn))) {
    throw refuse('NotAuthorizedException', `Access to Role '${role.arn}' is forbidden.`);
  }
  const { store, principalTags, credentialsLifetimeSeconds = 3600 } = pool.options;
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = store.issue({
    identityId,
    authenticated: logins.length > 0,
    username: logins.find((login) => login.username !== undefined)?.username,
    role: role?.name ?? roleOf(pool, logins.length > 0 ? 'authenticated' : 'unauthenticated'),
    identityPoolId: pool.id,
    amr: amrOf(logins),
    login: loginOf(logins[0]),
    tags: tagsOf(logins[0], principalTags),
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
};

const getOpenIdToken: Operation = async (pool, input) => {
  const { identityId, logins } = await authenticate(pool, input);
  return { IdentityId: identityId, Token: await pool.openId.sign(identityId, amrOf(logins), pool.now()) };
};

const getOpenIdTokenForDeveloperIdentity: Operation = async (pool, input) => {
  checkPoolId(pool, input);
  const [login] = readLogins(input).filter(([provider]) => provider === pool.options.developerProvider);
  if (login === undefined) {
    throw refuse('NotAuthorizedException', 'Logins do not name the developer provider of this identity pool.');
  }
  const identityId = `${pool.region}:${uuidFrom(pool.id, ...login)}`;
  pool.identities.add(identityId, 'user');
  const amr = ['authenticated', login[0], `${login[0]}:${pool.id}:${login[1]}`];
  return { IdentityId: identityId, Token: await pool.openId.sign(identityId, amr, pool.now()) };
};

/** The operations by their names. */
export const OPERATIONS = {
  GetId: getId,
  GetCredentialsForIdentity: getCredentialsForIdentity,
  GetOpenIdToken: getOpenIdToken,
  GetOpenIdTokenForDeveloperIdentity: getOpenIdTokenForDeveloperIdentity,
} satisfies Record<string, Operation>;

function checkPoolId(pool: Pool, input: AwsJsonInput): void {
  const asked = readId(input, 'IdentityPoolId');
  if (asked !== pool.id) throw refuse('ResourceNotFoundException', `IdentityPool '${asked}' not found.`);
}

/** The pool's own role of this kind; `undefined` where none was named. */
function roleOf({ options: { roles } }: Pool, kind: keyof IdentityPoolRoles): string | undefined {
  const role = roles?.[kind];
  if (roles === undefined || role !== undefined) return role;
  throw refuse(
    'InvalidIdentityPoolConfigurationException',
    'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
  );
}
