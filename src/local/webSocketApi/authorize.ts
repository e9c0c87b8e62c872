/** Who asks, and whether they may: for a request to connect and for calls of `@connections` alike. */
import { nodeHash } from '../../hash/node.js';
import { verifyRequest } from '../../verify/index.js';
import type { Verified, WireRequest } from '../../verify/index.js';
import { callerOf, iamCallerOf, judgeReadings, restRefusals } from '../apiGateway/index.js';
import type { ApiCaller, LoggedRequest, Resources } from '../apiGateway/index.js';
import type { CredentialStore, IssuedCredentials } from '../credentials/index.js';
import { createPolicyCheck } from '../iam/index.js';
import type { Denial, Policy } from '../iam/index.js';
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

/** The answer to a request, and what the log says of it. */
export interface Answered extends Omit<LoggedRequest, 'method' | 'path' | 'status'> {
  readonly response: Response;
}

/** Checks the signature of a request, and the policy for its action on a resource, whose path may be spelt in several ways. */
export type Authorize = (
  wire: WireRequest,
  action: Action,
  resourcesOf: (verified: Verified) => Resources,
) => Promise<Allowed | ({ readonly ok: false } & Answered)>;

/** The parts of the API that {@link createAuthorize} needs. */
interface AuthorizeOptions {
  readonly store: CredentialStore;
  /** The backend's own credentials, which may manage connections and nothing else. */
  readonly backend: CredentialStore;
  readonly policy: Policy | undefined;
  readonly region: string;
  readonly now: Clock;
}

/** No user may write to another's connection unless a policy says so: the roles of identity pools do not allow it either. */
const NOT_ALLOWED: Denial = { kind: 'implicit-deny', policy: 'policy' };

/**
 * Makes the check of a WebSocket API's requests.
 * @throws LocalAwsError `InvalidOption` for a policy that is not understood
 */
export function createAuthorize({ store, backend, policy, region, now }: AuthorizeOptions): Authorize {
  const check = createPolicyCheck({ policy });
  return async (wire, action, resourcesOf) => {
    const isManaging = action === 'execute-api:ManageConnections';
    const find = (accessKeyId: string): IssuedCredentials | undefined =>
      (isManaging ? backend.find(accessKeyId) : undefined) ?? store.find(accessKeyId);
    const options = { credentials: find, region, service: 'execute-api', now, hash: nodeHash };
    const verified = await verifyRequest<IssuedCredentials>(wire, options);
    if (!verified.ok) return { ok: false, response: restRefusals.signatureRefused(verified), refusal: verified.code };

    const caller = callerOf(verified, randomId());
    const resources = resourcesOf(verified);
    const isBackend = isManaging && backend.find(verified.accessKeyId) !== undefined;
    const asked = { ...iamCallerOf(verified, '127.0.0.1'), isFunctionUrl: false, action };
    const denialOf = () =>
      isManaging && policy === undefined
        ? NOT_ALLOWED
        : judgeReadings(resources, (resource) => [check({ ...asked, resource })]);
    const denial = isBackend ? undefined : denialOf();
    if (denial === undefined) return { ok: true, verified, caller };
    const response = restRefusals.accessDenied({
      ...denial,
      action,
      resource: resources.readings[0],
      userArn: caller.userArn,
    });
    return { ok: false, response, denied: denial.kind, ...logOf(caller) };
  };
}

/** What the log says of a caller. */
export const logOf = ({ identityId, accessKeyId, username }: ApiCaller) => ({
  identityId,
  accessKeyId,
  ...(username === undefined ? {} : { username }),
});
