// The index of the search: a script, not JSON, since pages that may connect to nothing cannot fetch it, nor can those of a folder.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import { OUT } from './paths.mjs';
import { OPTIONS } from './searchOptions.mjs';

/** A page's parts, one below each heading of the first two levels; a page of the reference or of a code is one part. */
function partsOf(page) {
  const lines = page.text.split('\n');
  const heads = ['api', 'errors'].includes(page.section)
    ? page.headings.slice(0, 1)
    : page.headings.filter(({ level }) => level <= 2);
  return heads.map((head, i) => ({
    id: `${page.path}#${head.id}`,
    path: i === 0 ? page.path : `${page.path}#${head.id}`,
    title: head.text,
    page: i === 0 ? '' : page.title,
    text: plain(lines.slice(head.line + 1, heads[i + 1]?.line).join('\n')),
  }));
}

const plain = (markdown) =>
  markdown
    .replace(/<[^>]{1,200}>/g, '')
    .replace(/\]\([^)\s]*\)/g, ' ')
    .replace(/[`*|#[\]\\]|-{3,}/g, ' ');

export function writeSearchIndex(pages) {
  const index = new MiniSearch(OPTIONS);
  index.addAll(pages.flatMap(partsOf));
  writeFileSync(
    join(OUT, 'assets/search-index.js'),
    `globalThis.siteSearchIndex = ${JSON.stringify(JSON.stringify(index))};\n`,
  );
}
