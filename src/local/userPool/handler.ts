/** Cognito's wire: its operations by name, ours before cognito-local's, and the pool's public keys. */
import { AwsJsonError, awsJsonHandler, corsHeaders } from '../http/index.js';
import type { AwsJsonOperation, LocalHandler, OnError } from '../http/index.js';
import { accountOperations, tokensUser } from './accounts.js';
import { authOperations } from './auth.js';
import { mfaOperations } from './mfa.js';
import type { Fields, Operation, Pool } from './state.js';
import { optionalText } from './state.js';

/** Operations on the pool itself: its settings are those of `startUserPool`, so these would have no effect. */
const LEFT_OUT = ['CreateUserPool', 'DeleteUserPool', 'UpdateUserPool', 'SetUserPoolMfaConfig'];

/**
 * Makes the handler of a pool's requests.
 *
 * @param pool The pool.
 * @param issuer Its issuer URL.
 * @param onError Is told of faults.
 */
export function userPoolHandler(pool: Pool, issuer: string, onError?: OnError): LocalHandler {
  const passedOn = pool.cognito.operations
    .filter((name) => !LEFT_OUT.includes(name))
    .map((name): [string, Operation] => [name, passOn(name)]);
  const all = { ...Object.fromEntries(passedOn), ...authOperations, ...accountOperations, ...mfaOperations };
  const json = awsJsonHandler({
    service: 'AWSCognitoIdentityProviderService',
    operations: Object.fromEntries(Object.entries(all).map(([name, operation]) => [name, bind(pool, operation)])),
    now: pool.now,
    onError,
  });
  const documents = new Map<string, () => object>([
    [`/${pool.id}/.well-known/jwks.json`, () => pool.tokens.jwks()],
    [`/${pool.id}/.well-known/openid-configuration`, () => openIdConfiguration(issuer)],
  ]);
  return (request, info) => {
    const document = request.method === 'GET' ? documents.get(info.rawPath) : undefined;
    return document === undefined
      ? json(request, info)
      : Response.json(document(), { headers: { ...corsHeaders(request), Date: pool.now().toUTCString() } });
  };
}

function bind(pool: Pool, operation: Operation): AwsJsonOperation {
  return async (input) => {
    const poolId = optionalText(input, 'UserPoolId');
    if (poolId !== undefined && poolId !== pool.id) {
      throw new AwsJsonError('ResourceNotFoundException', `User pool ${poolId} does not exist.`);
    }
    return withEpochSeconds(await operation(pool, input));
  };
}

/**
 * Has cognito-local carry an operation out. It only decodes access tokens, so they are checked before; and it knows users by
 * the exact spelling of their names, so that is put in place of what the client wrote.
 */
function passOn(name: string): Operation {
  return async (pool, request) => {
    if (request.AccessToken !== undefined) await tokensUser(pool, request);
    const named = optionalText(request, 'Username');
    const user = named === undefined ? undefined : await pool.users.find(named);
    const fields: Fields = user === undefined ? request : { ...request, Username: user.Username };
    return pool.cognito.run(name, fields);
  };
}

function openIdConfiguration(issuer: string): object {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'token'],
    subject_types_supported: ['public'],
  };
}

/** Dates travel as seconds since 1970. `JSON.stringify` makes a text of them first, hence the look at the holder. */
function withEpochSeconds(output: object): object {
  const json = JSON.stringify(output, function (this: Record<string, unknown>, key, value: unknown) {
    const original = this[key];
    return original instanceof Date ? Math.floor(original.getTime() / 1000) : value;
  });
  return JSON.parse(json) as object;
}
