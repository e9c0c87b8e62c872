/** Editors and the site's reference show an example beside each function. That all of them compile, snippets.test says. */
import { findExamples, readSources, withoutExample } from '../support/docExamples';

test('each function and each method of a result has an example', () => {
  const { entries, checker } = readSources();
  expect(entries.flatMap((entry) => withoutExample(entry, checker))).toEqual([]);
});

test('examples are found up to the next tag or the end of the comment, each with the line in front of it', () => {
  const text =
    '/**\n * Signs.\n * @example\n * one();\n *\n * two();\n * @see nothing\n */\nexport const a = 1;\n\n/**\n   * @example\n   * three();\n   */';
  expect(findExamples('src/a.ts', text).map(({ line, code }) => [line, code])).toEqual([
    [3, 'one();\n\ntwo();'],
    [12, 'three();'],
  ]);
});
