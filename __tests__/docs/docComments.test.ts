/** The examples in the doc comments, which editors and the reference show beside a function: each function has one, and all compile. */
import { completeExample, findExamples, readExamples, readSources, withoutExample } from '../support/docExamples';
import { declarations } from '../support/docReader';
import { checkSnippets } from '../support/docsSnippets';
import type { Snippet } from '../support/docsSnippets';

const { entries, sources, checker } = readSources();
const NOTE = 'interface Note { id: string; content: string }';

const complete = (example: Snippet): Snippet => {
  const own = sources.get(example.file);
  return completeExample(example, own ? [own, ...entries] : entries, declarations);
};

test('each function and each method of a result has an example', () => {
  expect(entries.flatMap((entry) => withoutExample(entry, checker))).toEqual([]);
});

test('all examples compile under strict settings; in wrong ones, the line is named', () => {
  const wrong = [
    ...findExamples('src/a.ts', '/**\n * Signs.\n * @example\n * newClients();\n * @see nothing\n */'),
    ...findExamples(
      'src/b.ts',
      '/**\n * @example\n * const id = 1;\n *\n * newClient({ region, signingName: id });\n */',
    ),
  ];
  const examples = readExamples();
  const found = checkSnippets([...examples, ...wrong].map(complete), NOTE);
  const isMistake = (text: string) => /^src\/[ab]\.ts/.test(text);
  expect(examples.length).toBeGreaterThan(100);
  expect(found.filter((text) => !isMistake(text))).toEqual([]);
  expect(found.filter(isMistake).map((text) => text.split(' ')[0])).toEqual(['src/a.ts:4', 'src/b.ts:5']);
});
