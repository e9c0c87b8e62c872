/** Makes one explanation of several differences. */
import type { Explanation } from '../../util/index.js';
import type { Difference } from './types.js';

/**
 * Makes one explanation of all differences.
 * @param first The difference whose cause and advice are given.
 * @param others The differences that are named after it.
 */
export function combine(first: Difference, others: readonly Difference[] = []): Explanation {
  const differences = [first, ...others];
  const places = unique(others.map(({ place }) => place));
  const besides = places.length === 0 ? '' : ` What else differs: ${places.join(', ')}.`;
  return {
    code: first.code,
    cause: first.cause + besides,
    difference: differences.map(({ place, what }) => `${place}: ${what}`).join('\n'),
    advice: unique(differences.map(({ advice }) => advice)).join('\n'),
  };
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
