/** Whom a statement of a resource policy is about. */
import { isObject } from '../../util/index.js';
import { policyError, readTexts } from './errors.js';

/** Who calls, as a principal. */
export interface Caller {
  readonly accountId: string;
  /** `arn:aws:iam::ACCOUNT:role/NAME`. */
  readonly roleArn: string;
  /** `arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION`. */
  readonly sessionArn: string;
}

/** Whether a statement is about a caller. */
export type PrincipalCheck = (caller: Caller) => boolean;

const ACCOUNT = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/;
const ROLE = /^arn:aws[a-z-]*:(?:iam::\d{12}:role\/|sts::\d{12}:assumed-role\/)[^*?]+$/;
const EXPECTED = "'*', or { AWS: … } with the ARN of a role or its session, or an account";

/**
 * Reads `Principal`.
 *
 * An Allow for an account only lets the account's own policies decide. Here all callers are of that account, so it adds nothing. A Deny
 * for an account holds for all of its callers.
 *
 * @param place In the policy.
 * @param value What stands there.
 * @param effect Of the statement.
 * @throws LocalAwsError `InvalidOption`
 */
export function readPrincipal(place: string, value: unknown, effect: 'Allow' | 'Deny'): PrincipalCheck {
  if (value === '*') return () => true;
  const members = isObject(value) ? Object.keys(value) : [];
  const odd = members.find((member) => member !== 'AWS' && member !== 'Service');
  if (!isObject(value) || members.length === 0) throw policyError(place, EXPECTED, value);
  if (odd !== undefined) throw policyError(`${place}.${odd}`, EXPECTED, value[odd]);
  if (value.Service !== undefined) readTexts(`${place}.Service`, value.Service);
  if (value.AWS === undefined) return () => false;
  const checks = readTexts(`${place}.AWS`, value.AWS).map((text) => readOne(`${place}.AWS`, text, effect));
  return (caller) => checks.some((check) => check(caller));
}

function readOne(place: string, text: string, effect: 'Allow' | 'Deny'): PrincipalCheck {
  if (text === '*') return () => true;
  const account = ACCOUNT.exec(text)?.[1];
  if (account !== undefined) return ({ accountId }) => effect === 'Deny' && accountId === account;
  if (!ROLE.test(text)) throw policyError(place, EXPECTED, text);
  return ({ roleArn, sessionArn }) => text === roleArn || text === sessionArn;
}
