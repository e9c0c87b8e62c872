// Which documents become pages, and where. A link from one of them to another document of the repository makes that a page as well,
// and a link to any other file makes that a file of the site.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { API } from './api.mjs';
import { ROOT, relativeAddress } from './paths.mjs';

/** The first page of the API reference. */
export const API_FRONT = 'site/pages/api.md';

/**
 * Reads and renders all pages.
 * @param render Renders a document: see markdown.mjs.
 * @returns `pages` with `source`, `path`, `section`, `title`, `headings`, `html`, `text` and `links`; `files` that they link to.
 */
export function readPages(render) {
  const paths = new Map(startingDocuments().map((source) => [source, pathOf(source)]));
  const files = new Set();
  const pages = [];
  // A map gives what is added while it is gone through, too.
  for (const [source, path] of paths) {
    const page = { source, path, section: sectionOf(source), links: [] };
    const resolve = (href) => resolveLink(page, href, paths, files);
    pages.push(Object.assign(page, render(readFileSync(join(ROOT, source), 'utf8'), resolve)));
  }
  return { pages, files };
}

function startingDocuments() {
  const markdown = (folder) =>
    readdirSync(join(ROOT, folder), { recursive: true })
      .filter((name) => name.endsWith('.md') && !/^api\//.test(name))
      .map((name) => posix.join(folder, name))
      .sort();
  const reference = markdown(API).filter((name) => name !== `${API}/index.md`); // in its place stands site/pages/api.md
  return ['README.md', ...markdown('docs'), ...markdown('site/pages'), ...reference, 'CHANGELOG.md'];
}

const SECTIONS = [
  [API_FRONT, 'api'],
  ['docs/errors/', 'errors'],
  ['docs/', 'guides'],
  [`${API}/`, 'api'],
  ['site/pages/', 'tools'],
];

const sectionOf = (source) =>
  source === 'README.md' ? 'guides' : (SECTIONS.find(([folder]) => source.startsWith(folder))?.[1] ?? 'project');

/** A page's path below site/dist. That of an error is short, since messages link to it. */
function pathOf(source) {
  if (source === 'README.md') return 'guides/start.html';
  const name = source.replace(/\.md$/, '');
  if (source === API_FRONT) return 'api/index.html';
  if (source.startsWith(`${API}/`)) return `api/${name.slice(API.length + 1)}.html`;
  if (name === 'docs/errors/index') return 'e/index.html';
  if (source.startsWith('docs/errors/')) return `e/${posix.basename(name)}/index.html`;
  if (source.startsWith('docs/')) return `guides/${name.slice('docs/'.length)}.html`;
  if (source.startsWith('site/pages/')) return `${name.slice('site/pages/'.length)}.html`;
  return `project/${name.toLowerCase()}.html`;
}

/** A link as it stands on the page; what it leads to is remembered, to be looked at when all pages are known. */
function resolveLink(page, href, paths, files) {
  if (/^[a-z][a-z+.-]*:/i.test(href)) return href;
  const [target = '', fragment] = href.split('#');
  let source = target === '' ? page.source : posix.join(posix.dirname(page.source), decodeURI(target));
  if (source.startsWith('site/pages/') && source.endsWith('.html')) return href; // a page that is made of no document
  if (existsSync(join(ROOT, source)) && statSync(join(ROOT, source)).isDirectory())
    source = posix.join(source, 'README.md');
  page.links.push({ href, source, fragment });
  if (!existsSync(join(ROOT, source))) return href;
  const hash = fragment === undefined ? '' : `#${fragment}`;
  if (!source.endsWith('.md')) {
    files.add(source);
    return relativeAddress(page.path, `files/${source}`) + hash;
  }
  if (!paths.has(source)) paths.set(source, pathOf(source));
  return target === '' ? hash : relativeAddress(page.path, paths.get(source)) + hash;
}
