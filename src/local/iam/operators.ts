/** What IAM's condition operators compare. */
import { BlockList, isIP } from 'node:net';
import { matchesPattern, readPattern, resolvePattern } from './pattern.js';
import type { PatternOptions } from './pattern.js';
import type { RequestKeys } from './requestKeys.js';

/** Whether a value of the request is the one of the policy. */
export type Comparison = (value: string, keys: RequestKeys) => boolean;

/** Reads a value of a policy; `undefined` where the operator cannot compare it. */
type ReadComparison = (text: string) => Comparison | undefined;

/** An operator, without its prefix and suffix. */
export interface Operator {
  readonly read: ReadComparison;
  /** What its values are, for errors. */
  readonly expected: string;
  /** Whether it holds where none of its values match. */
  readonly isNegated: boolean;
}

const text =
  (options: PatternOptions): ReadComparison =>
  (given) => {
    const { ignoreCase = false } = options;
    const pattern = readPattern(given, options);
    return (
      pattern &&
      ((value, keys) =>
        matchesPattern(resolvePattern(pattern, keys, ignoreCase), Array.from(ignoreCase ? value.toLowerCase() : value)))
    );
  };

/** Each of the six parts by itself: `*` does not go over a colon. */
const arn: ReadComparison = (given) => {
  const parts = splitArn(given);
  const patterns = parts.map((part) => readPattern(part));
  if (parts.length !== 6 || parts[0] !== 'arn' || given.includes('${')) return undefined;
  return (value, keys) =>
    splitArn(value).every((part, i) => matchesPattern(resolvePattern(patterns[i]!, keys), Array.from(part)));
};

function splitArn(given: string): string[] {
  const parts = given.split(':');
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
}

const address: ReadComparison = (given) => {
  const [ip = '', prefix, ...rest] = given.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(ip)]!;
  const length = prefix === undefined ? bits : Number(prefix);
  if (bits === 0 || rest.length > 0 || !/^\d{1,3}$/.test(prefix ?? '0') || length > bits) return undefined;
  const range = new BlockList();
  const family = familyOf(ip);
  range.addSubnet(ip, length, family);
  // To Node, each address of IPv4 is one of IPv6 as well; to IAM, none is.
  return (value) => familyOf(value) === family && range.check(value, family);
};

const familyOf = (ip: string): 'ipv4' | 'ipv6' => (isIP(ip) === 6 ? 'ipv6' : 'ipv4');

const truth: ReadComparison = (given) => {
  const expected = given.toLowerCase();
  return expected === 'true' || expected === 'false' ? (value) => value === expected : undefined;
};

const withNot = (name: string, negated: string, read: ReadComparison, expected: string): [string, Operator][] => [
  [name, { read, expected, isNegated: false }],
  [negated, { read, expected, isNegated: true }],
];

const TEXT = 'a text without policy variables that are not known here';
const ARN = 'an ARN of six parts, without policy variables';

/** The operators by name. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...withNot('StringEquals', 'StringNotEquals', text({ wildcards: false }), TEXT),
  ...withNot('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', text({ wildcards: false, ignoreCase: true }), TEXT),
  ...withNot('StringLike', 'StringNotLike', text({}), TEXT),
  ...withNot('ArnEquals', 'ArnNotEquals', arn, ARN),
  ...withNot('ArnLike', 'ArnNotLike', arn, ARN),
  ...withNot('IpAddress', 'NotIpAddress', address, 'an IP address or a range, such as 203.0.113.0/24'),
  ['Bool', { read: truth, expected: "'true' or 'false'", isNegated: false }],
]);
