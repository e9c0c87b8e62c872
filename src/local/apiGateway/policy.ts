import { LocalAwsError } from '../credentials/index.js';

/** One statement, in IAM's own shape. */
export interface PolicyStatement {
  /** A name for the statement; of no effect. */
  readonly Sid?: string;
  /** What it does to the calls that match. */
  readonly Effect: 'Allow' | 'Deny';
  /** `execute-api:Invoke`, `execute-api:*` or `*`. */
  readonly Action: string | readonly string[];
  /**
   * `arn:aws:execute-api:region:account:apiId/stage/METHOD/path`, its short form `execute-api:/stage/METHOD/path`, or
   * `*`. `*` stands for any text, `?` for any character, `${cognito-identity.amazonaws.com:sub}` for the caller's
   * identity id.
   */
  readonly Resource: string | readonly string[];
}

/** Who may call what: an IAM policy for `execute-api:Invoke`. */
export interface Policy {
  /** The policy language's. Of no effect here. */
  readonly Version?: '2012-10-17' | '2008-10-17';
  /** A Deny goes before any Allow; without an Allow nothing is allowed. */
  readonly Statement: PolicyStatement | readonly PolicyStatement[];
}

/** What a policy says of one call. As in IAM, a Deny goes before any Allow, and without an Allow nothing is allowed. */
export type PolicyDecision = 'allow' | 'explicit-deny' | 'implicit-deny';

/** Decides on a call: the resource's full ARN and the caller's identity id. */
export type PolicyCheck = (resource: string, identityId: string) => PolicyDecision;

const ACTION = 'execute-api:Invoke';
const IDENTITY_VARIABLE = '${cognito-identity.amazonaws.com:sub}';

/**
 * Makes the check of a policy. Without a policy everything is allowed.
 *
 * @throws {LocalAwsError} `InvalidOption`, where the policy has another shape, or uses a part of IAM that is not
 *   understood here (`Condition`, `NotAction`, `NotResource`, a `Principal` other than `*`): rather than judge wrongly
 *
 * @example
 * const check = createPolicyCheck({
 *   Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/*\/GET/notes*' },
 * });
 */
export function createPolicyCheck(policy: Policy | undefined): PolicyCheck {
  if (policy === undefined) return () => 'allow';
  const statements = readStatements(policy);
  return (resource, identityId) => {
    const applying = statements.filter(({ resources }) =>
      resources.some((pattern) => matches(pattern, resource, identityId)),
    );
    if (applying.some(({ effect }) => effect === 'Deny')) return 'explicit-deny';
    return applying.length > 0 ? 'allow' : 'implicit-deny';
  };
}

interface Statement {
  effect: 'Allow' | 'Deny';
  resources: string[];
}

/** The statements that speak of our action. */
function readStatements(policy: Policy): Statement[] {
  const given: unknown = isRecord(policy) ? policy.Statement : undefined;
  if (!isRecord(given) && !Array.isArray(given)) fail('policy.Statement', 'a statement or a list of them', given);
  return (Array.isArray(given) ? (given as unknown[]) : [given]).flatMap((statement, index) => {
    const name = `policy.Statement[${index}]`;
    if (!isRecord(statement)) return fail(name, 'an object', statement);
    const { Effect: effect, Action, Resource } = statement;
    for (const key of Object.keys(statement)) {
      if (['Sid', 'Effect', 'Action', 'Resource'].includes(key)) continue;
      if (key !== 'Principal' || statement[key] !== '*') fail(name, 'only Sid, Effect, Action and Resource', key);
    }
    if (effect !== 'Allow' && effect !== 'Deny') return fail(`${name}.Effect`, "'Allow' or 'Deny'", effect);
    const resources = readTexts(`${name}.Resource`, Resource);
    const actions = readTexts(`${name}.Action`, Action); // names of actions match whatever their case
    const applies = actions.some((action) => toPattern(action.toLowerCase()).test(ACTION.toLowerCase()));
    return applies ? [{ effect, resources }] : [];
  });
}

function readTexts(name: string, value: unknown): string[] {
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  for (const text of texts) if (typeof text !== 'string' || text === '') fail(name, 'a text or a list of texts', text);
  if (texts.length === 0) fail(name, 'a text or a list of texts', 'an empty list');
  return texts as string[];
}

function matches(pattern: string, resource: string, identityId: string): boolean {
  const full = pattern.replace(/^execute-api:\//, 'arn:aws:execute-api:*:*:*/');
  return toPattern(full.replaceAll(IDENTITY_VARIABLE, identityId)).test(resource);
}

function toPattern(glob: string): RegExp {
  const escaped = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '[^]*')
    .replaceAll('?', '[^]');
  return new RegExp(`^${escaped}$`, 'u');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fail(name: string, expected: string, got: unknown): never {
  const shown =
    typeof got === 'string' ? `'${got}'` : got === null ? 'null' : Array.isArray(got) ? 'a list' : typeof got;
  throw new LocalAwsError('InvalidOption', `${name}: expected ${expected}, got ${shown}`);
}
