import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { awsJsonHandler, listen } from '../../../src/local/http';
import type { ListenOptions, LocalHandler, LocalServer } from '../../../src/local/http';

let server: LocalServer | undefined;
afterEach(() => server?.close());

async function serve(
  handler: LocalHandler,
  onError?: (error: unknown) => void,
  options: ListenOptions = {},
): Promise<string> {
  server = await listen(handler, 0, onError === undefined ? options : { ...options, onError });
  return server.url;
}

/** Sends bytes as they stand and returns everything that comes back. */
async function raw(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.end(bytes);
  return text(socket);
}

it('listens on 127.0.0.1 at a free port', async () => {
  const url = await serve(() => new Response('hello'));
  expect(url).toBe(`http://127.0.0.1:${server!.port}`);
  expect(await (await fetch(url)).text()).toBe('hello');
});

it('does not hang up on idle connections, which would lose requests of a busy process', async () => {
  const { headers } = await fetch(await serve(() => new Response('hello')));
  expect(headers.get('connection')).toBe('keep-alive');
  expect(headers.get('keep-alive')).toBeNull();
});

it('shows the handler method, address, headers and body', async () => {
  const url = await serve(async (request) =>
    Response.json([request.method, request.url, request.headers.get('x-one'), await request.text()]),
  );
  const response = await fetch(`${url}/a/b?c=d`, { method: 'PUT', headers: { 'X-One': '1' }, body: 'grüße' });
  expect(await response.json()).toEqual(['PUT', `${url}/a/b?c=d`, '1', 'grüße']);
});

it('keeps the wire’s target, header lines and body where a Request cannot', async () => {
  const url = await serve((_, { rawPath, rawHeaders, rawBody }) =>
    Response.json({ rawPath, rawHeaders, rawBody: Buffer.from(rawBody).toString() }),
  );
  const answer = await raw(
    url,
    'GET /a/../b//c?x=%7e&y HTTP/1.1\r\nHost: h\r\nX-Two: 1\r\nx-two: 2\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc',
  );
  expect(JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1))).toEqual({
    rawPath: '/a/../b//c?x=%7e&y',
    rawHeaders: [
      ['Host', 'h'],
      ['X-Two', '1'],
      ['x-two', '2'],
      ['Content-Length', '3'],
      ['Connection', 'close'],
    ],
    rawBody: 'abc',
  });
});

