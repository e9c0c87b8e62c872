// What a server hands on: the verifier reads the request just as it stands on the wire.
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { connect } from 'node:net';
import type { Server } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import aws4 from 'aws4';
import { verifyRequest } from '../../src/verify';
import type { VerifyResult, WireRequest } from '../../src/verify';
import { listenLocally } from '../support/localServer';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const verify = (request: WireRequest) =>
  verifyRequest(request, { credentials: (id) => (id === keys.accessKeyId ? keys : undefined), service: 'execute-api' });

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});
async function start(server: Server): Promise<number> {
  servers.push(server);
  return (await listenLocally(server)).port;
}

/** Signed by aws4 for `path`. */
function signedHeaders(
  port: number,
  path = '/',
  request: { method?: string; body?: string; signQuery?: boolean } = {},
) {
  const signed = aws4.sign(
    { host: `127.0.0.1:${port}`, path, service: 'execute-api', region: 'us-east-1', ...request },
    keys,
  );
  return { path: signed.path!, headers: signed.headers as Record<string, string> };
}

/** Sends a request just as given, and gives the whole answer. */
async function sendRaw(port: number, target: string, headers: Record<string, string>, body = ''): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET ${target} HTTP/1.1\r\n${lines.join('')}Connection: close\r\n\r\n${body}`);
  return text(socket);
}

const secret = 'the list of users';
const plain: RequestListener = (incoming, outgoing) => {
  void verify({ method: incoming.method!, target: incoming.url!, headers: incoming.rawHeaders }).then((result) => {
    outgoing.setHeader('connection', 'close');
    if (!result.ok) outgoing.writeHead(403).end(result.code);
    else
      outgoing.end(
        new URL(incoming.url!, 'http://localhost').pathname === '/admin/users' ? secret : `at ${result.path}`,
      );
  });
};

const ROOT_ONLY = [
  'a://x/admin/users',
  'a://../../admin/users',
  'a:/admin/users',
  'http://evil.example/admin/users',
  'http://127.0.0.1/admin/users',
  '/admin/users',
  '//x/admin/users',
  '/\\..\\admin/users',
  '/#/../admin/users',
];

describe('node:http', () => {
  it.each(ROOT_ONLY)('a signature for / is not good for %s', async (target) => {
    const port = await start(createServer(plain));
    const { headers } = signedHeaders(port);
    expect(await sendRaw(port, '/', headers)).toMatch(/ 200 [^]*at \//);
    expect(await sendRaw(port, target, headers)).toMatch(/ 40[03] /);
    const presigned = signedHeaders(port, '/', { signQuery: true });
    const query = presigned.path.slice(1);
    expect(await sendRaw(port, `/${query}`, presigned.headers)).toMatch(/ 200 [^]*at \//);
    expect(await sendRaw(port, target + query, presigned.headers)).toMatch(/ 40[03] /);
  });
});

type Next = () => void;
interface ExpressRequest {
  method: string;
  url: string;
  originalUrl: string;
  rawHeaders: string[];
  body?: Buffer;
}
interface ExpressResponse {
  status(code: number): ExpressResponse;
  send(body: string): void;
}
interface Express {
  (): {
    use(middleware: unknown): void;
    get(path: string, handler: (request: ExpressRequest, response: ExpressResponse) => void): void;
  } & RequestListener;
  raw(options: { type: () => boolean }): unknown;
}

describe.each(['express-4', 'express-5'])('%s', (version) => {
  /** A server as its users write it: checks the signature, then routes. */
  async function startExpress(target: (request: ExpressRequest) => string): Promise<number> {
    const express = jest.requireActual<Express>(version);
    const app = express();
    app.use(express.raw({ type: () => true }));
    app.use(async (request: ExpressRequest, response: ExpressResponse, next: Next) => {
      const { method, rawHeaders: headers, body } = request;
      const result = await verify({ method, target: target(request), headers, body });
      if (!result.ok) {
        response.status(403).send(result.code);
        return;
      }
      request.url = result.target;
      next();
    });
    app.get('/', (_, response) => {
      response.send('at /');
    });
    app.get('/notes', (_, response) => {
      response.send('at /notes');
    });
    app.get(version === 'express-4' ? '/admin/*' : '/admin/*rest', (_, response) => {
      response.send(secret);
    });
    return start(createServer(app));
  }

  it.each(ROOT_ONLY)('a signature for / is not good for %s', async (sent) => {
    for (const target of [(request: ExpressRequest) => request.url, (request: ExpressRequest) => request.originalUrl]) {
      const port = await startExpress(target);
      const { headers } = signedHeaders(port);
      expect(await sendRaw(port, '/', headers)).toMatch(/ 200 [^]*at \/$/);
      expect(await sendRaw(port, sent, headers)).toMatch(/ 40[03] /);
      const presigned = signedHeaders(port, '/', { signQuery: true });
      expect(await sendRaw(port, presigned.path, presigned.headers)).toMatch(/ 200 [^]*at \/$/);
      expect(await sendRaw(port, sent + presigned.path.slice(1), presigned.headers)).toMatch(/ 40[03] /);
    }
  });

  it('what was signed is what is routed, however the path is written', async () => {
    const port = await startExpress((request) => request.originalUrl);
    const { headers } = signedHeaders(port, '/notes');
    for (const sent of [
      '/notes',
      '/admin/../notes',
      '//admin/..//./notes',
      `http://127.0.0.1:${port}/admin/../notes`,
    ]) {
      expect(await sendRaw(port, sent, headers)).toMatch(/ 200 [^]*at \/notes$/);
    }
    const admin = signedHeaders(port, '/admin/users');
    expect(await sendRaw(port, '/admin/users', admin.headers)).toContain(secret);
  });

  it('a body that comes with a GET that was signed without one is refused', async () => {
    const port = await startExpress((request) => request.originalUrl);
    const { headers } = signedHeaders(port, '/notes');
    expect(await sendRaw(port, '/notes', { ...headers, 'Content-Length': '0' })).toMatch(/ 200 /);
    expect(await sendRaw(port, '/notes', { ...headers, 'Content-Length': '4' }, 'body')).toMatch(/ 403 /);
  });
});

