#!/usr/bin/env node
// `npm run site`: guides, error pages, API reference and tools as static files in site/dist. They work from any folder, file://
// included: each address in them is relative, each script a classic one, and nothing is asked of another origin.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeApi } from './lib/api.mjs';
import { writeAssets } from './lib/assets.mjs';
import { makeExamples } from './lib/examples.mjs';
import { renderExhibit } from './lib/exhibit.mjs';
import { renderPage } from './lib/layout.mjs';
import { findBrokenLinks } from './lib/links.mjs';
import { writeLlms } from './lib/llms.mjs';
import { createRenderer } from './lib/markdown.mjs';
import { createNavigation } from './lib/navigation.mjs';
import { OUT, ROOT } from './lib/paths.mjs';
import { readPages } from './lib/pages.mjs';
import { writeSearchIndex } from './lib/search.mjs';

rmSync(OUT, { recursive: true, force: true });
if (!process.argv.includes('--keep-api')) await writeApi(); // for whoever works on the site: the reference takes most of the time
const { pages, files } = readPages(await createRenderer());
const broken = findBrokenLinks(pages);
if (broken.length > 0) throw new Error(`Links that lead nowhere:\n${broken.join('\n')}`);

const { examples, first } = await makeExamples();
const front = pages.find(({ path }) => path === 'index.html');
front.html = front.html.replace('<!-- exhibit -->', renderExhibit(first));

const navigation = createNavigation(pages);
for (const page of pages) write(page.path, renderPage(page, navigation));
for (const file of files) {
  mkdirSync(dirname(join(OUT, 'files', file)), { recursive: true });
  cpSync(join(ROOT, file), join(OUT, 'files', file));
}
await writeAssets(examples);
writeSearchIndex(pages);
writeLlms(pages, navigation);
console.log(`${pages.length} pages in site/dist: open site/dist/index.html`);

function write(path, text) {
  mkdirSync(dirname(join(OUT, path)), { recursive: true });
  writeFileSync(join(OUT, path), text);
}
