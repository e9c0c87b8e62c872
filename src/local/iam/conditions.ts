/** The conditions of a statement. */
import { nearestName } from '../../sigv4/index.js';
import { isObject } from '../../util/index.js';
import { policyError, readTexts } from './errors.js';
import { OPERATORS } from './operators.js';
import type { Comparison, Operator } from './operators.js';
import { hasSeveralValues, isKnownKey, KEY_NAMES } from './requestKeys.js';
import type { RequestKeys } from './requestKeys.js';

/** Whether a condition holds for a request. */
export type ConditionCheck = (keys: RequestKeys) => boolean;

/** How the several values of a request count. */
type SetOperator = 'ForAnyValue' | 'ForAllValues';

/**
 * Reads `Condition`: all of its operators have to hold for all of their keys.
 * @param place In the policy.
 * @param value What stands there; where nothing does, the condition holds for every request.
 * @throws LocalAwsError `InvalidOption`, where an operator, a key or a value is not known here
 */
export function readConditions(place: string, value: unknown): ConditionCheck {
  if (value === undefined) return () => true;
  if (!isObject(value) || Object.keys(value).length === 0) throw policyError(place, 'an object of operators', value);
  const checks = Object.entries(value).flatMap(([operator, keys]) => {
    const at = `${place}.${operator}`;
    if (!isObject(keys) || Object.keys(keys).length === 0) throw policyError(at, 'an object of keys', keys);
    return Object.entries(keys).map(([key, values]) => readCondition(at, operator, key, values));
  });
  return (keys) => checks.every((check) => check(keys));
}

function readCondition(at: string, operator: string, key: string, given: unknown): ConditionCheck {
  const place = `${at}['${key}']`;
  const lower = key.toLowerCase();
  if (!isKnownKey(lower)) throw policyError(place, `a condition key that is known here: ${KEY_NAMES}`, given);
  const values = readTexts(place, Array.isArray(given) ? given.map(withoutBoolean) : withoutBoolean(given));
  if (operator === 'Null') return readNull(place, lower, values);

  const [, set, name = '', ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const found = OPERATORS.get(name);
  if (!found) throw unknownOperator(at, operator, given);
  if (hasSeveralValues(lower) && set === undefined) {
    throw policyError(place, `ForAnyValue:${name} or ForAllValues:${name}, since the key has several values`, given);
  }
  const comparisons = values.map((value) => {
    const comparison = found.read(value);
    if (!comparison) throw policyError(place, found.expected, value);
    return comparison;
  });
  const whenMissing = ifExists !== undefined || holdsForNothing(set as SetOperator | undefined, found);
  return (keys) => {
    const requestValues = keys.get(lower);
    if (requestValues === undefined) return whenMissing;
    const holds = (value: string): boolean => compare(value, comparisons, found, keys);
    return set === 'ForAnyValue' ? requestValues.some(holds) : requestValues.every(holds);
  };
}

/** Takes JSON's `true` and `false` for their texts. */
const withoutBoolean = (value: unknown): unknown => (typeof value === 'boolean' ? String(value) : value);

const compare = (value: string, comparisons: readonly Comparison[], operator: Operator, keys: RequestKeys): boolean =>
  comparisons.some((matches) => matches(value, keys)) !== operator.isNegated;

/** Whether a condition holds where the request has no value for its key. */
function holdsForNothing(set: SetOperator | undefined, operator: Operator): boolean {
  return set === undefined ? operator.isNegated : set === 'ForAllValues';
}

function readNull(place: string, key: string, values: readonly string[]): ConditionCheck {
  const odd = values.find((value) => !/^(?:true|false)$/i.test(value));
  if (odd !== undefined) throw policyError(place, "'true' or 'false'", odd);
  const wanted = values.map((value) => value.toLowerCase() === 'true');
  return (keys) => wanted.includes(!keys.has(key));
}

function unknownOperator(place: string, operator: string, came: unknown): Error {
  const known = [...OPERATORS.keys(), 'Null'];
  const nearest = nearestName(operator, known);
  const expected = nearest === undefined ? `one of ${known.join(', ')}` : `such as ${nearest}`;
  return policyError(place, `an operator that is known here, ${expected}`, came);
}
