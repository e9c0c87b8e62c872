import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadHandler } from '../../../src/local/lambda';
import type { LambdaFunction } from '../../../src/local/lambda';
import { temporaryFolder } from '../../support/temporaryFolder';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const write = (name: string, text: string) => writeFile(join(folder, name), text);
const load = (name: string, exportName?: string) => loadHandler(join(folder, name), exportName);
const run = (fn: LambdaFunction): unknown => (fn as () => unknown)();

describe('a file', () => {
  test.each([
    ['an ES module', 'notes.mjs', 'export const handler = () => "here";'],
    ['CommonJS', 'notes.cjs', 'exports.handler = () => "here";'],
    [
      'CommonJS with one function in module.exports',
      'notes.cjs',
      'module.exports = Object.assign({}, { handler: () => "here" });',
    ],
    [
      'a .js file, which is CommonJS where no package.json says otherwise',
      'notes.js',
      'exports.handler = () => "here";',
    ],
  ])('is imported: %s', async (_, name, text) => {
    await write(name, text);
    expect(run(await load(name))).toBe('here');
  });

  test('is an ES module as package.json says', async () => {
    await write('package.json', '{ "type": "module" }');
    await write('notes.js', 'export function handler() { return import.meta.url; }');
    expect(run(await load('notes.js'))).toContain('/notes.js');
  });

  test('may export under another name, and inside of an object', async () => {
    await write(
      'notes.mjs',
      'export const main = () => "main"; export const api = { get: () => "get" }; export default () => "default";',
    );
    expect(run(await load('notes.mjs', 'main'))).toBe('main');
    expect(run(await load('notes.mjs', 'api.get'))).toBe('get');
    expect(run(await load('notes.mjs', 'default'))).toBe('default');
  });

  test('is imported once, until it changes', async () => {
    await write('notes.mjs', 'let calls = 0; export const handler = () => (calls += 1);');
    expect(run(await load('notes.mjs'))).toBe(1);
    expect(run(await load('notes.mjs'))).toBe(2);
    await write('notes.mjs', 'export const handler = () => "changed";');
    expect(run(await load('notes.mjs'))).toBe('changed');
  });
});

describe('what a file imports is imported anew when it changes', () => {
  test.each([
    [
      'an ES module',
      'notes.mjs',
      'import { text } from "./text.mjs"; export const handler = () => text;',
      'text.mjs',
      'export const text =',
    ],
    [
      'CommonJS',
      'notes.cjs',
      'const { text } = require("./text.cjs"); exports.handler = () => text;',
      'text.cjs',
      'exports.text =',
    ],
    [
      'CommonJS of an ES module',
      'notes.mjs',
      'import { text } from "./text.cjs"; export const handler = () => text;',
      'text.cjs',
      'exports.text =',
    ],
    ['JSON', 'notes.cjs', 'const text = require("./text.json"); exports.handler = () => text;', 'text.json', ''],
  ])('%s', async (_, name, text, other, before) => {
    await write(other, `${before} "one"`);
    await write(name, text);
    expect(run(await load(name))).toBe('one');
    await write(other, `${before} "another"`);
    expect(run(await load(name))).toBe('another');
  });

  test('a file in a folder below', async () => {
    await mkdir(join(folder, 'lib'));
    await write('lib/text.mjs', 'export const text = "one";');
    await write('notes.mjs', 'import { text } from "./lib/text.mjs"; export const handler = () => text;');
    expect(run(await load('notes.mjs'))).toBe('one');
    await write('lib/text.mjs', 'export const text = "another";');
    expect(run(await load('notes.mjs'))).toBe('another');
  });

  test('but not a package, which is imported once', async () => {
    await mkdir(join(folder, 'node_modules/counter'), { recursive: true });
    await write('node_modules/counter/index.mjs', 'let count = 0; export const next = () => (count += 1);');
    await write('node_modules/counter/package.json', '{ "exports": "./index.mjs" }');
    const text = 'import { next } from "counter"; export const handler = () => next();';
    await write('notes.mjs', text);
    expect(run(await load('notes.mjs'))).toBe(1);
    await write('notes.mjs', `${text}\n`);
    expect(run(await load('notes.mjs'))).toBe(2);
  });

  test('through another file', async () => {
    await write('deep.mjs', 'export const text = "one";');
    await write('text.mjs', 'export * from "./deep.mjs";');
    await write('notes.mjs', 'import { text } from "./text.mjs"; export const handler = () => text;');
    expect(run(await load('notes.mjs'))).toBe('one');
    await write('deep.mjs', 'export const text = "another";');
    expect(run(await load('notes.mjs'))).toBe('another');
  });
});

describe('what cannot be loaded is said', () => {
  const refusal = (name: string, exportName?: string): Promise<unknown> =>
    load(name, exportName).catch((error: unknown) => error);
  const path = (name: string): string => join(folder, name);

  test.each([
    [
      'an export that is missing',
      'export const main = 1; export default 2;',
      undefined,
      'exportName: PATH has no export handler; it exports default, main',
    ],
    [
      'one inside of an object',
      'export const api = {};',
      'api.get',
      'exportName: PATH has no export api.get; it exports api',
    ],
    [
      'an export that is no function',
      'export const handler = {};',
      undefined,
      'exportName: handler of PATH is no function, but object',
    ],
    ['a file that exports nothing', '', 'main', 'exportName: PATH has no export main; it exports nothing'],
    ['a file that throws', 'throw new Error("no table");', undefined, 'file: PATH cannot be imported: Error: no table'],
    [
      'a file that is no JavaScript',
      'export const handler = ;',
      undefined,
      "file: PATH cannot be imported: SyntaxError: Unexpected token ';'",
    ],
  ])('%s', async (_, text, exportName, message) => {
    await write('notes.mjs', text);
    expect(await refusal('notes.mjs', exportName)).toMatchObject({
      name: 'LocalAwsError',
      code: 'InvalidOption',
      message: message.replace('PATH', path('notes.mjs')),
    });
  });

  test('a file that is not there, and one that is no code', async () => {
    expect(await refusal('notes.mjs')).toMatchObject({ message: `file: ${path('notes.mjs')} does not exist` });
    expect(await refusal('notes.py')).toMatchObject({
      message: `file: expected a .mjs, .cjs, .js or .ts file, got ${path('notes.py')}`,
    });
  });

  test('what CommonJS exports', async () => {
    await write('notes.cjs', 'module.exports = { main() {} };');
    expect(await refusal('notes.cjs')).toMatchObject({
      message: expect.stringMatching(/it exports default, main$/) as unknown,
    });
  });

  test('and once it was put right, it is loaded', async () => {
    await write('notes.mjs', 'export const handler = ;');
    await refusal('notes.mjs');
    await write('notes.mjs', 'export const handler = () => "right";');
    expect(run(await load('notes.mjs'))).toBe('right');
  });

  test('TypeScript is imported where Node can, and otherwise refused by its name', async () => {
    await write('notes.ts', 'export const handler = (): string => "typed";');
    const outcome = await load('notes.ts').then(run, (error: unknown) => (error as Error).message);
    const isTaken = Boolean(Reflect.get(process.features, 'typescript'));
    const expected = isTaken ? 'typed' : 'notes.ts is TypeScript, which Node imports from 22.18 on';
    expect(outcome).toContain(expected);
  });
});