it.each([
  'GET a://x/ HTTP/1.1\r\nHost: h',
  'GET * HTTP/1.1\r\nHost: h',
  'GET /a#b HTTP/1.1\r\nHost: h',
  'GET http://other/ HTTP/1.1\r\nHost: h',
  'GET / HTTP/1.1\r\nHost: h\r\nHost: h',
  'GET / HTTP/1.1\r\nHost: user@h',
  'GET / HTTP/1.1\r\nHost: ',
  'GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked',
  'GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked',
  'TRACE / HTTP/1.1\r\nHost: h',
])('refuses what two servers may read differently, and closes: %j', async (head) => {
  let calls = 0;
  const url = await serve(() => {
    calls++;
    return new Response('reached');
  });
  const answer = await raw(url, `${head}\r\n\r\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*connection: close/i);
  expect(answer.match(/HTTP\/1\.1 /g)).toHaveLength(1);
  expect(calls).toBe(0);
});

it('takes a target of absolute form, of the host that Host names', async () => {
  const url = await serve((request) => new Response(request.url));
  const answer = await raw(url, 'GET HTTP://H:80/a?b=c HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n');
  expect(answer).toContain('http://h/a?b=c');
});

describe('the limit of bodies', () => {
  const handler: LocalHandler = (_, { rawBody, isTooLarge }) =>
    new Response(`${rawBody.length}`, { status: isTooLarge ? 413 : 200 });
  const sendBody = (url: string, body: string, inChunks: boolean): Promise<string> => {
    const framing = inChunks ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
    const sent = inChunks ? `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body;
    return raw(url, `POST / HTTP/1.1\r\nHost: h\r\n${framing}\r\nConnection: close\r\n\r\n${sent}`);
  };

  it.each([false, true])('holds to the byte: in chunks %p', async (inChunks) => {
    const url = await serve(handler, undefined, { maxBody: 1000 });
    expect(await sendBody(url, 'x'.repeat(1000), inChunks)).toMatch(/^HTTP\/1\.1 200 [^]*1000/);
    expect(await sendBody(url, 'x'.repeat(1001), inChunks)).toMatch(/^HTTP\/1\.1 413 [^]*\r\n0$/);
  });

  it('holds before a body is asked for with 100 Continue', async () => {
    const url = await serve(handler, undefined, { maxBody: 10 });
    const head = 'POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: ';
    expect(await raw(url, `${head}11\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
    expect(await raw(url, `${head}10\r\n\r\n0123456789`)).toMatch(/^HTTP\/1\.1 100 [^]*HTTP\/1\.1 200 /);
  });

  it('is small where AWS JSON is spoken', async () => {
    const operations = { Echo: (input: object) => input };
    const url = await serve(awsJsonHandler({ service: 'S', operations, now: () => new Date() }));
    const ask = (length: number) =>
      fetch(url, {
        method: 'POST',
        headers: { 'x-amz-target': 'S.Echo' },
        body: JSON.stringify({ a: 'x'.repeat(length) }),
      });
    expect((await ask(1_000_000)).status).toBe(200);
    const refused = await ask(1_100_000);
    expect([refused.status, refused.headers.get('x-amzn-errortype')]).toEqual([413, 'RequestEntityTooLargeException:']);
  });
});

it.each([
  ['a head', 'POST / HTTP/1.1\r\nHost: h\r\n'],
  ['a body', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n0123'],
  ['chunks', 'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n'],
])('gives up on %s that never ends, and goes on answering others', async (_, bytes) => {
  const handler = (): Response => new Response('hello');
  const url = await serve(handler, () => undefined, { headersTimeout: 100, requestTimeout: 100 });
  const socket = connect(server!.port, '127.0.0.1');
  socket.write(bytes); // and the socket stays open
  const answer = text(socket);
  expect(await (await fetch(url)).text()).toBe('hello');
  expect(await answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(await (await fetch(url)).text()).toBe('hello');
});

it.each(['3', '8'])('sends no answer of another length than its headers say: %s for 5 bytes', async (length) => {
  const errors: unknown[] = [];
  const url = await serve(
    () => new Response('12345', { headers: { 'content-length': length } }),
    (error) => errors.push(error),
  );
  const request = 'GET / HTTP/1.1\r\nHost: h\r\n\r\n';
  expect(await raw(url, request + request)).not.toMatch(/1234[^]*HTTP\/1\.1/);
  expect(errors[0]).toMatchObject({ code: 'ERR_HTTP_CONTENT_LENGTH_MISMATCH' });
});

it('sends status, repeated cookies and binary bodies', async () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251);
  const headers = new Headers([
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
  ]);
  const url = await serve(() => new Response(bytes, { status: 201, headers }));
  const response = await fetch(url);
  expect(response.status).toBe(201);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
});

it('sends no body in answer to HEAD', async () => {
  const url = await serve(() => new Response('body', { headers: { 'X-Is': 'there' } }));
  const response = await fetch(url, { method: 'HEAD' });
  expect([response.headers.get('x-is'), await response.text()]).toEqual(['there', '']);
});

it('tells onError of a thrown error, and the client nothing but 500', async () => {
  const errors: unknown[] = [];
  const failure = new Error('a detail');
  const url = await serve(
    () => {
      throw failure;
    },
    (error) => errors.push(error),
  );
  const response = await fetch(url, { headers: { Origin: 'http://app.example.com' } });
  expect(response.status).toBe(500);
  expect(await response.json()).toEqual({ message: 'Internal server error' });
  expect(response.headers.get('access-control-allow-origin')).toBe('http://app.example.com');
  expect(errors).toEqual([failure]);
});

it('aborts the request’s signal when the client hangs up', async () => {
  let aborted!: Promise<void>;
  const arrived = new Promise<void>((resolve) => {
    void serve(
      (request) =>
        new Promise((answer) => {
          aborted = new Promise((done) => {
            request.signal.addEventListener('abort', () => {
              answer(new Response(null));
              done();
            });
          });
          resolve();
        }),
    ).then((url) => {
      const outgoing = httpRequest(url).on('error', () => undefined);
      outgoing.end();
      void arrived.then(() => outgoing.destroy());
    });
  });
  await arrived;
  await expect(aborted).resolves.toBeUndefined();
});

it('ends idle connections and requests under way on close, and closes twice without complaint', async () => {
  const hanging = new Promise<Response>(() => undefined);
  const url = await serve((request) => (request.url.endsWith('/hang') ? hanging : new Response('hello')));
  const ends = await Promise.all(
    ['/', '/hang'].map(async (path) => {
      const socket = connect(server!.port, '127.0.0.1');
      socket.on('error', () => undefined).resume();
      const ended = new Promise((resolve) => socket.once('close', resolve));
      await new Promise((resolve) => socket.write(`GET ${path} HTTP/1.1\r\nHost: h\r\n\r\n`, resolve));
      return { ended };
    }),
  );
  await (await fetch(url)).text();
  await Promise.all([server!.close(), server!.close()]);
  await Promise.all(ends.map(({ ended }) => ended));
  await expect(fetch(url)).rejects.toThrow();
});

it.each([-1, 65536, 1.5, NaN])('refuses the port %p', async (port) => {
  await expect(listen(() => new Response(null), port)).rejects.toMatchObject({
    code: 'InvalidOption',
    message: `port: expected a whole number from 0 to 65535, got ${port}`,
  });
});

it('rejects when the port is taken', async () => {
  await serve(() => new Response(null));
  await expect(listen(() => new Response(null), server!.port)).rejects.toMatchObject({ code: 'PortInUse' });
});
