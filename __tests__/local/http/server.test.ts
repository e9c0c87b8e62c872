import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { listen } from '../../../src/local/http';
import type { LocalHandler, LocalServer } from '../../../src/local/http';

let server: LocalServer | undefined;
afterEach(() => server?.close());

async function serve(handler: LocalHandler, onError?: (error: unknown) => void): Promise<string> {
  server = await listen(handler, 0, onError === undefined ? {} : { onError });
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
  await aborted;
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
  await expect(listen(() => new Response(null), server!.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
