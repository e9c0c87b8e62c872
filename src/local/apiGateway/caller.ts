/** Who called, as the API behind the gateway is told. */
import type { Verified } from '../../verify/index.js';
import type { IssuedCredentials } from '../credentials/index.js';
import { principalOf } from './authorize.js';
import type { ApiCaller } from './handler.js';

/**
 * Makes the caller of a verified request.
 * @param verified What the verifier read.
 * @param requestId The request's id.
 */
export function callerOf({ caller, accessKeyId }: Verified<IssuedCredentials>, requestId: string): ApiCaller {
  const { identityId, authenticated, username, identityPoolId, amr } = caller;
  const { userArn } = principalOf(caller);
  return {
    identityId,
    accessKeyId,
    authenticated,
    userArn,
    requestId,
    ...(username === undefined ? {} : { username }),
    ...(identityPoolId === undefined ? {} : { identityPoolId }),
    ...(amr === undefined ? {} : { amr }),
  };
}