describe('HTTP/2', () => {
  async function ask(port: number, headers: Record<string, string>, body?: string): Promise<VerifyResult> {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    try {
      const stream = session.request(headers, { endStream: body === undefined });
      if (body !== undefined) stream.end(body);
      return JSON.parse(await text(stream)) as VerifyResult;
    } finally {
      session.close();
    }
  }
  /** Which of Node's forms of the headers is given to the verifier. */
  async function startHttp2(form: 'rawHeaders' | 'headers'): Promise<number> {
    const answer = async (incoming: Http2ServerRequest, outgoing: Http2ServerResponse) => {
      const headers = form === 'headers' ? incoming.headers : incoming.rawHeaders;
      const body = await buffer(incoming);
      outgoing.end(JSON.stringify(await verify({ method: incoming.method, target: incoming.url, headers, body })));
    };
    return start(createHttp2Server((incoming, outgoing) => void answer(incoming, outgoing)));
  }
  const pseudo = (signed: { path: string; headers: Record<string, string> }, method = 'GET') => {
    const { Host, ...headers } = signed.headers;
    return { ':method': method, ':path': signed.path, ':scheme': 'http', ':authority': Host!, ...headers };
  };

  it.each(['rawHeaders', 'headers'] as const)(':authority stands for host: %s', async (form) => {
    const port = await startHttp2(form);
    const signed = signedHeaders(port, '/notes?a=b');
    const host = `127.0.0.1:${port}`;
    expect(await ask(port, pseudo(signed))).toMatchObject({ ok: true, host, target: '/notes?a=b', method: 'GET' });
    expect(await ask(port, { ...pseudo(signed), host })).toMatchObject({ ok: true });
    const other = { ...pseudo(signed), ':authority': 'evil.example' };
    expect(await ask(port, other)).toMatchObject({ code: 'SignatureMismatch' });
    expect(await ask(port, { ...other, host })).toMatchObject({ code: 'HostMismatch' });
    expect(await ask(port, { ...pseudo(signed), host: 'evil.example' })).toMatchObject({ code: 'SignatureMismatch' });
    expect(await ask(port, { ...pseudo(signed), ':path': '/notes?a=c' })).toMatchObject({ code: 'SignatureMismatch' });
  });

  it('the body of a GET is covered', async () => {
    const port = await startHttp2('rawHeaders');
    const signed = signedHeaders(port, '/notes', { method: 'GET', body: '{"a":1}' });
    expect(await ask(port, pseudo(signed), '{"a":1}')).toMatchObject({ ok: true });
    expect(await ask(port, pseudo(signed), '{"a":2}')).toMatchObject({ ok: false });
    expect(await ask(port, pseudo(signedHeaders(port, '/notes')), '{"a":1}')).toMatchObject({
      code: 'SignatureMismatch',
    });
  });
});
