// What stands beside the pages: which pages there are, and in which order.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API } from './api.mjs';
import { API_FRONT } from './pages.mjs';
import { ROOT, SITE } from './paths.mjs';

const { guides: ORDER, labels: LABELS } = JSON.parse(readFileSync(join(SITE, 'order.json'), 'utf8'));

/** The pages that are in the head of each page. */
const MAIN = ['README.md', API_FRONT, 'docs/errors/index.md', 'site/pages/reader.md', 'site/pages/workbench.md'];
const MAIN_LABELS = ['Guides', 'API', 'Errors', 'Refusal reader', 'Workbench'];

/**
 * Puts the pages in order. A guide that is not in order.json comes after those that are.
 * @returns `labelOf(page)`; `main`, the pages in the head; `guides` in their order; `errors` by kind; `entries` of the API; and
 *   `groupsFor(page)`, the lists of its sidebar; `kindsFor(page)`, what the code of an error page stands in.
 */
export function createNavigation(pages) {
  const bySource = new Map(pages.map((page) => [page.source, page]));
  const labelOf = (page) => LABELS[page.source] ?? page.data.label ?? page.title;
  const place = (page) => (ORDER.indexOf(page.source) + ORDER.length + 1) % (ORDER.length + 1);
  const inSection = (section) => pages.filter((page) => page.section === section);
  const guides = inSection('guides').sort((a, b) => place(a) - place(b));
  const main = MAIN.flatMap((source, i) =>
    bySource.has(source) ? [{ page: bySource.get(source), label: MAIN_LABELS[i] }] : [],
  );
  const errors = errorGroups(inSection('errors'));
  const entries = readEntries(inSection('api'));
  const general = [
    { title: 'Guides', pages: guides },
    { title: 'Project', pages: inSection('project') },
  ];
  const groupsFor = (page) => {
    if (page.section === 'errors') return errors;
    return page.section === 'api' ? apiGroups(entries, page) : general;
  };
  // A kind of codes is a class or a type of the reference; that of the command line is none.
  const kindsFor = ({ data }) =>
    kindsOf(data).map((name) => ({ name, page: inSection('api').find(({ title }) => title === name) }));
  return { labelOf, main, guides, errors, entries, groupsFor, kindsFor };
}

/** The pages of codes by where the code stands, which each document says first. One may stand in several lists. */
function errorGroups(pages) {
  const kinds = [...new Set(pages.flatMap(({ data }) => kindsOf(data)))];
  const listed = kinds.map((title) => ({ title, pages: pages.filter(({ data }) => kindsOf(data).includes(title)) }));
  return listed.sort((a, b) => b.pages.length - a.pages.length);
}

const kindsOf = ({ kind = '' }) =>
  kind
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean);

const KINDS = [
  ['Functions', ['functions']],
  ['Constants', ['variables']],
  ['Classes', ['classes']],
  ['Types', ['interfaces', 'type-aliases']],
];

/** The entries of the package in the order of package.json, each with what it gives: functions first. */
function readEntries(pages) {
  const { name, exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const folders = Object.keys(exports).map((entry) => `${API}/${name}${entry.slice(1)}/`);
  const entryOf = ({ source }) => folders.findLast((folder) => source.startsWith(folder));
  return folders.flatMap((folder) => {
    const page = pages.find(({ source }) => source === `${folder}index.md`);
    if (!page) return []; // ./package.json
    const members = pages.filter((member) => member !== page && entryOf(member) === folder);
    const lists = KINDS.map(([title, kinds]) => ({
      title,
      pages: members
        .filter(({ source }) => kinds.includes(source.slice(folder.length).split('/')[0]))
        .sort((a, b) => a.title.localeCompare(b.title)),
    }));
    return [{ page, members, lists }];
  });
}

/** The list of entries, and what the one that a page belongs to gives. */
function apiGroups(entries, current) {
  const entry = entries.find(({ page, members }) => page === current || members.includes(current));
  return [{ title: 'Entries', pages: entries.map(({ page }) => page) }, ...(entry?.lists ?? [])];
}
