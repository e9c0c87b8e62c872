/** Cognito's wire: its operations by name, ours before cognito-local's, and the pool's public keys. */
import { AwsJsonError, awsJsonHandler, corsHeaders, isPreflight } from '../http/index.js';
import type { AwsJsonOperation, LocalHandler, OnError } from '../http/index.js';
import { accountOperations } from './accounts.js';
import { adminAccountOperations } from './adminAccounts.js';
import { administratorRefusal, disallowSigning, isForAdministrators } from './administrators.js';
import { authOperations } from './auth.js';
import { mfaOperations } from './mfa.js';
import { passwordOperations } from './passwords.js';
import { tokensUser } from './requestUsers.js';
import { signUpOperations } from './signUp.js';
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
  const operations = {
    ...Object.fromEntries(passedOn),
    ...authOperations,
    ...signUpOperations,
    ...passwordOperations,
    ...accountOperations,
    ...adminAccountOperations,
    ...mfaOperations,
  };
  const bound = Object.entries(operations).map(([name, run]): [string, AwsJsonOperation] => [name, bind(pool, run)]);

  /** Answers with all operations, or with the administrators' refused. */
  function jsonHandler(refusal: AwsJsonError | undefined): LocalHandler {
    const refuse = (): Promise<never> => Promise.reject(refusal!);
    const allowed = bound.map(([name, run]) => [name, refusal && isForAdministrators(name) ? refuse : run] as const);
    const service = 'AWSCognitoIdentityProviderService';
    return awsJsonHandler({ service, operations: Object.fromEntries(allowed), now: pool.now, onError });
  }

  const documents = new Map<string, () => object>([
    [`/${pool.id}/.well-known/jwks.json`, () => pool.tokens.jwks()],
    [`/${pool.id}/.well-known/openid-configuration`, () => openIdConfiguration(issuer)],
  ]);
  return async (request, info) => {
    const document = request.method === 'GET' ? documents.get(info.rawPath) : undefined;
    if (document !== undefined) {
      return Response.json(document(), { headers: { ...corsHeaders(request), Date: pool.now().toUTCString() } });
    }
    const answer = await jsonHandler(administratorRefusal(request))(request, info);
    if (isPreflight(request)) disallowSigning(answer);
    return answer;
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
