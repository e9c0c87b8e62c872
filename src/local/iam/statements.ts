/** Reads the statements of a policy. */
import { isObject } from '../../util/index.js';
import { readConditions } from './conditions.js';
import type { ConditionCheck } from './conditions.js';
import { policyError, readTexts } from './errors.js';
import { withNormalEscapes } from './escapes.js';
import { matchesPattern, readPattern, resolvePattern } from './pattern.js';
import type { Pattern } from './pattern.js';
import { readPrincipal } from './principals.js';
import type { PrincipalCheck } from './principals.js';

/** A statement, ready to be compared with requests. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly isAbout: PrincipalCheck;
  /** The patterns of actions, in lower case, since actions match in any case. */
  readonly actions: readonly Pattern[];
  readonly resources: readonly Pattern[];
  readonly holds: ConditionCheck;
}

/** The two kinds of policies, by the option that holds them. */
export type PolicyKind = 'policy' | 'resourcePolicy';

/** The actions that callers need here, in lower case. A statement about other actions alone never applies. */
const ACTIONS = [
  'execute-api:invoke',
  'execute-api:manageconnections',
  'lambda:invokefunction',
  'lambda:invokefunctionurl',
].map((action) => Array.from(action));

const POLICY_MEMBERS = ['Version', 'Id', 'Statement'];
const VERSIONS = ['2012-10-17', '2008-10-17'];
const MEMBERS = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'];

/**
 * Reads a policy.
 * @param policy As it was given.
 * @param kind Whose policy it is.
 * @returns The statements that can apply to a call.
 * @throws LocalAwsError `InvalidOption`, with the place in the policy
 */
export function readStatements(policy: unknown, kind: PolicyKind): Statement[] {
  if (!isObject(policy)) throw policyError(kind, 'a policy: { Version, Statement }', policy);
  const odd = Object.keys(policy).find((member) => !POLICY_MEMBERS.includes(member));
  if (odd !== undefined) throw policyError(`${kind}.${odd}`, `one of ${POLICY_MEMBERS.join(', ')}`, policy[odd]);
  const { Version, Statement: given } = policy;
  if (Version !== undefined && !VERSIONS.some((version) => version === Version)) {
    throw policyError(`${kind}.Version`, VERSIONS.join(' or '), Version);
  }
  if (!isObject(given) && !Array.isArray(given)) {
    throw policyError(`${kind}.Statement`, 'a statement or a list of them', given);
  }
  if (Version !== '2012-10-17' && JSON.stringify(given).includes('${')) {
    throw policyError(`${kind}.Version`, "'2012-10-17', since there are variables", Version);
  }
  const statements: unknown[] = Array.isArray(given) ? given : [given];
  return statements.flatMap((statement, i) => readStatement(statement, `${kind}.Statement[${i}]`, kind));
}

function readStatement(statement: unknown, place: string, kind: PolicyKind): Statement[] {
  if (!isObject(statement)) throw policyError(place, 'an object', statement);
  const { Effect: effect, Principal, Action, Resource, Condition } = statement;
  const odd = Object.keys(statement).find((member) => !MEMBERS.includes(member));
  if (odd !== undefined) throw policyError(`${place}.${odd}`, `only ${MEMBERS.join(', ')}`, statement[odd]);
  if (effect !== 'Allow' && effect !== 'Deny') throw policyError(`${place}.Effect`, "'Allow' or 'Deny'", effect);
  if (kind === 'policy' && Principal !== undefined && Principal !== '*') {
    throw policyError(`${place}.Principal`, 'none, but in resourcePolicy', Principal);
  }
  const isAbout: PrincipalCheck =
    kind === 'policy' ? () => true : readPrincipal(`${place}.Principal`, Principal, effect);
  // What IAM would refuse, such as a variable in an action: it could never apply, and a Deny would be none.
  const actions = readPatterns(`${place}.Action`, Action, (action) => action.toLowerCase(), /^(?!.*\$\{)(?:\*|.*:)/s);
  const resources = readPatterns(`${place}.Resource`, Resource, withNormalEscapes, /^(?:\*|arn:|execute-api:\/)/);
  const isOfUse = actions.some((pattern) =>
    ACTIONS.some((action) => matchesPattern(resolvePattern(pattern, new Map()), action)),
  );
  if (!isOfUse) return [];
  return [{ effect, isAbout, actions, resources, holds: readConditions(`${place}.Condition`, Condition) }];
}

function readPatterns(place: string, value: unknown, prepare: (text: string) => string, form: RegExp): Pattern[] {
  return readTexts(place, value).map((text) => {
    if (!form.test(text))
      throw policyError(place, "'*', or what IAM takes there: an ARN, execute-api:/…, service:Action", text);
    const pattern = readPattern(prepare(text));
    if (pattern) return pattern;
    const variables = '${cognito-identity.amazonaws.com:sub}, ${aws:PrincipalTag/NAME}, ${*}, ${?} and ${$}';
    throw policyError(place, `no policy variable but ${variables}`, text);
  });
}
