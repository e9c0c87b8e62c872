/** The links between the documents lead to files and headings that there are. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const documents = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'examples/notes-app/README.md'],
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** A document without its blocks of code, in which `[a](b)` is no link and `#` no heading. */
const readText = (path: string): string => readFileSync(path, 'utf8').replace(/^```[^]*?^```/gm, '');

/** The anchors of a document's headings, as GitHub makes them. */
const anchorsOf = (path: string): string[] =>
  [...readText(path).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** What a link leads to, and whether that is there. */
function isThere(document: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? document : relative('.', join(dirname(document), path));
  return existsSync(target) && (anchor === undefined || anchorsOf(target).includes(anchor));
}

test.each(documents)('%s', (document) => {
  const links = [...readText(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
  const relatives = links.filter((link) => !/^[a-z]+:/.test(link));
  expect(relatives.filter((link) => !isThere(document, link))).toEqual([]);
});

test('a link to a file or a heading that is not there is noticed', () => {
  expect(isThere('README.md', 'docs/signer.md')).toBe(true);
  expect(isThere('README.md', 'docs/migrating.md#what-the-old-file-got-wrong')).toBe(true);
  expect(isThere('README.md', 'docs/nothing.md')).toBe(false);
  expect(isThere('README.md', 'docs/migrating.md#nothing')).toBe(false);
});
