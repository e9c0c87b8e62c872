// A phone's outside, for native.js: starts the engine, gives it the bundle and answers what it asks.
//
//   node host.mjs <ios|android> <bundle>
//
// Hermes's command line reads no file and opens no socket for a script, but evaluates what it is given line by line: each line
// is an event of the phone, and after it the engine runs its microtasks, as on a phone.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { answerRequest } from './network.mjs';

const require = createRequire(import.meta.url);
const [platform, bundle] = process.argv.slice(2);
const [major, minor, patch] = require('react-native/package.json').version.split('.').map(Number);
const binaries = process.platform === 'darwin' ? 'osx-bin' : 'linux64-bin';
const engine = join(dirname(require.resolve('hermes-engine-cli/package.json')), binaries, 'hermes');
const setup = {
  platform,
  started: Date.now(),
  random: randomBytes(30_000).toString('base64'),
  version: { major, minor, patch, prerelease: null },
};
const items = new Map();
const blobs = new Map();
const running = new Map();

const child = spawn(engine, ['-w', '-Xmicrotask-queue', '-prompt=', '-prompt2='], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const evaluate = (code) => child.stdin.write(`(0, eval)(${JSON.stringify(code)}), undefined\n`);
const call = (name, ...given) => child.stdin.write(`phone.${name}(...${JSON.stringify(given)}), undefined\n`);
const emit = (event, body) => call('emit', event, body);
const answer = (ticket, ...given) => call('answer', ticket, ...given);

const bytesOf = ({ blobId, offset = 0, size }) => blobs.get(blobId).subarray(offset, offset + size);
const storage = {
  multiGet: (keys) => keys.map((key) => [key, items.get(key) ?? null]),
  multiSet: (pairs) => pairs.forEach(([key, value]) => items.set(key, value)),
  multiRemove: (keys) => keys.forEach((key) => items.delete(key)),
  getAllKeys: () => [...items.keys()],
};

const handlers = {
  log(level, text) {
    if (text === 'END') child.stdin.end();
    else console.log(level < 2 ? text : `warning: ${text}`);
  },
  failed(text) {
    console.log(text);
    process.exitCode = 1;
    child.stdin.end();
  },
  timer: (ticket, delay) => void setTimeout(() => answer(ticket), delay),
  storage: (ticket, operation, given) => void setTimeout(() => answer(ticket, null, storage[operation](given)), 1),
  blob(parts, id) {
    blobs.set(id, Buffer.concat(parts.map(({ type, data }) => (type === 'blob' ? bytesOf(data) : Buffer.from(data)))));
  },
  release: (id) => void blobs.delete(id),
  read(ticket, blob, how) {
    const bytes = bytesOf(blob);
    const type = blob.type || 'application/octet-stream';
    answer(ticket, null, how === 'url' ? `data:${type};base64,${bytes.toString('base64')}` : bytes.toString());
  },
  request(request) {
    const controller = new AbortController();
    running.set(request.id, controller);
    const { signal } = controller;
    void answerRequest(request, { platform, blobs, bytesOf, emit, signal }).finally(() => running.delete(request.id));
  },
  abort: (id) => running.get(id)?.abort(),
};

createInterface({ input: child.stdout }).on('line', (line) => {
  if (line.startsWith('@')) {
    const [kind, ...given] = JSON.parse(line.slice(1));
    handlers[kind](...given);
  } else if (line !== 'undefined' && line.replace('\u001b[0m', '').trim() !== '') {
    handlers.failed(line);
  }
});
child.on('close', () => process.exit());

const native = new URL('native.js', import.meta.url);
evaluate(`${readFileSync(native, 'utf8').trim().replace(/;$/, '')}(${JSON.stringify(setup)})`);
evaluate(readFileSync(bundle, 'utf8'));
