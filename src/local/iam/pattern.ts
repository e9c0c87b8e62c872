/** IAM's patterns, matched character by character: a request's text takes linear time, as often as the policy's own pattern is long. */
import { isSingleKey } from './requestKeys.js';
import type { RequestKeys } from './requestKeys.js';

/** Any text (`*`). */
const MANY = Symbol('*');
/** Any character (`?`). */
const ONE = Symbol('?');

/** A policy variable: stands for the request's value of a key. */
interface Variable {
  /** The key's name, in lower case. */
  readonly key: string;
}

/** The parts of a pattern: characters, wildcards and variables. */
export type Pattern = readonly (string | symbol | Variable)[];

/** The variables that stand for one character. */
const CHARACTERS = new Set(['*', '?', '$']);

/** How a pattern is read. */
export interface PatternOptions {
  /** Whether `*` and `?` stand for others. Default true. */
  readonly wildcards?: boolean;
  /** Whether upper and lower case count as the same. Default false. */
  readonly ignoreCase?: boolean;
}

/**
 * Reads a pattern.
 * @param text With `*`, `?`, and the variables `${*}`, `${?}` and `${$}` for those characters themselves, and `${KEY}` for
 *   the request's value of a key.
 * @param options How to read it.
 * @returns The pattern; `undefined` where it has another variable, or one that does not end.
 */
export function readPattern(text: string, options: PatternOptions = {}): Pattern | undefined {
  const { wildcards = true, ignoreCase = false } = options;
  const pattern: (string | symbol | Variable)[] = [];
  const characters = Array.from(ignoreCase ? text.toLowerCase() : text);
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    if (character === '$' && characters[i + 1] === '{') {
      const end = characters.indexOf('}', i);
      const key = characters
        .slice(i + 2, Math.max(end, i))
        .join('')
        .toLowerCase();
      if (!CHARACTERS.has(key) && !isSingleKey(key)) return undefined;
      pattern.push(CHARACTERS.has(key) ? key : { key });
      i = end;
    } else if (wildcards && character === '*') {
      if (pattern.at(-1) !== MANY) pattern.push(MANY);
    } else {
      pattern.push(wildcards && character === '?' ? ONE : character);
    }
  }
  return pattern;
}

/**
 * The pattern with the request's values in place of its variables.
 * @param pattern From {@link readPattern}.
 * @param keys The keys of the request.
 * @param ignoreCase Whether the pattern was read so.
 * @returns `undefined` where the request lacks a value, so that nothing matches.
 */
export function resolvePattern(
  pattern: Pattern,
  keys: RequestKeys,
  ignoreCase = false,
): readonly (string | symbol)[] | undefined {
  const resolved: (string | symbol)[] = [];
  for (const part of pattern) {
    if (typeof part !== 'object') {
      resolved.push(part);
      continue;
    }
    const value = keys.get(part.key)?.[0];
    if (value === undefined) return undefined;
    resolved.push(...Array.from(ignoreCase ? value.toLowerCase() : value));
  }
  return resolved;
}

/**
 * Whether a text matches a pattern, all of it. The latest `*` is the only one that is ever tried again: what an earlier one
 * stands for need not be changed once a later one is reached.
 * @param expected From {@link resolvePattern}.
 * @param text The text, one character an element.
 */
export function matchesPattern(expected: readonly (string | symbol)[] | undefined, text: readonly string[]): boolean {
  if (expected === undefined) return false;
  let at = 0;
  let star = -1;
  let starEnd = 0; // where the text of the latest star ends
  for (let i = 0; i < text.length;) {
    if (expected[at] === MANY) {
      star = at++;
      starEnd = i;
    } else if (expected[at] === ONE || expected[at] === text[i]) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++starEnd;
    } else {
      return false;
    }
  }
  while (expected[at] === MANY) at++;
  return at === expected.length;
}
