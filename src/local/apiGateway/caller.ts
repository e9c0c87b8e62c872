/** Who called, as the API behind the gateway is told. */
import type { Verified } from '../../verify/index.js';
import type { IssuedCredentials, IssuedLogin } from '../credentials/index.js';
import { principalOf } from './authorize.js';
import type { ApiCaller } from './handler.js';

/**
 * Makes the caller of a verified request.
 * @param verified What the verifier read.
 * @param requestId The request's id.
 */
export function callerOf(verified: Verified<IssuedCredentials>, requestId: string): ApiCaller {
  const { caller, accessKeyId } = verified;
  const { identityId, authenticated, username, identityPoolId, amr, login } = caller;
  const { role, userArn } = principalOf(verified);
  return {
    identityId,
    accessKeyId,
    authenticated,
    role,
    userArn,
    requestId,
    ...(username === undefined ? {} : { username }),
    ...(login === undefined ? {} : loginParts(login)),
    ...(identityPoolId === undefined ? {} : { identityPoolId }),
    ...(amr === undefined ? {} : { amr }),
  };
}

const loginParts = ({ provider, sub, userPoolId, groups }: IssuedLogin) => ({
  provider,
  sub,
  ...(userPoolId === undefined ? {} : { userPoolId }),
  ...(groups === undefined ? {} : { groups }),
});
