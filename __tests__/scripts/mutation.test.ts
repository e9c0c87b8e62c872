/** `npm run test:mutation` chooses mutants and tests as it says, counts as it says, and finds what a test does not notice. */
import { execFile, execFileSync } from 'node:child_process';

interface Coverage {
  static: Record<string, number>;
  perTest: Record<string, Record<string, number>>;
}

/** What a function of scripts/mutation returns: Jest itself cannot load these modules. */
function call(module: string, name: string, ...args: unknown[]): unknown {
  const script = `import { ${name} } from './scripts/mutation/${module}.mjs';
    console.log(JSON.stringify(${name}(...${JSON.stringify(args)})));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
}

describe('sample', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);

  test('a seed draws the same again, fewer are the first of more, and another seed draws others', () => {
    const drawn = call('plan', 'sample', items, 10, 1) as number[];
    expect(new Set(drawn).size).toBe(10);
    expect(call('plan', 'sample', items, 20, 1)).toEqual([
      ...drawn,
      ...(new Array(10).fill(expect.any(Number)) as unknown[]),
    ]);
    expect(call('plan', 'sample', items, 10, 2)).not.toEqual(drawn);
  });

  test('all, where there are no more', () => {
    expect([...(call('plan', 'sample', items, 60, 1) as number[])].sort((a, b) => a - b)).toEqual(items);
  });
});

describe('planFor', () => {
  const learn = (path: string, runtime: number, coverage: Partial<Coverage>) => ({
    path: `__tests__/sigv4/${path}.test.ts`,
    runtime,
    slowest: runtime / 10,
    coverage: { static: {}, perTest: {}, ...coverage },
  });
  const learned = [
    learn('slow', 900, { static: { '7': 2 }, perTest: { '1': { '7': 1 } } }),
    learn('elsewhere', 10, { static: { '8': 1 } }),
    learn('fast', 100, { perTest: { '1': { '8': 1 }, '2': { '7': 3 }, '4': { '7': 4 } } }),
    learn('endpoint', 2000, { perTest: { '3': { '7': 1 } } }),
    learn('endpointOf', 500, { perTest: { '3': { '7': 1 } } }),
  ];
  const plan = call('plan', 'planFor', { id: '7', file: 'src/sigv4/endpoint.ts' }, learned) as {
    path: string;
    tests?: string[];
    hitLimit: number;
    timeout: number;
  }[];

  test('the test of the same name first, then the fastest, and none that never comes there', () => {
    const names = plan.map(({ path }) => path.replace(/^.*\/|\.test\.ts$/g, ''));
    expect(names).toEqual(['endpoint', 'fast', 'endpointOf', 'slow']);
  });

  test('only the tests that come there, but all where loading the file does', () => {
    expect(plan.map(({ tests }) => tests)).toEqual([['3'], ['2', '4'], ['3'], undefined]);
  });

  test('ten times the right number of passes and 1,000 more, and five times the slowest test’s time, are a loop', () => {
    expect(plan.map(({ hitLimit }) => hitLimit)).toEqual([1010, 1070, 1010, 1030]);
    expect(plan.map(({ timeout }) => timeout)).toEqual([6000, 5050, 5250, 5450]);
  });
});

describe('scoreOf', () => {
  const mutant = (original: string, replacement: string, text = original) => ({
    file: 'src/a.ts',
    text,
    original,
    replacement,
  });
  const plus = mutant('a + b', 'a - b');
  const less = mutant('a < b', 'a <= b', 'if (a < b) {');
  const never = mutant('{\n  stop();\n}', '{}', 'function x() {');
  const outcomes = [{ mutant: plus, killed: 'a.test.ts' }, { mutant: less }, { mutant: never }];
  const score = (entries: unknown) => call('score', 'scoreOf', outcomes, [plus, less, never], entries);

  test('the killed of those that ran', () => {
    expect(score([])).toMatchObject({ killed: 1, equivalent: 0, score: 100 / 3, stale: [] });
    expect(score([])).toMatchObject({ survivors: [{ mutant: less }, { mutant: never }] });
  });

  test('an equivalent one counts neither way, however its code is broken into lines', () => {
    const entries = [
      { file: 'src/a.ts', original: 'a < b', replacement: 'a <= b', text: 'if (a < b) {' },
      { file: 'src/a.ts', original: '{ stop(); }', replacement: '{}' },
    ];
    expect(score(entries)).toMatchObject({ killed: 1, survivors: [], equivalent: 2, score: 100, stale: [] });
  });

  test.each([
    ['of another file', { file: 'src/b.ts', original: 'a < b', replacement: 'a <= b' }],
    ['of another line', { file: 'src/a.ts', original: 'a < b', replacement: 'a <= b', text: 'while (a < b) {' }],
    ['of other code', { file: 'src/a.ts', original: 'a < c', replacement: 'a <= b' }],
    ['with another replacement', { file: 'src/a.ts', original: 'a < b', replacement: 'true' }],
    ['of one that was killed', { file: 'src/a.ts', original: 'a + b', replacement: 'a - b' }],
  ])('an entry %s is stale, and excuses nothing', (_, entry) => {
    expect(score([entry])).toMatchObject({ killed: 1, equivalent: 0, stale: [entry] });
  });
});

test('the interval of a sample is Wilson’s: of 8 in 10, as statsmodels has it', () => {
  const [low, high] = call('score', 'interval', 8, 10) as [number, number];
  expect(low).toBeCloseTo(49.0162, 3);
  expect(high).toBeCloseTo(94.3318, 3);
});

describe('on the house’s own code', () => {
  const run = (test: string) =>
    new Promise<{ code: number; stdout: string }>((done) => {
      const args = ['scripts/mutation.mjs', '--file', 'src/sigv4/stringToSign.ts', '--test', test];
      const child = execFile(process.execPath, args, (_, stdout) => {
        done({ code: child.exitCode!, stdout });
      });
    });

  test('a file’s own tests kill what is changed in it', async () => {
    const { stdout } = await run('__tests__/sigv4/stringToSign.test.ts');
    expect(stdout).toMatch(/^sigv4: (\d+) of \1 mutants run: [5-9] killed /);
  });

  test('tests of something else do not; each survivor is named, and the exit code is 1', async () => {
    const { code, stdout } = await run('__tests__/sigv4/values.test.ts');
    expect(stdout).toMatch(/^sigv4: (\d+) of \1 mutants run: 0 killed .*, \1 survived, .* 0\.0 %/);
    expect(stdout).toMatch(/^ {2}src\/sigv4\/stringToSign\.ts:\d+:\d+ StringLiteral: 'aws4_request' {2}→ {2}""/m);
    expect(code).toBe(1);
  });
});
