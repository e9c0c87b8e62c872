// A folder outside the repository, where nothing but the tools and the packed package can be found: one with the tools,
// kept from run to run, and in it one for each run.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const TIMEOUT = 300_000;

/** What the cases run with: no colours, no telemetry, and aws-sdk's end-of-support notice off, as the README has it. */
const env = { ...process.env };
for (const name of ['NODE_OPTIONS', 'NODE_ENV', 'FORCE_COLOR', 'CI']) delete env[name];
Object.assign(env, {
  NO_COLOR: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  DENO_NO_UPDATE_CHECK: '1',
  BROWSERSLIST_IGNORE_OLD_DATA: '1',
  BASELINE_BROWSER_MAPPING_IGNORE_OLD_DATA: '1',
  AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1',
});

/**
 * Installs the tools where they are not yet, packs the package and unpacks it beside them.
 * @param light Only the tools of `--quick`: those under `dependencies`.
 */
export function prepareWorkspace(light) {
  const lock = readFileSync(join(here, 'package-lock.json'));
  const key = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const kept = (kind) => join(tmpdir(), `sigv4-client-bundlers-${kind}-${key}`);
  const tools = light && !existsSync(kept('all')) ? kept('light') : kept('all');
  if (!existsSync(tools)) installTools(tools, light);

  const folder = mkdtempSync(join(tools, 'run-'));
  const options = { encoding: 'utf8', env, stdio: 'pipe' };
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], options);
  execFileSync('tar', ['xzf', join(folder, JSON.parse(packed)[0].filename), '-C', folder]);
  mkdirSync(join(folder, 'node_modules'));
  renameSync(join(folder, 'package'), join(folder, 'node_modules/sigv4-client'));
  return { tools, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Beside its place, and moved there when whole, so that an interrupted installation is not taken for one. */
function installTools(tools, light) {
  const staging = mkdtempSync(`${tools}-`);
  try {
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(here, file), join(staging, file));
    const omit = light ? ['--omit=dev'] : [];
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

/** Starts a tool or runtime; `output` grows as it prints. */
export function start(tools, folder, [command, ...args], variables = {}) {
  const child = spawn(findCommand(tools, command), args, {
    cwd: folder,
    env: { ...env, ...variables },
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
export async function run(tools, folder, command, variables) {
  const child = start(tools, folder, command, variables);
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

/**
 * Commands that have no link in `.bin`: the runtimes, since their install scripts, which would make it, are not run (each
 * is a binary in a package for the platform), and the second TypeScript.
 */
const FILES = {
  bun: [`@oven/bun-${process.platform}-${process.arch}/bin/bun`],
  deno: [`@deno/${process.platform}-${process.arch}-glibc/deno`, `@deno/${process.platform}-${process.arch}/deno`],
  workerd: [`@cloudflare/workerd-${process.platform}-${process.arch === 'x64' ? '64' : process.arch}/bin/workerd`],
  'typescript-4.9': ['typescript-4.9/bin/tsc'],
};

/** A command's file, or undefined where it has no build for this machine. */
export function findCommand(tools, command) {
  if (command === 'node') return process.execPath;
  return (FILES[command] ?? [`.bin/${command}`])
    .map((file) => join(tools, 'node_modules', file))
    .find((file) => existsSync(file));
}
