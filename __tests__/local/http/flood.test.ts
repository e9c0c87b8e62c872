// A flood of bytes against the local gateway and a pool, each in a process of its own, whose memory is measured.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { rawRequest, statusesOf } from '../../support/rawHttp';
import { temporaryFolder } from '../../support/temporaryFolder';

const MB = 1024 * 1024;
const SENT = 200 * MB;

/** Starts both, says their ports, and how much memory they took at most whenever it is asked. */
const SERVER = `
  import { startApiGateway } from './src/local/apiGateway/index.js';
  import { CredentialStore } from './src/local/credentials/index.js';
  import { awsJsonHandler, listen } from './src/local/http/index.js';
  const gateway = await startApiGateway({ store: new CredentialStore() });
  const pool = await listen(awsJsonHandler({ service: 'Pool', operations: {}, now: () => new Date() }));
  const start = process.memoryUsage().rss;
  let peak = start;
  setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
  process.on('message', () => process.send({ taken: peak - start }));
  process.send({ gateway: gateway.port, pool: pool.port });
`;

let child: ChildProcess;
let ports: { gateway: number; pool: number };
beforeEach(async () => {
  const outfile = join(temporaryFolder(), 'server.mjs');
  const stdin = { contents: SERVER, resolveDir: resolve(__dirname, '../../..'), loader: 'ts' as const };
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  buildSync({ stdin, outfile, banner, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  child = fork(outfile);
  [ports] = (await once(child, 'message')) as [typeof ports];
});
afterEach(async () => {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
});

/** Sends a head and then the same piece until 200 MB are gone or the server hangs up: what came back, and how much was taken. */
function flood(port: number, head: string, piece: Buffer): Promise<{ answer: string; written: number }> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    let handed = 0;
    let over = false;
    const write = (): void => {
      while (!over && handed < SENT) {
        handed += piece.length;
        if (!socket.write(piece)) return;
      }
    };
    socket.on('error', () => undefined);
    socket.on('drain', write);
    socket.setEncoding('latin1').on('data', (part: string) => (answer += part));
    socket.on('end', () => (over = true));
    socket.on('close', () => {
      done({ answer, written: socket.bytesWritten - socket.writableLength });
    });
    socket.write(head, write);
  });
}

const chunk = Buffer.from(`10000\r\n${'x'.repeat(0x10000)}\r\n`);
const plain = Buffer.alloc(0x10000, 'x');
const TOO_LARGE = { gateway: 'HTTP content length exceeded 10485760 bytes.', pool: 'RequestEntityTooLargeException' };
const post = { Host: 'localhost', 'x-amz-target': 'Pool.Any' };

it.each<[string, 'gateway' | 'pool', Record<string, string>, Buffer]>([
  ['the gateway, in chunks', 'gateway', { 'Transfer-Encoding': 'chunked' }, chunk],
  ['the gateway, of a length that is announced', 'gateway', { 'Content-Length': String(SENT) }, plain],
  ['a pool, in chunks', 'pool', { 'Transfer-Encoding': 'chunked' }, chunk],
  ['a pool, of a length that is announced', 'pool', { 'Content-Length': String(SENT) }, plain],
])(
  '200 MB on each of ten connections, to %s: 413, memory stays small, others are answered',
  async (_, name, added, piece) => {
    const port = ports[name];
    const head = rawRequest('POST /dev/notes', { ...post, ...added });
    const floods = Promise.all(Array.from({ length: 10 }, () => flood(port, head, piece)));
    const others = await Promise.all([1, 2, 3].map(() => fetch(`http://127.0.0.1:${port}/dev/notes`)));
    expect(others.map(({ status }) => status)).toEqual(name === 'gateway' ? [403, 403, 403] : [404, 404, 404]);
    for (const { answer, written } of await floods) {
      expect(statusesOf(answer)).toEqual([413]);
      expect(answer).toContain(TOO_LARGE[name]);
      expect(written).toBeLessThan(60 * MB); // the limit, and what the kernel holds
    }
    child.send('memory');
    const [{ taken }] = (await once(child, 'message')) as [{ taken: number }];
    expect(taken).toBeLessThan(500 * MB); // ten times the limit of 10 MB, and garbage; 2,000 MB were sent
  },
);
