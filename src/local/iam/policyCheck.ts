/** Decides on calls, as IAM does for callers of the same account. */
import { withNormalEscapes } from './escapes.js';
import { matchesPattern, resolvePattern } from './pattern.js';
import type { Policy } from './policy.js';
import type { Caller } from './principals.js';
import { requestKeys } from './requestKeys.js';
import type { KeySource } from './requestKeys.js';
import { readStatements } from './statements.js';
import type { PolicyKind, Statement } from './statements.js';

/** A call to decide on: who, and what. */
export interface PolicyRequest extends Caller, KeySource {
  /** Such as `execute-api:Invoke`. */
  readonly action: string;
  /** The full ARN of what is called. */
  readonly resource: string;
}

/** Why a call is not allowed. */
export interface Denial {
  /** Denied by a statement, or not allowed by any. */
  readonly kind: 'explicit-deny' | 'implicit-deny';
  /** The policy that decided. */
  readonly policy: PolicyKind;
}

/** The policies that decide, by the names of the gateway's options. */
interface Policies {
  /** The policy of the caller's role. Without one, the role may call everything. */
  readonly policy?: Policy | undefined;
  /** The policy of what is called. */
  readonly resourcePolicy?: Policy | undefined;
}

/**
 * Makes the check of policies. A Deny in either goes before all; then an Allow in either is enough, as caller and API are of
 * the same account.
 *
 * @param policies The role's, and that of what is called.
 * @returns Decides on a call: `undefined` where it is allowed.
 * @throws {LocalAwsError} `InvalidOption` with the place, where a policy has another shape, or uses a part of IAM that is not
 *   understood here (`NotAction`, `NotResource`, `NotPrincipal`, another operator, key or `${variable}`): rather than judge wrongly
 *
 * @example
 * const check = createPolicyCheck({
 *   policy: { Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/*\/GET/notes*' } },
 * });
 */
export function createPolicyCheck({
  policy,
  resourcePolicy,
}: Policies): (request: PolicyRequest) => Denial | undefined {
  const ofRole = policy === undefined ? undefined : readStatements(policy, 'policy');
  const ofResource = resourcePolicy === undefined ? [] : readStatements(resourcePolicy, 'resourcePolicy');
  return (request) => {
    const byRole = ofRole === undefined ? 'allow' : judge(ofRole, request);
    if (byRole === 'explicit-deny') return { kind: byRole, policy: 'policy' };
    const byResource = judge(ofResource, request);
    if (byResource === 'explicit-deny') return { kind: byResource, policy: 'resourcePolicy' };
    if (byRole === 'allow' || byResource === 'allow') return undefined;
    return { kind: 'implicit-deny', policy: 'policy' };
  };
}

function judge(statements: readonly Statement[], request: PolicyRequest): 'allow' | Denial['kind'] {
  const keys = requestKeys(request);
  const action = Array.from(request.action.toLowerCase());
  const forms = formsOf(withNormalEscapes(request.resource)).map((form) => Array.from(form));
  const applying = statements.filter(
    ({ isAbout, actions, resources, holds }) =>
      isAbout(request) &&
      actions.some((pattern) => matchesPattern(resolvePattern(pattern, keys), action)) &&
      resources.some((pattern) => matchesAny(resolvePattern(pattern, keys), forms)) &&
      holds(keys),
  );
  if (applying.some(({ effect }) => effect === 'Deny')) return 'explicit-deny';
  return applying.length > 0 ? 'allow' : 'implicit-deny';
}

/**
 * A resource in both forms in which policies may name it: its ARN, and `execute-api:/stage/METHOD/path` for whichever API it is of.
 * Were the short form a pattern of ARNs, its `*` for the API could as well stand for a stage, a method and the beginning of a path.
 */
function formsOf(arn: string): string[] {
  const slash = arn.indexOf('/');
  return slash < 0 ? [arn] : [arn, `execute-api:${arn.slice(slash)}`];
}

const matchesAny = (pattern: ReturnType<typeof resolvePattern>, texts: readonly (readonly string[])[]): boolean =>
  texts.some((text) => matchesPattern(pattern, text));
