// A link that leads nowhere stops the build.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

/** The links of all pages whose file or heading is not there, a line each. */
export function findBrokenLinks(pages) {
  const bySource = new Map(pages.map((page) => [page.source, page]));
  const isBroken = ({ source, fragment }) =>
    !existsSync(join(ROOT, source)) || (fragment !== undefined && bySource.get(source)?.ids.has(fragment) === false);
  return pages.flatMap((page) => page.links.filter(isBroken).map(({ href }) => `${page.source}: ${href}`));
}
