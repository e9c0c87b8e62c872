/** The TypeScript in README.md, docs/*.md and the doc comments compiles; that of the documents does what it says against a local AWS. */
import { WebSocket } from 'ws';
import type { LocalAws } from '../../src/local';
import { completeExample, findExamples, readExamples, readSources } from '../support/docExamples';
import { declarations } from '../support/docReader';
import { createPrelude, declarePrelude, pointAtLocalAws, startDocsAws } from '../support/docsPrelude';
import { checkSnippets, entrySources, findSnippets, readSnippets, runSnippet } from '../support/docsSnippets';
import type { Snippet } from '../support/docsSnippets';

const snippets = readSnippets();
const modules = new Map<string, unknown>();
let aws: LocalAws;

beforeAll(async () => {
  // As browsers and Node from 22 on have it.
  (globalThis as { WebSocket?: unknown }).WebSocket ??= WebSocket;
  aws = await startDocsAws();
  const libraries = ['axios', 'react', '@tanstack/react-query', 'ws'].map((name) => [name, name] as const);
  const sources = new Map([...entrySources(), ['./sigV4Client', '../../copy-in/sigV4Client.ts'], ...libraries]);
  for (const [name, path] of sources) modules.set(name, await import(path));
});
afterAll(() => aws.stop());

/** Runs a block, and fails where it throws, prints `undefined`, returns a refusal, or is refused without noticing. */
async function run({ code }: Pick<Snippet, 'code'>): Promise<void> {
  const before = aws.apiGateway.requests.length;
  const prelude = createPrelude(aws, (value) => {
    if (value === undefined) throw new Error('it printed undefined');
  });
  const result = await runSnippet(pointAtLocalAws(code, aws), modules, prelude);
  if (result instanceof Response && !result.ok) throw new Error(`it returned ${result.status} ${await result.text()}`);
  const handlesErrors = /\bcatch\b/.test(code);
  const showsRefusals = /\bexplain\(|\.explanation\b/.test(code);
  for (const { method, path, status, refusal } of aws.apiGateway.requests.slice(before)) {
    // An error of the API is meant where the block catches it, a refusal where the block explains it.
    const isExpected =
      status < 400 || (refusal === undefined ? handlesErrors && status < 500 : showsRefusals && status === 403);
    if (!isExpected) throw new Error(`${method} ${path} was answered with ${status} ${refusal ?? ''}`);
  }
}

/** The examples in the doc comments. */
function readWholeExamples(): Snippet[] {
  const { entries, sources } = readSources();
  return [...readExamples(), ...wrongExamples].map((example) => {
    const own = sources.get(example.file);
    return completeExample(example, own ? [own, ...entries] : entries, declarations);
  });
}
const wrongExamples = findExamples(
  'wrong.ts',
  '/**\n * @example\n * const id = 1;\n *\n * newClient({ region, signingName: id });\n */',
);

/** Blocks that do not compile, as if they stood below line 7 of a document. */
const mistakes = [
  "import { newClients } from 'sigv4-client';",
  "import { newClient } from 'sigv4-client';\n\nnewClient({ accessKey, secretKey, endpoint, signingName: service });",
  'const id: number = credentials.accessKeyId;\nawait fetch(endpoints);',
].map((code): Snippet => ({ file: 'wrong.md', name: 'wrong', line: 7, code }));

describe('the documents', () => {
  test('hold code of every kind', () => {
    expect(snippets.length).toBeGreaterThanOrEqual(12);
    for (const file of ['README.md', 'docs/migrating.md']) expect(snippets.map((block) => block.file)).toContain(file);
  });

  test('compile under strict settings; in wrong ones, the lines of unknown functions, options and types are named', () => {
    const prelude = declarePrelude(Object.keys(createPrelude(aws)));
    const examples = readWholeExamples();
    const found = checkSnippets([...snippets, ...mistakes, ...examples], prelude); // together: the compiler takes its time to start
    const isMistake = (text: string) => text.startsWith('wrong.');
    expect(examples.length).toBeGreaterThan(100);
    expect(found.filter((text) => !isMistake(text))).toEqual([]);
    expect(found.filter(isMistake).map((text) => /:(\d+) /.exec(text)?.[1])).toEqual(['8', '10', '8', '9', '5']);
  });

  test.each(snippets.map((snippet) => [snippet.name, snippet] as const))('run: %s', async (_, snippet) => {
    await expect(run(snippet)).resolves.toBeUndefined();
  });
});

describe('a document that is wrong', () => {
  test.each([
    ['throws', "throw new Error('as it should');", /as it should/],
    ['imports what is not there', "import 'sigv4-client/nothing';", /Cannot find module/],
    ['uses what nobody declared', 'await fetch(endpoints);', /endpoints is not defined/],
    ['prints undefined', 'console.log(undefined);', /it printed undefined/],
    ['returns a refusal', "return new Response('no', { status: 403 });", /it returned 403 no/],
    [
      'is refused without noticing',
      'await fetch(`${endpoint}/notes`);',
      /GET \/dev\/notes was answered with 403 Missing/,
    ],
    [
      'is refused, whatever it catches',
      'try { await fetch(`${endpoint}/notes`); } catch (error) { console.log(error); }',
      /answered with 403/,
    ],
  ])('fails where it %s', async (_, code, message) => {
    await expect(run({ code })).rejects.toThrow(message);
  });

  test('blocks are found under their headings; those in other languages are not', () => {
    const text =
      '# A `b`\n\n```sh\n# no heading\n```\n\n```ts\none();\n```\n\n````md\n```ts\nno();\n```\n````\n\n## C\n```ts\ntwo();\n\n```\n';
    expect(findSnippets('a.md', text)).toEqual([
      { file: 'a.md', name: 'a.md › A b › 1', line: 7, code: 'one();' },
      { file: 'a.md', name: 'a.md › C › 1', line: 18, code: 'two();\n' },
    ]);
  });
});
