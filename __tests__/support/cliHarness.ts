/** The command line as people run it: a process, from the bundle of these sources. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { temporaryFolder } from './temporaryFolder';

/** Where the bundle lies, and what tests put beside it: commands run here. */
export const folder = temporaryFolder();
export const bundle = join(folder, 'cli.cjs');
const running: ChildProcess[] = [];

beforeAll(() => {
  const script = "import { bundleCli } from './scripts/bundleCli.mjs'; await bundleCli(process.argv[1]);";
  execFileSync(process.execPath, ['--input-type=module', '-e', script, bundle], { cwd: resolve('.') });
});
afterAll(() => {
  for (const child of running) child.kill('SIGKILL'); // of a test that failed before it stopped it
});

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Nothing of the machine's own: no keys, no profiles, no colours. */
const BARE = { PATH: process.env.PATH, HOME: folder, AWS_CONFIG_FILE: join(folder, 'config') };

/** Starts a command. */
export function start(args: readonly string[], env: Record<string, string> = {}, input?: string) {
  const child = spawn(process.execPath, [bundle, ...args], { cwd: folder, env: { ...BARE, ...env } });
  running.push(child);
  let [out, err] = ['', ''];
  const waiting: { pattern: RegExp; done: () => void }[] = [];
  const look = () => {
    for (const { pattern, done } of waiting) if (pattern.test(out + err)) done();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    look();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    look();
  });
  child.stdin.end(input ?? '');
  const ended = new Promise<Ended>((done) => {
    child.once('close', (code) => {
      done({ code, out, err });
    });
  });
  /** Waits until something is printed; at the latest until the end. */
  const printed = (pattern: RegExp) => {
    const seen = new Promise<void>((done) => {
      waiting.push({ pattern, done });
      look();
    });
    return Promise.race([seen, ended]);
  };
  return { child, ended, printed, out: () => out, err: () => err };
}

/** Runs a command to its end. */
export const run = (args: readonly string[], env?: Record<string, string>, input?: string): Promise<Ended> =>
  start(args, env, input).ended;

/** Puts a file where commands run. */
export function write(name: string, content: string): void {
  writeFileSync(join(folder, name), content);
}
