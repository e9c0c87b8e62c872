/** Who asks, and whether they may: for a request to connect and for calls of `@connections` alike. */
import { nodeHash } from '../../hash/node.js';
import { verifyRequest } from '../../verify/index.js';
import type { RefusalCode, Verified, WireRequest } from '../../verify/index.js';
import { accessDenied, ACCOUNT_ID, createPolicyCheck, roleOf, signatureRefused } from '../apiGateway/index.js';
import type { ApiCaller, Policy } from '../apiGateway/index.js';
import type { CredentialStore, IssuedCredentials } from '../credentials/index.js';
import { randomId } from '../lambda/index.js';
import type { Clock } from '../options/index.js';

/** The actions of IAM that a WebSocket API has. */
export type Action = 'execute-api:Invoke' | 'execute-api:ManageConnections';

/** A request that was let in. */
export interface Allowed {
  readonly ok: true;
  readonly verified: Verified;
  readonly caller: ApiCaller;
}

/** A request that was refused, with what its client is told and what the log says. */
export interface Denied {
  readonly ok: false;
  readonly response: Response;
  readonly refusal?: RefusalCode;
  readonly identityId?: string;
  readonly accessKeyId?: string;
  readonly username?: string;
  readonly denied?: 'explicit-deny' | 'implicit-deny';
}

/** Checks the signature of a request, and the policy for the resource that its path is. */
export type Authorize = (
  wire: WireRequest,
  action: Action,
  resourceOf: (verified: Verified) => string,
) => Promise<Allowed | Denied>;

/** What {@link createAuthorize} needs. */
interface AuthorizeOptions {
  readonly store: CredentialStore;
  /** The backend's own credentials, which may manage connections and nothing else. */
  readonly backend: CredentialStore;
  readonly policy: Policy | undefined;
  readonly region: string;
  readonly now: Clock;
}

/**
 * Makes the check of a WebSocket API's requests.
 * @throws LocalAwsError `InvalidOption` for a policy that is not understood
 */
export function createAuthorize({ store, backend, policy, region, now }: AuthorizeOptions): Authorize {
  const decide = {
    'execute-api:Invoke': createPolicyCheck(policy),
    // Without a policy no user may write to another's connection: the roles of identity pools do not allow it either.
    'execute-api:ManageConnections': policy ? createPolicyCheck(policy, 'execute-api:ManageConnections') : undefined,
  };
  return async (wire, action, resourceOf) => {
    const isManaging = action === 'execute-api:ManageConnections';
    const find = (accessKeyId: string): IssuedCredentials | undefined =>
      (isManaging ? backend.find(accessKeyId) : undefined) ?? store.find(accessKeyId);
    const options = { credentials: find, region, service: 'execute-api', now, hash: nodeHash };
    const verified = await verifyRequest<IssuedCredentials>(wire, options);
    if (!verified.ok) return { ok: false, response: signatureRefused(verified), refusal: verified.code };
    const caller = callerOf(verified.caller);
    const { identityId, accessKeyId, username } = caller;
    const resource = resourceOf(verified);
    const isBackend = isManaging && backend.find(accessKeyId) !== undefined;
    const decision = isBackend ? 'allow' : (decide[action]?.(resource, identityId) ?? 'implicit-deny');
    if (decision === 'allow') return { ok: true, verified, caller };
    const who = { identityId, accessKeyId, ...(username === undefined ? {} : { username }) };
    const response = accessDenied(caller.userArn, resource, decision, action);
    return { ok: false, response, denied: decision, ...who };
  };
}

function callerOf(issued: Verified<IssuedCredentials>['caller']): ApiCaller {
  const { identityId, accessKeyId, authenticated, username, identityPoolId, amr } = issued;
  return {
    identityId,
    accessKeyId,
    authenticated,
    userArn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${roleOf(issued)}/CognitoIdentityCredentials`,
    requestId: randomId(),
    ...(username === undefined ? {} : { username }),
    ...(identityPoolId === undefined ? {} : { identityPoolId }),
    ...(amr === undefined ? {} : { amr }),
  };
}
