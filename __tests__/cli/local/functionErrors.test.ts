/** `sigv4-client local --lambda`: what is wrong with a function is told with its place in the user's own files. */
import { createApig } from '../../../src/apig';
import type { Apig, ApigConfig } from '../../../src/apig';
import { mapStorage } from '../../support/mapStorage';
import { start, write } from '../../support/cliHarness';

/** Starts the command with a function, logs a user in, and gives how to call and how to end it. */
async function serve(file: string, content: string, exportName = 'handler') {
  write(file, content);
  const local = start(['local', '--port', '0', '--json', '--lambda', `${file}#${exportName}`]);
  await local.printed(/\n/);
  const apig: Apig = createApig(JSON.parse(local.out()) as ApigConfig, { storage: mapStorage() });
  await apig.login('user@example.com', 'Passw0rd!');
  const call = () =>
    apig.invokeApig({ path: '/x', retry: false }).catch((error: unknown) => (error as { status?: number }).status);
  const stop = async () => {
    local.child.kill('SIGTERM');
    const { code, err } = await local.ended;
    expect(code).toBe(0);
    return err.replace(/^Log in: .*\n/, '');
  };
  return { ...local, call, stop };
}

/** Frames of the command itself, which say nothing to whoever wrote the function. */
const OUR_FRAME = /^ +at .*cli\.cjs/m;

test('what it throws is told with its own lines, and with none of the command’s', async () => {
  const { call, stop } = await serve(
    'throws.mjs',
    '\nexport const handler = async () => { throw new Error("a mistake"); };',
  );
  expect(await call()).toBe(502);
  const err = await stop();
  expect(err).toMatch(/^Error: a mistake\n {4}at handler \(file:.*throws\.mjs:2:\d+\)\nGET \/dev\/x 502 /);
  expect(err).not.toMatch(OUR_FRAME);
});

test('an answer that cannot be read is told in one line', async () => {
  const { call, stop } = await serve('text.mjs', 'export const handler = async () => "text";');
  expect(await call()).toBe(502);
  expect(await stop()).toMatch(/^MalformedAnswer: The function's answer cannot be read: .*\nGET \/dev\/x 502 /);
});

test.each([
  [
    'an export that is not there',
    'other.mjs',
    'export const main = () => ({});',
    /has no export handler; it exports main/,
  ],
  ['a package that is not there', 'imports.mjs', 'import "no-such-package";', /Cannot find package 'no-such-package'/],
  [
    'a file that is no code',
    'syntax.mjs',
    'export const handler = () => ({',
    /SyntaxError: .* \(node --check .*syntax\.mjs/,
  ],
  [
    'code that fails',
    'fails.mjs',
    '\n\nundefinedName();',
    /undefinedName is not defined\n {4}at file:.*fails\.mjs:3:1$/m,
  ],
])('%s is told at the start, and mended while it runs', async (_, file, content, message) => {
  const { call, stop, printed, err } = await serve(file, content);
  await printed(/until this is mended/);
  expect(err()).toMatch(/^Log in: .*\n--lambda: /);
  expect(err()).toMatch(message);
  expect(err()).not.toMatch(OUR_FRAME);
  expect(await call()).toBe(502);
  write(file, 'export const handler = async () => ({ statusCode: 200, body: "\\"mended\\"" });');
  expect(await call()).toBe('mended');
  await stop();
});

test.each([
  ['a promise', 'void Promise.reject(new Error("forgotten"));'],
  ['a timer', 'setImmediate(() => { throw new Error("forgotten"); });'],
])('%s that nobody waits for does not end it', async (_, code) => {
  const handler = `export const handler = async () => { ${code} return { statusCode: 200, body: "1" }; };`;
  const { call, stop, printed } = await serve('forgets.mjs', handler);
  expect(await call()).toBe(1);
  await printed(/Uncaught: Error: forgotten\n {4}at .*forgets\.mjs/);
  expect(await call()).toBe(1);
  expect(await stop()).toMatch(/^Uncaught: Error: forgotten\n/m);
});
