// The frame of each page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escape } from './escape.mjs';
import { renderLists } from './lists.mjs';
import { ROOT, relativeAddress } from './paths.mjs';

const { version, description } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** The pages connect to nothing, load nothing but the site's own files, and send no form anywhere. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

/**
 * A page as HTML.
 * @param page The page.
 * @param navigation What createNavigation has made.
 */
export function renderPage(page, navigation) {
  const { path, data, title } = page;
  const to = (target) => relativeAddress(path, target);
  const scripts = ['page', ...(data.script ? [data.script] : [])];
  const isHome = path === 'index.html';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escape(isHome ? 'sigv4-client' : `${title} · sigv4-client`)}</title>
<meta name="description" content="${escape(data.description ?? description)}">
<link rel="icon" href="${to('assets/icon.svg')}">
<link rel="stylesheet" href="${to('assets/style.css')}">
<link rel="stylesheet" href="${to('assets/code.css')}">
<script src="${to('assets/early.js')}"></script>
${scripts.map((name) => `<script defer src="${to(`assets/${name}.js`)}"></script>`).join('\n')}
</head>
<body class="${data.layout ?? 'document'}" data-root="${to('index.html').replace(/index\.html$/, '')}">
<a class="skip" href="#content">Skip to the text</a>
${renderHead(page, navigation, to)}
<div class="frame">
${data.layout === undefined ? renderSidebar(page, navigation, to) : ''}
<main id="content" tabindex="-1">
${page.html.replace('</h1>', `</h1>${renderKinds(page, navigation, to)}`)}
${renderLists(page, navigation, to)}${renderNext(page, navigation, to)}
</main>
${data.layout === undefined ? renderContents(page) : ''}
</div>
<footer><p>sigv4-client ${version}, MIT. <a href="${to('llms.txt')}">llms.txt</a></p></footer>
</body>
</html>
`;
}

function renderHead(page, { main }, to) {
  const links = main.map(({ page: target, label }) => {
    const isHere = target === page || (target.section === page.section && !['tools'].includes(page.section));
    return `<a href="${to(target.path)}"${isHere ? ` aria-current="${target === page ? 'page' : 'true'}"` : ''}>${label}</a>`;
  });
  return `<header class="head">
<a class="brand" href="${to('index.html')}"><img src="${to('assets/icon.svg')}" alt="" width="22" height="22"> sigv4-client</a>
<nav class="main" aria-label="Main">${links.join('')}</nav>
<div class="tools"><button type="button" class="open-search" hidden>Search <kbd>/</kbd></button><button type="button" class="switch-theme" hidden></button><button type="button" class="open-menu" aria-expanded="false" hidden>Menu</button></div>
</header>`;
}

/** Below the title of a code: what has it. */
function renderKinds(page, { kindsFor }, to) {
  const kinds = kindsFor(page).map(({ name, page: target }) =>
    target ? `<a href="${to(target.path)}"><code>${name}</code></a>` : `the ${name.toLowerCase()}`,
  );
  if (kinds.length === 0) return '';
  const isOfRefusal = page.data.kind.includes('Explanation');
  const reader = isOfRefusal
    ? ` To read a refusal of your own: <a href="${to('reader.html')}">refusal reader</a>.`
    : '';
  return `<p class="quiet">Code of ${kinds.join(', ')}.${reader}</p>`;
}

function renderSidebar(page, { groupsFor, labelOf }, to) {
  const lists = groupsFor(page)
    .filter(({ pages }) => pages.length > 0)
    .map(({ title, pages }) => {
      const items = pages.map(
        (target) =>
          `<li><a href="${to(target.path)}"${target === page ? ' aria-current="page"' : ''}>${escape(labelOf(target))}</a></li>`,
      );
      return `<h2>${escape(title)}</h2><ul>${items.join('')}</ul>`;
    });
  return `<nav class="sidebar" aria-label="Pages">${lists.join('\n')}</nav>`;
}

/** The list of a page's parts; none where there are fewer than two. */
function renderContents({ headings }) {
  const parts = headings.filter(({ level }) => level === 2 || level === 3);
  if (parts.length < 2) return '';
  const items = parts.map(
    ({ level, id, text }) => `<li class="level-${level}"><a href="#${id}">${escape(text)}</a></li>`,
  );
  return `<nav class="contents" aria-label="On this page"><h2>On this page</h2><ul>${items.join('')}</ul></nav>`;
}

function renderNext(page, { guides, labelOf }, to) {
  const at = guides.indexOf(page);
  if (at < 0) return '';
  const link = (target, rel, word) =>
    target && `<a rel="${rel}" href="${to(target.path)}"><span>${word}</span>${escape(labelOf(target))}</a>`;
  const links = [link(guides[at - 1], 'prev', 'Before'), link(guides[at + 1], 'next', 'Next')].filter(Boolean);
  return `<nav class="neighbours" aria-label="Neighbours">${links.join('')}</nav>`;
}
