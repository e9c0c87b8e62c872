/** The figures and the words of docs/comparison.md are those that the commands give. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const text = readFileSync('docs/comparison.md', 'utf8');
const performance = readFileSync('docs/performance.md', 'utf8');

/** The cells of the table below a heading, without its head. */
function rowsBelow(heading: string): string[][] {
  const [, section = ''] = text.split(`## ${heading}\n`);
  const lines = section
    .split('\n## ')[0]!
    .split('\n')
    .filter((line) => line.startsWith('|'));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The times of a row of docs/performance.md in microseconds, by the section's heading: GET, PUT 1 kB, POST 100 kB, POST 5 MB. */
function timesOf(heading: string, name: string): string[] {
  const [, section = ''] = performance.split(`## ${heading}\n`);
  const line =
    section
      .split('\n## ')[0]!
      .split('\n')
      .find((found) => found.startsWith(`${name} `)) ?? '';
  return [...line.matchAll(/([\d,.]+) \(/g)].map(([, time]) => time!);
}

const withoutSize = (cells: string[]): string[] => cells.map((cell) => cell.replace(/^[\d.]+ kB$/, 'kB'));
const sizeIn = (cells: string[]): number => Number(/([\d.]+) kB/.exec(cells.join(' '))?.[1] ?? 0);

test('what the signers do, and how large they are: npm run compare', () => {
  const printed = execFileSync(process.execPath, ['scripts/compare.mjs'], { encoding: 'utf8' });
  const measured = printed
    .trim()
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const rows = rowsBelow('What they do');
  expect(rows.map(withoutSize)).toEqual(measured.map(withoutSize));
  expect(rows).toHaveLength(6);
  // A change of ours may add some bytes before the table follows.
  const isNear = (cells: string[], i: number): boolean => Math.abs(sizeIn(cells) - sizeIn(measured[i]!)) <= 0.5;
  expect(rows.filter((cells, i) => !isNear(cells, i))).toEqual([]);
});

test('how large the whole way is: the figures of docs/performance.md', () => {
  const sizes = /chain, sigv4-client\/apig +([\d.]+)[^]*Amplify's sign-in and get +([\d.]+)/.exec(performance)!;
  expect(text).toContain(`take ${sizes[1]} kB, Amplify's sign-in and \`get\` ${sizes[2]} kB`);
});

test('how fast they sign: the figures of docs/performance.md', () => {
  const names = new Map([['smithy with sha256-js', '@smithy/signature-v4 + sha256-js']]);
  const rows = rowsBelow('How fast they sign');
  const expected = rows.map(([name = '']) => {
    const [node, chromium] = ['Node', 'Chromium'].map((heading) => timesOf(heading, names.get(name) ?? name));
    return [name, node![0] ?? '', node![2] ?? '', chromium![0] ?? '', chromium![2] ?? ''];
  });
  expect(rows).toEqual(expected);
  expect(rows.flat().filter((cell) => /\d/.test(cell)).length).toBeGreaterThan(20);
});
