/** The recipes for servers: each verifies what a signed fetch sends, and refuses what was signed with another secret. */
import { serve as honoServer } from '@hono/node-server';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import aws4 from 'aws4';
import { createSignedFetch } from '../../src';
import { fromNodeRequest, verifyRequest } from '../../src/verify';
import { checkSignature } from '../../recipes/express';
import { serve as serveFastify } from '../../recipes/fastify';
import { serve as serveHono } from '../../recipes/hono-server';
import { serve as serveNode } from '../../recipes/node-server';
import { copy, link } from '../../recipes/s3';
import { closeServer, listenLocally } from '../support/localServer';
import { rawRequest, sendRaw, statusesOf } from '../support/rawHttp';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const options = { credentials: () => keys, region: 'us-east-1', service: 'execute-api' };

type Express = Record<'raw', (options: object) => unknown> &
  (() => { use(...handlers: unknown[]): void; listen(port: number, host: string): Server });

const STARTS: [string, () => Promise<Server>][] = [
  ['node', () => listening(serveNode(options))],
  ...['express-4', 'express-5'].map((version): [string, () => Promise<Server>] => [
    version,
    async () => {
      const { default: express } = (await import(version)) as { default: Express };
      const app = express();
      app.use(express.raw({ type: () => true }));
      app.use(checkSignature(options));
      app.use((_: unknown, response: { send(text: string): void }) => {
        response.send('Hello');
      });
      const server = app.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    },
  ]),
  [
    'hono',
    async () => {
      const server = honoServer({ fetch: serveHono(options).fetch, port: 0, hostname: '127.0.0.1' }) as Server;
      if (!server.listening) await once(server, 'listening');
      return server;
    },
  ],
  [
    'fastify',
    async () => {
      const app = serveFastify(options);
      await app.listen({ port: 0, host: '127.0.0.1' });
      return app.server;
    },
  ],
];

async function listening(server: Server): Promise<Server> {
  await listenLocally(server);
  return server;
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as { port: number }).port}`;

test.each(STARTS)('%s', async (_, start) => {
  const server = await start();
  const send = (secretAccessKey: string, init?: RequestInit) =>
    createSignedFetch({ credentials: { ...keys, secretAccessKey } })(`${urlOf(server)}/dev/notes?a=1`, init);
  const post = { method: 'POST', body: '{"text": "é"}', headers: { 'content-type': 'application/json' } };
  for (const init of [undefined, post]) {
    const response = await send(keys.secretAccessKey, init);
    expect([response.status, await response.text()]).toEqual([200, expect.stringMatching(/^Hello/)]);
    expect((await send('x'.repeat(40), init)).status).toBe(403);
  }
  const unsigned = await fetch(urlOf(server), post);
  expect(unsigned.status).toBe(403);
  await closeServer(server);
});

test('hono’s handler can read the body that was verified', async () => {
  const request = { method: 'POST', body: '{"text":"é"}' };
  const signedFetch = createSignedFetch({
    credentials: keys,
    fetch: (url, init) => Promise.resolve(serveHono(options).fetch(new Request(url, init))),
  });
  const response = await signedFetch('https://api.example.com/dev/notes', request);
  expect(await response.text()).toBe('Hello AKIDEXAMPLE. {"text":"é"}');
});

/** Spellings of `/notes` for the signature, and of another route for a router: URL resolves the first kind, and Hono's requests have one. */
const SPELLINGS = ['/admin/../notes', '/admin//../../notes', '/./notes', '//notes', '//admin/..//notes'];

test.each(STARTS)(
  'a signature is good for the path that is routed, and for no other spelling: %s',
  async (name, start) => {
    const server = await start();
    const { host, port } = new URL(urlOf(server));
    const signed = aws4.sign({ host, path: '/notes', service: 'execute-api', region: 'us-east-1' }, keys);
    const headers = { ...(signed.headers as Record<string, string>), Connection: 'close' };
    const statusOf = async (target: string) =>
      statusesOf(await sendRaw(Number(port), rawRequest(`GET ${target}`, headers)))[0];
    expect(await statusOf('/notes')).toBe(200);
    const statuses = await Promise.all(SPELLINGS.map(async (target) => [target, await statusOf(target)]));
    const isResolved = (target: string) => name === 'hono' && !target.startsWith('//');
    expect(statuses).toEqual(SPELLINGS.map((target) => [target, isResolved(target) ? 200 : 403]));
    await closeServer(server);
  },
);

test('S3, signed and by a link, at a server that verifies as S3 does', async () => {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const body = await buffer(request);
      const result = await verifyRequest(fromNodeRequest(request, { body }), { ...options, service: 's3' });
      const { pathname } = new URL(request.url!, 'http://unused');
      if (result.ok && request.method === 'PUT') objects.set(pathname, body);
      response.writeHead(result.ok ? 200 : 403).end(result.ok ? objects.get(pathname) : result.code);
    };
    answer().catch(() => response.writeHead(500).end());
  });
  const { url } = await listenLocally(server);
  expect(await copy(keys, `${url}/bucket`, 'Grüße')).toBe('Grüße');
  expect([...objects.keys()]).toEqual(['/bucket/notes/1.txt']);
  const uploaded = await fetch(link(keys, `${url}/bucket`, 'PUT'), { method: 'PUT', body: 'anew' });
  expect(uploaded.status).toBe(200);
  expect(await (await fetch(link(keys, `${url}/bucket`, 'GET'))).text()).toBe('anew');
  expect((await fetch(link(keys, `${url}/bucket`, 'GET'), { method: 'DELETE' })).status).toBe(403);
  await closeServer(server);
});
