/** IAM policies for `execute-api:Invoke`, which say who may call what. */
import { isObject } from '../../util/index.js';
import { optionError } from '../options/index.js';
import { matchesPattern, readPattern } from './policyPattern.js';
import type { PolicyPattern } from './policyPattern.js';

/** One statement of an IAM policy. */
export interface PolicyStatement {
  /** A name for the statement, which has no effect. */
  readonly Sid?: string;
  /** Whether calls that match are allowed or denied. */
  readonly Effect: 'Allow' | 'Deny';
  /** The actions that match: `execute-api:Invoke`, `execute-api:*` or `*`. */
  readonly Action: string | readonly string[];
  /**
   * The resources that match: `arn:aws:execute-api:region:account:apiId/stage/METHOD/path`, its short form
   * `execute-api:/stage/METHOD/path`, or `*`. `*` stands for any text, `?` for any character,
   * `${cognito-identity.amazonaws.com:sub}` for the caller's identity id; `${*}`, `${?}` and `${$}` for those characters themselves.
   */
  readonly Resource: string | readonly string[];
}

/** An IAM policy for `execute-api:Invoke`, which says who may call what. */
export interface Policy {
  /** The version of the policy language, of which the older one has no variables. Default `2012-10-17`. */
  readonly Version?: '2012-10-17' | '2008-10-17';
  /** The statements. A Deny that matches goes before each Allow; a call that no Allow matches is refused. */
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

/** A policy's decision on a call: allowed, denied by a statement, or not allowed by any. */
export type PolicyDecision = 'allow' | 'explicit-deny' | 'implicit-deny';

/** Decides on a call, by the full ARN of its resource and the caller's identity id. */
export type PolicyCheck = (resource: string, identityId: string) => PolicyDecision;

/**
 * Makes the check of a policy. Without a policy everything is allowed.
 *
 * @param policy The policy.
 * @param action The action of the calls. Default `execute-api:Invoke`.
 * @throws LocalAwsError `InvalidOption` where the policy has another shape, or uses a part of IAM that would be judged wrongly here
 *   (`Condition`, `NotAction`, `NotResource`, a `Principal` other than `*`, another `${variable}`)
 *
 * @example
 * const check = createPolicyCheck({
 *   Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/*\/GET/notes*' },
 * });
 */
export function createPolicyCheck(policy: Policy | undefined, action = 'execute-api:Invoke'): PolicyCheck {
  if (policy === undefined) return () => 'allow';
  const statements = readStatements(policy, action);
  if (policy.Version === '2008-10-17' && JSON.stringify(policy.Statement).includes('${')) {
    throw optionError('policy.Version', "'2012-10-17', since there are variables", policy.Version);
  }
  return (resource, identityId) => {
    const characters = Array.from(resource);
    const applying = statements.filter(({ resources }) =>
      resources.some((pattern) => matchesPattern(pattern, characters, identityId)),
    );
    if (applying.some(({ effect }) => effect === 'Deny')) return 'explicit-deny';
    return applying.length > 0 ? 'allow' : 'implicit-deny';
  };
}

interface Statement {
  effect: 'Allow' | 'Deny';
  resources: PolicyPattern[];
}

const POLICY_MEMBERS = ['Version', 'Id', 'Statement'];
const VERSIONS = ['2012-10-17', '2008-10-17'];
const MEMBERS = ['Sid', 'Effect', 'Action', 'Resource'];

/** The statements that speak of an action. */
function readStatements(policy: Policy, action: string): Statement[] {
  const given: unknown = isObject(policy) ? policy.Statement : undefined;
  for (const [member, value] of Object.entries(isObject(policy) ? policy : {})) {
    if (!POLICY_MEMBERS.includes(member))
      throw optionError(`policy.${member}`, `one of ${POLICY_MEMBERS.join(', ')}`, value);
  }
  const { Version = '2012-10-17' } = isObject(policy) ? (policy as unknown as Policy) : {};
  if (!VERSIONS.includes(Version)) throw optionError('policy.Version', VERSIONS.join(' or '), Version);
  if (!isObject(given) && !Array.isArray(given)) {
    throw optionError('policy.Statement', 'a statement or a list of them', given);
  }
  return (Array.isArray(given) ? (given as unknown[]) : [given]).flatMap((statement, index) => {
    const name = `policy.Statement[${index}]`;
    if (!isObject(statement)) throw optionError(name, 'an object', statement);
    const { Effect: effect, Action, Resource } = statement;
    for (const key of Object.keys(statement)) {
      if (MEMBERS.includes(key) || (key === 'Principal' && statement[key] === '*')) continue;
      throw optionError(`${name}.${key}`, 'only Sid, Effect, Action and Resource', statement[key]);
    }
    if (effect !== 'Allow' && effect !== 'Deny') throw optionError(`${name}.Effect`, "'Allow' or 'Deny'", effect);
    // What IAM would refuse: it could never apply, and a Deny would be none.
    const resources = readPatterns(`${name}.Resource`, Resource, withFullArn, /^(?:\*|arn:|execute-api:\/)/);
    // Names of actions match whatever their case.
    const actions = readPatterns(`${name}.Action`, Action, (text) => text.toLowerCase(), /^\*|:/);
    const characters = Array.from(action.toLowerCase());
    const applies = actions.some((pattern) => matchesPattern(pattern, characters, ''));
    return applies ? [{ effect, resources }] : [];
  });
}

function readPatterns(name: string, value: unknown, prepare: (text: string) => string, form: RegExp): PolicyPattern[] {
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  const isText = (text: unknown): text is string => typeof text === 'string' && text !== '';
  if (texts.length === 0 || !texts.every(isText)) throw optionError(name, 'a text or a list of texts', value);
  const odd = texts.find((text) => !form.test(text));
  if (odd !== undefined)
    throw optionError(name, "'*', or what IAM takes there: an ARN, execute-api:/…, service:Action", odd);
  return texts.map((text) => {
    const pattern = readPattern(prepare(text));
    if (pattern) return pattern;
    const variables = '${cognito-identity.amazonaws.com:sub}, ${*}, ${?} and ${$}';
    throw optionError(name, `no policy variable but ${variables}`, text);
  });
}

const withFullArn = (resource: string): string => resource.replace(/^execute-api:\//, 'arn:aws:execute-api:*:*:*/');
