// Folders outside the repository, where nothing but the tools and the packed package can be found. Tools whose versions do
// not go together have a workspace each: `<name>/package.json` here, and this folder's own for all others. The tools are
// kept from run to run, and beside them is a folder for each run.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const TIMEOUT = 600_000; // a phone's bundle takes three minutes on a busy machine

/** What the cases run with: no colours, no telemetry, and aws-sdk's end-of-support notice off, as the README has it. */
const env = { ...process.env };
for (const name of ['NODE_OPTIONS', 'NODE_ENV', 'FORCE_COLOR', 'CI']) delete env[name];
Object.assign(env, {
  NO_COLOR: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NG_CLI_ANALYTICS: 'false',
  EXPO_NO_TELEMETRY: '1',
  EXPO_OFFLINE: '1',
  DENO_NO_UPDATE_CHECK: '1',
  BROWSERSLIST_IGNORE_OLD_DATA: '1',
  BASELINE_BROWSER_MAPPING_IGNORE_OLD_DATA: '1',
  AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1',
});

/**
 * Packs the package once, and opens workspaces with it.
 * @param light Of the main workspace only the tools of `--quick`: those under `dependencies`.
 */
export function openWorkspaces(light) {
  const packing = mkdtempSync(join(tmpdir(), 'sigv4-client-packed-'));
  const options = { encoding: 'utf8', env, stdio: 'pipe' };
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', packing], options);
  const tarball = join(packing, JSON.parse(packed)[0].filename);
  const opened = new Map();

  /** @param name A folder beside this file; the main workspace where there is none. */
  function open(name = '') {
    if (!opened.has(name)) opened.set(name, openWorkspace(name, tarball, light));
    return opened.get(name);
  }
  return {
    open,
    remove() {
      for (const { folder } of [...opened.values(), { folder: packing }]) {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Installs the tools where they are not yet, and unpacks the package beside them. */
function openWorkspace(name, tarball, light) {
  const source = join(here, name);
  const key = createHash('sha256')
    .update(readFileSync(join(source, 'package-lock.json')))
    .digest('hex')
    .slice(0, 12);
  const kept = (kind) => join(tmpdir(), `sigv4-client-bundlers-${kind}-${key}`);
  const isLight = name === '' && light && !existsSync(kept('all'));
  const tools = kept(name || (isLight ? 'light' : 'all'));
  if (!existsSync(tools)) installTools(source, tools, isLight ? ['--omit=dev', '--omit=optional'] : []);

  const folder = mkdtempSync(join(tools, 'run-'));
  execFileSync('tar', ['xzf', tarball, '-C', folder]);
  mkdirSync(join(folder, 'node_modules'));
  renameSync(join(folder, 'package'), join(folder, 'node_modules/sigv4-client'));
  return { tools, folder };
}

/** Beside its place, and moved there when whole, so that an interrupted installation is not taken for one. */
function installTools(source, tools, omit) {
  const staging = mkdtempSync(`${tools}-`);
  try {
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(source, file), join(staging, file));
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...omit], {
      cwd: staging,
      env,
      stdio: 'pipe',
    });
    renameSync(staging, tools);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Writes the files of a case. */
export function writeFiles(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/**
 * Starts a tool or runtime; `output` grows as it prints.
 * @param find Finds a command's file, as `commandFinder` gives it.
 * @param options `variables` of the environment; `node`: the Node that a tool runs on, which may need a newer one.
 */
export function start(find, folder, [command, ...args], { variables = {}, node } = {}) {
  const path = node === undefined ? {} : { PATH: `${dirname(find(node))}${delimiter}${env.PATH}` };
  const child = spawn(find(command), args, {
    cwd: folder,
    env: { ...env, ...path, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, to be ended with all that it starts
  });
  const started = {
    output: '',
    ended: once(child, 'close').then(([code]) => code),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) killGroup(child.pid);
      await started.ended;
    },
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (started.output += text));
  }
  return started;
}

/** Runs a tool or runtime to its end. */
export async function run(find, folder, command, options) {
  const child = start(find, folder, command, options);
  const timer = setTimeout(() => void child.stop(), TIMEOUT);
  const code = await child.ended;
  clearTimeout(timer);
  if (code === 0) return child.output;
  throw new Error(`${command.join(' ')} ended with ${code ?? 'a signal'}:\n${child.output}`);
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

const platform = `${process.platform}-${process.arch}`;

/** Where Hermes is for this machine: its compiler, which React Native brings in one package or another, and its command line. */
const HERMES = { 'linux-x64': 'linux64-bin', 'darwin-x64': 'osx-bin', 'darwin-arm64': 'osx-bin' }[platform] ?? 'none';

/**
 * Commands that have no link of their own in `.bin`: the runtimes, since their install scripts, which would make it, are
 * not run (each is a binary in a package for the platform), and further versions of a tool.
 */
const FILES = {
  bun: [`@oven/bun-${platform}/bin/bun`],
  deno: [`@deno/${platform}-glibc/deno`, `@deno/${platform}/deno`],
  workerd: [`@cloudflare/workerd-${process.platform}-${process.arch === 'x64' ? '64' : process.arch}/bin/workerd`],
  hermesc: ['react-native/sdks/hermesc', 'hermes-compiler/hermesc'].map((folder) => `${folder}/${HERMES}/hermesc`),
  hermes: [`hermes-engine-cli/${HERMES}/hermes`],
  'node-22': [`node-22-${platform}/bin/node`],
  'node-24': [`node-24-${platform}/bin/node`],
  'node-26': [`node-26-${platform}/bin/node`],
  'typescript-4.9': ['typescript-4.9/bin/tsc'],
  'typescript-5.0': ['typescript-5.0/bin/tsc'],
  'typescript-5.4': ['typescript-5.4/bin/tsc'],
  'typescript-5.7': ['typescript-5.7/bin/tsc'],
  'typescript-5.9': ['typescript/bin/tsc'],
  'typescript-6.0': ['typescript-6.0/bin/tsc'],
  'typescript-7': ['typescript-7/bin/tsc'],
  'vite-4': ['vite-4/bin/vite.js'],
  'vite-5': ['vite-5/bin/vite.js'],
  'vite-7': ['vite-7/bin/vite.js'],
};

/**
 * Finds a command's file, or gives undefined where it has no build for this machine. The Nodes are in the main workspace.
 * @param workspaces What `openWorkspaces` gave.
 * @param name The case's workspace.
 */
export function commandFinder(workspaces, name) {
  return (command) => {
    if (command === 'node') return process.execPath;
    const { tools } = workspaces.open(command.startsWith('node-') ? undefined : name);
    return (FILES[command] ?? [`.bin/${command}`])
      .map((file) => join(tools, 'node_modules', file))
      .find((file) => existsSync(file));
  };
}
