/** Requests of Node's servers and of the frameworks on them, as those hand them on. */
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import type { Server } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { getRequestListener } from '@hono/node-server';
import aws4 from 'aws4';
import fastify from 'fastify';
import { Hono } from 'hono';
import { fromNodeRequest, verifyRequest } from '../../src/verify';
import type { FastifyLikeRequest, IncomingRequest, NodeRequestOptions } from '../../src/verify';
import { listenLocally } from '../support/localServer';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

/** What a server answers: the verified target, the refusal's code, or the error's text. */
async function answerOf(request: IncomingRequest | FastifyLikeRequest, options?: NodeRequestOptions): Promise<string> {
  try {
    const credentials = (id: string) => (id === keys.accessKeyId ? keys : undefined);
    const result = await verifyRequest(fromNodeRequest(request, options), { credentials, service: 'execute-api' });
    return result.ok ? `${result.method} ${result.target}` : result.code;
  } catch (error) {
    return (error as Error).message;
  }
}

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});
async function start(server: Server): Promise<string> {
  servers.push(server);
  return (await listenLocally(server)).url;
}
const listen = (listener: RequestListener): Promise<string> => start(createServer(listener));

/** Signs with aws4, sends, and gives the answer. `sent` replaces the body on the way. */
async function ask(url: string, path: string, body?: string, sent = body, type = 'application/json'): Promise<string> {
  const { host } = new URL(url);
  const method = body === undefined ? 'GET' : 'PUT';
  const asked = { host, path, method, service: 'execute-api', region: 'us-east-1' };
  const signed = aws4.sign(body === undefined ? asked : { ...asked, body, headers: { 'content-type': type } }, keys);
  const { Host: _, 'Content-Length': __, ...headers } = signed.headers as Record<string, string>;
  return (
    await fetch(url + path, { method, headers: { ...headers, connection: 'close' }, ...(sent && { body: sent }) })
  ).text();
}

const PATH = '/api/notes?b=2&a=1&a=0';
const BODY = '{"content":"Grüße"}';

/** Each server verifies below `/api`, as its users write it. */
const SERVERS: [string, () => Promise<string>][] = [
  [
    'node:http',
    () =>
      listen((request, response) => {
        void buffer(request)
          .then((body) => answerOf(request, { body }))
          .then((answer) => response.end(answer));
      }),
  ],
  ...['express-4', 'express-5'].map((version): [string, () => Promise<string>] => [
    `${version}, in a mounted router`,
    () => {
      const express = jest.requireActual<Express>(version);
      const router = express.Router();
      router.use(express.raw({ type: () => true }));
      router.use((request: IncomingRequest, response: { send: (text: string) => void }) => {
        void answerOf(request).then((answer) => {
          response.send(answer);
        });
      });
      return listen(express().use('/api', router));
    },
  ]),
  [
    'Fastify, with a rewritten url',
    async () => {
      const app = fastify({ rewriteUrl: ({ url }) => url!.replace('/api', '') });
      app.removeAllContentTypeParsers();
      app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => {
        done(null, body);
      });
      app.all('/notes', (request) => answerOf(request));
      await app.ready();
      return start(app.server);
    },
  ],
  [
    'Hono',
    () => {
      const app = new Hono<{ Bindings: { incoming: IncomingRequest } }>();
      app.all('/api/notes', async ({ env, req, text: reply }) => {
        return reply(await answerOf(env.incoming, { body: await req.arrayBuffer() }));
      });
      return listen((request, response) => void getRequestListener(app.fetch)(request, response));
    },
  ],
];

interface Express {
  (): { use: (path: string, router: unknown) => RequestListener };
  Router: () => { use: (handler: unknown) => void };
  raw: (options: { type: () => boolean }) => unknown;
  json: () => unknown;
}

describe.each(SERVERS)('%s', (_, startServer) => {
  it('hands on what was signed', async () => {
    const url = await startServer();
    expect(await ask(url, PATH)).toBe(`GET ${PATH}`);
    expect(await ask(url, PATH, BODY)).toBe(`PUT ${PATH}`);
  });

  it('hands on what was changed', async () => {
    const url = await startServer();
    expect(await ask(url, PATH, BODY, BODY.replace('G', 'g'))).toBe('SignatureMismatch');
  });
});

test.each(['express-4', 'express-5'])(
  'what a parser of %s has made of a body is none that was received, and is refused, whichever bodies it parses',
  async (version) => {
    const express = jest.requireActual<Express>(version);
    const router = express.Router();
    router.use(express.json());
    router.use((request: IncomingRequest, response: { send: (text: string) => void }) => {
      void answerOf(request).then((answer) => {
        response.send(answer);
      });
    });
    const url = await listen(express().use('/api', router));
    expect(await ask(url, PATH, BODY)).toBe('BodyMismatch');
    expect(await ask(url, PATH, BODY, '{}')).toBe('BodyMismatch');
    expect(await ask(url, PATH, BODY, BODY, 'text/plain')).toBe('BodyMismatch');
    expect(await ask(url, PATH)).toBe(`GET ${PATH}`);
  },
);

test('the bytes that something keeps go before what a parser has made of them', async () => {
  const url = await listen((request, response) => {
    void buffer(request)
      .then((rawBody) => answerOf(Object.assign(request, { rawBody, body: JSON.parse(rawBody.toString()) as object })))
      .then((answer) => response.end(answer));
  });
  expect(await ask(url, PATH, BODY)).toBe(`PUT ${PATH}`);
});

test('a body that nobody has read is no empty one', async () => {
  const url = await listen((request, response) => {
    void answerOf(request).then((answer) => response.end(answer));
  });
  expect(await ask(url, PATH, BODY)).toBe('BodyMismatch');
  expect(await ask(url, PATH)).toBe(`GET ${PATH}`);
});

test('over HTTP/2, a request without a body needs none stated, and one with a body does', async () => {
  const server = createHttp2Server((request, response) => {
    void answerOf(request).then((answer) => {
      response.end(answer);
    });
  });
  const url = await start(server);
  const { host } = new URL(url);
  const signed = aws4.sign({ host, path: PATH, service: 'execute-api', region: 'us-east-1' }, keys);
  const { Host: _, ...headers } = signed.headers as Record<string, string>;
  const session = connectHttp2(url);
  const request = { ':path': PATH, ...headers };
  expect(await text(session.request(request))).toBe(`GET ${PATH}`);
  const stream = session.request(request, { endStream: false });
  expect(await text(stream.end('a body that nobody signed'))).toBe('BodyMismatch');
  session.close();
});

test.each<[string, unknown, object | undefined, string, string?]>([
  ['a standard Request', new Request('https://example.com'), undefined, 'request: expected a request of Node’s'],
  ['nothing', undefined, undefined, 'request: expected a request of Node’s'],
  ['what has no method', { url: '/', rawHeaders: [] }, undefined, 'request: expected a request of Node’s'],
  ['what has no target', { method: 'GET', rawHeaders: [] }, undefined, 'request: expected a request of Node’s'],
  ['what has no raw headers', { method: 'GET', url: '/' }, undefined, 'request: expected a request of Node’s'],
  [
    'an unknown option',
    { method: 'GET', url: '/', rawHeaders: [] },
    { rawBody: '' },
    'rawBody: expected',
    'InvalidOption',
  ],
])('%s is named', (_, request, options, text, code = 'InvalidRequest') => {
  const message = expect.stringContaining(text.replace('’', "'")) as string;
  expect(() => fromNodeRequest(request as IncomingRequest, options as NodeRequestOptions)).toThrow(
    expect.objectContaining({ name: 'VerifyError', code, message }) as Error,
  );
});
