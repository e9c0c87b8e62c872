import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import {
  call,
  credentialsOf,
  freePorts,
  isOpen,
  listening,
  logIn,
  password,
  username,
} from '../support/localAwsHarness';
import type { Config } from '../support/localAwsHarness';

jest.setTimeout(60_000);

describe('npm run local', () => {
  const root = resolve('.');
  let folder: string;

  beforeAll(() => {
    // The script as it lies in the package, beside a build of these sources.
    folder = mkdtempSync(join(tmpdir(), 'local-script-'));
    for (const name of ['scripts', 'dist', 'tmp']) mkdirSync(join(folder, name));
    cpSync(join(root, 'scripts/local.mjs'), join(folder, 'scripts/local.mjs'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    buildSync({ entryPoints: ['src/**/*.ts'], outdir: join(folder, 'dist/esm'), format: 'esm', logLevel: 'error' });
    writeFileSync(join(folder, 'dist/esm/package.json'), '{"type":"module"}');
  });
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL'); // of a test that failed before it stopped it
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(args: string[], stopAt?: RegExp, signal: NodeJS.Signals = 'SIGINT') {
    const child = spawn(process.execPath, [join(folder, 'scripts/local.mjs'), ...args], {
      env: { ...process.env, TMPDIR: join(folder, 'tmp') },
    });
    children.push(child);
    let output = '';
    let whenSeen: (() => void) | undefined;
    const seen = new Promise<void>((done) => (whenSeen = done));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (stopAt?.test(output)) whenSeen?.();
      });
    }
    const ended = new Promise<number | null>((done) => child.once('close', done));
    await Promise.race([seen, ended]);
    return {
      text: () => output,
      stop: () => {
        child.kill(signal);
        return ended;
      },
      ended,
    };
  }

  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])(
    'prints its configuration, and %s leaves nothing behind',
    async (signal) => {
      const port = await freePorts();
      const local = await run(['--port', String(port), '--user', `${username}:${password}`], /Ctrl-C stops it/, signal);
      const config = JSON.parse(/^\{[^]*^\}/m.exec(local.text())![0]) as Config;
      const session = await logIn(config);
      const { keys } = await credentialsOf(config, session.getIdToken().getJwtToken());
      expect((await call(config, keys, '/notes', '{"content":"Hello"}')).status).toBe(201);
      expect(local.text()).toContain(username);
      expect(local.text()).not.toContain(password);

      expect(await local.stop()).toBe(0);
      expect(local.text()).toMatch(/Stopped\.\n$/);
      for (const offset of [0, 1, 2]) expect(await isOpen(`http://127.0.0.1:${port + offset}`)).toBe(false);
      expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
    },
  );

  it('has a default user, and prints their password', async () => {
    const local = await run(['--port', '0'], /Ctrl-C stops it/);
    expect(local.text()).toContain('user@example.com, password Passw0rd!');
    await logIn(JSON.parse(/^\{[^]*^\}/m.exec(local.text())![0]) as Config);
    expect(await local.stop()).toBe(0);
  });

  it.each<[string, string[], RegExp]>([
    ['a port that is no number', ['--port', 'x'], /--port: expected a number, got 'x'/],
    ['a user without a password', ['--user', 'secretname'], /--user: expected name:password/],
    ['a target that is no URL', ['--port', '0', '--target', 'x'], /target: expected an http: or https: URL/],
    ['an unknown option', ['--other'], /Unknown option '--other'/],
  ])('says what is wrong with %s', async (_, args, message) => {
    const local = await run(args);
    expect(await local.ended).toBe(1);
    expect(local.text()).toMatch(message);
    expect(local.text()).not.toMatch(/secretname|\n\s+at /);
  });

  it('says which port is taken', async () => {
    const port = await freePorts();
    const other = await listening(port + 2);
    const local = await run(['--port', String(port)]);
    expect(await local.ended).toBe(1);
    expect(local.text()).toBe(
      `port: ${port + 2} is taken by another program; give another, or none for a free one (--port; the pools take the two after it)\n`,
    );
    other.close();
  });

  it('explains itself', async () => {
    const local = await run(['--help']);
    expect(await local.ended).toBe(0);
    expect(local.text()).toMatch(/--port[^]*--target[^]*--user/);
  });
});
