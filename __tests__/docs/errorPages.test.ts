/** Each code of an error or an explanation has a page in docs/errors, and what the page shows has that code. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { LocalAws } from '../../src/local';
import { codesIn, readCodes } from '../support/codes';
import { createPrelude, declarePrelude, pointAtLocalAws, startDocsAws } from '../support/docsPrelude';
import { checkSnippets, entrySources, findSnippets, runSnippet } from '../support/docsSnippets';
import type { Snippet } from '../support/docsSnippets';

const FOLDER = 'docs/errors';
const pages = readdirSync(FOLDER)
  .filter((name) => name !== 'index.md')
  .map((name) => ({ code: basename(name, '.md'), text: readFileSync(`${FOLDER}/${name}`, 'utf8') }));
const snippets = pages.flatMap(({ code, text }) => findSnippets(`${FOLDER}/${code}.md`, text));
const [ofIndex] = findSnippets(`${FOLDER}/index.md`, readFileSync(`${FOLDER}/index.md`, 'utf8'));

let aws: LocalAws;
beforeAll(async () => {
  aws = await startDocsAws();
});
afterAll(() => aws.stop());

const loadModules = async (): Promise<Map<string, unknown>> =>
  new Map(await Promise.all([...entrySources()].map(async ([name, path]) => [name, await import(path)] as const)));

/** The codes of what a block prints, and of what it throws. */
async function codesOf({ code }: Pick<Snippet, 'code'>): Promise<unknown[]> {
  const shown: unknown[] = [];
  const prelude = { ...createPrelude(aws, (value) => void shown.push(value)), aws, globalThis, TypeError };
  const { URL } = globalThis; // that of the library's sandbox, which one block replaces
  try {
    let modules = new Map<string, unknown>();
    await jest.isolateModulesAsync(async () => void (modules = await loadModules())); // nobody has configured anything in these
    await runSnippet(pointAtLocalAws(code, aws), modules, prelude);
  } catch (error) {
    shown.push(error);
  } finally {
    globalThis.URL = URL;
  }
  return shown.map((value) => (value as { code?: unknown } | undefined)?.code ?? value);
}

describe('the pages', () => {
  test('are those of the codes', () => {
    const [codes, found] = [[...readCodes()], pages.map(({ code }) => code)];
    expect(codes.length).toBeGreaterThan(70);
    expect(found.filter((code) => code !== 'exit-codes').sort()).toEqual(codes.sort());
  });

  test('say what it means, how it comes about, what to do, and show it', () => {
    const parts = ['## How it comes about', '## What to do', '## See it happen'];
    const isWhole = ({ code, text }: (typeof pages)[number]) =>
      text.includes(`\n# \`${code}\`\n`) &&
      parts.every((part) => text.includes(`\n${part}\n`)) &&
      /^---\nkind: \w/.test(text);
    expect(pages.filter((page) => page.code !== 'exit-codes' && !isWhole(page)).map(({ code }) => code)).toEqual([]);
  });

  test('compile, with the names that their first page gives', () => {
    const names = [...Object.keys(createPrelude(aws)), 'aws'];
    const prelude = `${declarePrelude(names.filter((name) => name !== 'aws'))}\ndeclare const aws: import('../src/local').LocalAws;`;
    expect(checkSnippets([...snippets, ofIndex!], prelude)).toEqual([]);
  });
});

test.each(snippets.map((snippet) => [snippet.name, snippet] as const))('%s', async (_, snippet) => {
  expect(await codesOf(snippet)).toEqual([basename(snippet.file, '.md')]);
});

test('the lines that stand above each block run', async () => {
  await expect(codesOf(ofIndex!)).resolves.toEqual([]);
});

test('codes are read from types and classes; a block that shows another code, or none, is noticed', async () => {
  const source = "type ACode = 'A' | 'B' /* ; */; class E { declare readonly code: 'C'; name = 'D' }";
  expect(codesIn(source)).toEqual(['A', 'B', 'C']);
  const wrong = "import { newClient } from 'sigv4-client';\nnewClient({ accessKey: '', secretKey, region, endpoint });";
  expect(await codesOf({ code: wrong })).toEqual(['InvalidCredentials']);
  expect(await codesOf({ code: 'await fetch(`${endpoint}/notes`);' })).toEqual([]);
});
