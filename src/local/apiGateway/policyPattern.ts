/** IAM's patterns of actions and resources, matched character by character: no text takes more than linear time. */

/** Any text (`*`). */
const MANY = Symbol('*');
/** Any character (`?`). */
const ONE = Symbol('?');
/** The caller's identity id. */
const IDENTITY = Symbol('identity');

/** What a pattern is made of: characters, and what stands for others. */
export type PolicyPattern = readonly (string | symbol)[];

/** Policy variables, by name in lower case, as IAM compares them. */
const VARIABLES = new Map<string, string | symbol>([
  ['*', '*'],
  ['?', '?'],
  ['$', '$'],
  ['cognito-identity.amazonaws.com:sub', IDENTITY],
]);

/**
 * Reads a pattern.
 * @param text With `*`, `?`, and the variables `${*}`, `${?}` and `${$}` for those characters themselves, and
 *   `${cognito-identity.amazonaws.com:sub}` for the caller's identity id.
 * @returns The pattern; `undefined` where it has another variable, or one that does not end.
 */
export function readPattern(text: string): PolicyPattern | undefined {
  const pattern: (string | symbol)[] = [];
  const characters = Array.from(text);
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    if (character === '$' && characters[i + 1] === '{') {
      const end = characters.indexOf('}', i);
      const name = end < 0 ? '' : characters.slice(i + 2, end).join('');
      const variable = VARIABLES.get(name.toLowerCase());
      if (variable === undefined) return undefined;
      pattern.push(variable);
      i = end;
    } else if (character === '*') {
      if (pattern.at(-1) !== MANY) pattern.push(MANY);
    } else {
      pattern.push(character === '?' ? ONE : character);
    }
  }
  return pattern;
}

/**
 * Whether a text matches a pattern, all of it. The latest `*` is the only one that is ever tried again: what an earlier one
 * stands for need not be changed once a later one is reached.
 * @param pattern From {@link readPattern}.
 * @param text Of one character an element.
 * @param identityId The caller's.
 */
export function matchesPattern(pattern: PolicyPattern, text: readonly string[], identityId: string): boolean {
  const expected = pattern.flatMap((part) => (part === IDENTITY ? Array.from(identityId) : [part]));
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
