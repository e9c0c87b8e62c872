/** What `sigv4-client call` sends, as it arrives at a server. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, run } from '../../support/cliHarness';
import { closeServer, listenLocally } from '../../support/localServer';

const KEYS = ['--access-key', 'AKIDEXAMPLE', '--secret-key', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'];
const BYTES = Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a, 0xc3]); // no UTF-8

interface Arrived extends Pick<IncomingMessage, 'method' | 'url' | 'headers'> {
  readonly body: Buffer;
}

let server: Server;
let url: string;
const arrived: Arrived[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method, url: target, headers } = request;
      arrived.push({ method, url: target, headers, body: Buffer.concat(parts) });
      if (target !== '/silent') response.end('ok');
    });
  });
  ({ url } = await listenLocally(server));
});
afterAll(() => closeServer(server));
beforeEach(() => arrived.splice(0));

test('parameters and headers that are repeated, and the bytes of a file', async () => {
  writeFileSync(join(folder, 'bytes.bin'), BYTES);
  const repeated = ['-q', 'tag=b', '-q', 'tag=a c', '-q', 'x=', '-H', 'x-mine: 1', '-H', 'x-mine: 2'];
  const ended = await run(['call', `${url}/a?tag=first`, '-X', 'PUT', '-d', '@bytes.bin', ...repeated, ...KEYS]);
  expect(ended).toEqual({ code: 0, out: 'ok\n', err: '' });
  const [{ method, url: target, headers, body } = {} as Arrived] = arrived;
  expect([method, target, headers['x-mine']]).toEqual(['PUT', '/a?tag=first&tag=b&tag=a%20c&x=', '1, 2']);
  expect(body).toEqual(BYTES);
  expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/execute-api\//);
});

test('no longer than --timeout says', async () => {
  const ended = await run(['call', `${url}/silent`, '--timeout', '0.2', ...KEYS]);
  expect(ended).toMatchObject({ code: 3, out: '' });
  expect(ended.err).toMatch(/ 200 ms/);
  expect(arrived).toHaveLength(1);
});
