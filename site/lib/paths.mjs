// Where things are.
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** The site's own folder. */
export const SITE = fileURLToPath(new URL('..', import.meta.url));
/** What is built. */
export const OUT = fileURLToPath(new URL('../dist', import.meta.url));

/**
 * The address of a file of the site, as a link on one of its pages: relative, so that the site works from any folder.
 * @param from The page's path below site/dist.
 * @param to The file's.
 */
export const relativeAddress = (from, to) => posix.relative(posix.dirname(from), to) || posix.basename(to);
