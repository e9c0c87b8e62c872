/** The command lines of the documents: whoever installs the package has `npx sigv4-client`, and the repository's scripts only there. */
import { readdirSync, readFileSync } from 'node:fs';
import { run } from '../support/cliHarness';

const files = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** What stands behind `npx sigv4-client` in a block or between backticks, without the comment. */
const commandLines = [...texts.values()].flatMap((text) =>
  [...text.matchAll(/npx sigv4-client ([^`\n#]*)/g)].map(([, line]) => line!.trim().split(/\s+/)),
);

/** The options of a command, and the command lines below them, as its help has them. */
async function helpOf(command: string): Promise<{ known: Set<string>; examples: string[][] }> {
  const { code, out } = await run([command, '--help']);
  expect([command, code]).toEqual([command, 0]);
  const [, options, examples] = /\nOptions:\n([^]*)\nExamples:\n([^]*)/.exec(out)!;
  const names = [...options!.matchAll(/^ {2}(-\w), (--[\w-]+)|^ {2}(--[\w-]+)/gm)].flatMap(([, ...found]) => found);
  return {
    known: new Set(['--help', ...names.filter(Boolean)]),
    examples: examples!
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/)),
  };
}

test('name commands and options that there are', async () => {
  const used = new Map<string, Set<string>>();
  for (const [command, ...rest] of commandLines) {
    if (command === '' || command!.startsWith('-')) continue;
    const options = rest.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/, ''));
    used.set(command!, new Set([...(used.get(command!) ?? []), ...options]));
  }
  expect([...used.keys()].sort()).toEqual(['call', 'doctor', 'explain', 'local', 'presign']);
  for (const [command, options] of used) {
    const { known, examples } = await helpOf(command);
    const inExamples = examples.flat().filter((word) => /^-[a-z-]/i.test(word));
    expect(examples.map((words) => words.slice(0, 3))).toEqual(examples.map(() => ['npx', 'sigv4-client', command]));
    expect([...options, ...inExamples].filter((option) => !known.has(option))).toEqual([]);
  }
});

test('and the help name the variables of the environment that are read, and no others', async () => {
  const sources = readdirSync('src/cli', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  // What is read from an environment, by its name or by taking it apart; not what a message speaks of.
  const read = sources.flatMap((name) => {
    const text = readFileSync(`src/cli/${name}`, 'utf8');
    const [byName, apart] = [/\benv\.(AWS_\w+)/g, /\b(AWS_\w+): \w+(?=[^{}]*\} = (?:terminal\.)?env;)/g];
    return [byName, apart].flatMap((pattern) => [...text.matchAll(pattern)].map(([, variable]) => variable!));
  });
  expect(read).toEqual(expect.arrayContaining(['AWS_PROFILE', 'AWS_SESSION_TOKEN']));
  const helps = await Promise.all(['local', 'call', 'presign', 'doctor'].map((name) => run([name, '--help'])));
  const sections = helps.map(({ out }) => /\nEnvironment:\n([^]*)\nExamples:/.exec(out)![1]!);
  for (const text of [sections.join('\n'), texts.get('docs/command-line.md')!]) {
    const named = new Set([...text.matchAll(/\bAWS_(?!IAM\b)[A-Z_]+/g)].map(([variable]) => variable));
    expect([...named].sort()).toEqual([...new Set(read)].sort());
  }
});

test('state the exit codes in the words of the help', async () => {
  const stated = (text: string) => /Exit codes: [^.]*\./.exec(text.replace(/\s+/g, ' '))?.[0];
  const ofHelp = stated((await run(['--help'])).out);
  expect(ofHelp).toMatch(/ 0 .* 1 .* 2 .* 3 /);
  expect(stated(texts.get('docs/command-line.md')!)).toBe(ofHelp);
});

test('name scripts that there are', () => {
  for (const [file, text] of texts) {
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
    expect([file, named.filter((name) => !Object.hasOwn(scripts, name))]).toEqual([file, []]);
  }
});

test('begin, for who has only the package, with a command that it brings', () => {
  const blocks = [...texts.get('README.md')!.matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block!.trim());
  expect(blocks[0]).toBe('npm i sigv4-client');
  const [first, ...others] = blocks[1]!.split('\n');
  expect(first).toMatch(/^npx sigv4-client local /);
  for (const line of others) expect(line).toContain('# in the repository:');
});
