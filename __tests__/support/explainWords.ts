/** What `explain` says, in its words. */
import { explain } from '../../src/explain/index';
import type { Explanation } from '../../src/explain/index';

/** Explains, and leaves out the address of the code's page, which __tests__/explain/helpUrl.test.ts looks at. */
export function explainWords(...given: Parameters<typeof explain>): Explanation | undefined {
  const explanation = explain(...given);
  if (!explanation) return undefined;
  const { helpUrl: _, ...words } = explanation;
  return words;
}
