/** Reads headers in each form that servers have them in. */
import { isMissing } from '../sigv4/index.js';
import type { Pair } from '../sigv4/index.js';
import { VerifyError } from './errors.js';
import type { WireRequest } from './types.js';

/**
 * Turns headers into pairs of name and value, in their order.
 * @throws VerifyError `InvalidRequest` for any other form: if headers were misread, every request would be refused
 */
export function pairsOf(headers: WireRequest['headers']): Pair[] {
  const pairs = Symbol.iterator in headers ? pairsOfList([...(headers as Iterable<unknown>)]) : pairsOfObject(headers);
  return pairs.map((pair): Pair => {
    const [name, value] = Array.isArray(pair) ? (pair as unknown[]) : [];
    if (typeof name === 'string' && typeof value === 'string') return [name, value];
    const expected = "expected pairs, Node's rawHeaders, an object or Headers";
    throw new VerifyError('InvalidRequest', `request.headers: ${expected}, with names and values that are text`);
  });
}

/** Reads a list of pairs, or of alternating names and values, as Node's `rawHeaders` has them. */
function pairsOfList(list: readonly unknown[]): readonly unknown[] {
  if (!list.some((item) => typeof item === 'string')) return list;
  return list.flatMap((name, i) => (i % 2 === 0 ? [[name, list[i + 1]]] : []));
}

function pairsOfObject(headers: object): readonly unknown[] {
  return Object.entries(headers as Record<string, unknown>).flatMap(([name, value]) => {
    if (isMissing(value)) return [];
    return (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) => [name, one]);
  });
}
