/** Answers the requests to a pool: Cognito's operations, and the public keys. */
import {
  administratorRefusal,
  AwsJsonError,
  awsJsonHandler,
  corsHeaders,
  disallowSigning,
  isPreflight,
} from '../http/index.js';
import type { AwsJsonOperation, LocalHandler, OnError } from '../http/index.js';
import { accountOperations } from './accounts.js';
import { adminAccountOperations } from './adminAccounts.js';
import { isForAdministrators } from './administrators.js';
import { appClientOperations } from './appClients.js';
import { authOperations } from './auth.js';
import { describePoolOperations } from './describePool.js';
import { groupOperations } from './groups.js';
import { listUsersOperations } from './listUsers.js';
import { mfaOperations } from './mfa.js';
import { passkeyOperations } from './passkeyRegistration.js';
import { passwordOperations } from './passwords.js';
import { signUpOperations } from './signUp.js';
import type { Operation, Pool } from './state.js';
import { optionalText } from './state.js';

/** The operations by name. Those that change the pool's own settings are missing: the options of `startUserPool` are the settings. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  ...authOperations,
  ...signUpOperations,
  ...passwordOperations,
  ...accountOperations,
  ...mfaOperations,
  ...passkeyOperations,
  ...adminAccountOperations,
  ...listUsersOperations,
  ...groupOperations,
  ...appClientOperations,
  ...describePoolOperations,
};

/**
 * Makes the handler of a pool's requests.
 *
 * @param pool The pool.
 * @param issuer The pool's issuer URL.
 * @param onError Called with errors inside the server.
 */
export function userPoolHandler(pool: Pool, issuer: string, onError?: OnError): LocalHandler {
  const bound = Object.entries(OPERATIONS).map(([name, run]): [string, AwsJsonOperation] => [name, bind(pool, run)]);

  /** Answers operations; those of administrators with `refusal`, where one is given. */
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
    const answer = await jsonHandler(administratorRefusal(request, 'cognito-idp'))(request, info);
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

function openIdConfiguration(issuer: string): object {
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'token'],
    subject_types_supported: ['public'],
  };
}

/** Turns dates into seconds since 1970. `JSON.stringify` gives the replacer a date as text, so that it is read from its holder. */
function withEpochSeconds(output: object): object {
  const json = JSON.stringify(output, function (this: Record<string, unknown>, key, value: unknown) {
    const original = this[key];
    return original instanceof Date ? Math.floor(original.getTime() / 1000) : value;
  });
  return JSON.parse(json) as object;
}
