/** An explanation, as commands print it. */
import type { Explanation } from '../util/index.js';
import type { Style } from './terminal.js';

/**
 * The lines of an explanation.
 * @param explanation What `explain` found.
 * @param style Makes text stand out.
 */
export function explanationText(explanation: Explanation, style: Style): string {
  const { code, cause, difference, advice, helpUrl } = explanation;
  const differences = difference === undefined ? [] : [difference.replace(/^/gm, '  ')];
  return [
    style(['bold', 'red'], `${code}: ${cause}`),
    ...differences,
    advice,
    ...(helpUrl === undefined ? [] : [`See ${helpUrl}`]),
  ].join('\n');
}
