/** The class for libraries that take a WebSocket constructor: one signed connection each. */
import { WebSocket } from 'ws';
import { createClient } from 'graphql-ws';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import ReconnectingSocket from 'partysocket/ws';
import { WebSocketServer } from 'ws';
import { SignedWebSocket } from '../../src/socket';
import { fromNodeRequest, verifyRequest } from '../../src/verify';
import { endLater, startApi, startCuttingProxy } from '../support/socketHarness';

const KEYS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'a/token+=',
};

/** A server of WebSockets that lets in who has signed with KEYS, as an IAM authorizer does. */
async function startSignedServer(handleProtocols?: (protocols: Set<string>) => string | false) {
  const http = createServer();
  const server = new WebSocketServer({ noServer: true, ...(handleProtocols && { handleProtocols }) });
  const signers: string[] = [];
  http.on('upgrade', (request, socket, head) => {
    void verifyRequest(fromNodeRequest(request, { body: '' }), {
      credentials: (id) => (id === KEYS.accessKeyId ? KEYS : undefined),
      region: 'us-east-1',
      service: 'execute-api',
    }).then((result) => {
      if (!result.ok) {
        socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      signers.push(result.path);
      server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request));
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  endLater(() => {
    for (const client of server.clients) client.terminate();
    http.close();
  });
  return { server, signers, url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/graphql` };
}

const Signed = SignedWebSocket.with({ credentials: KEYS, region: 'us-east-1', WebSocket });

it('has the interface of a WebSocket', async () => {
  const { server, url } = await startSignedServer((protocols) => [...protocols].at(-1)!);
  server.on('connection', (client) => {
    client.on('message', (data: Buffer, isBinary) => {
      client.send(data, { binary: isBinary });
    });
  });
  expect([Signed.CONNECTING, Signed.OPEN, Signed.CLOSING, Signed.CLOSED]).toEqual([0, 1, 2, 3]);
  const socket = new Signed(url, ['one', 'two']);
  expect(socket).toBeInstanceOf(SignedWebSocket);
  expect([socket.url, socket.readyState, socket.protocol, socket.bufferedAmount]).toEqual([url, 0, '', 0]);
  expect(() => {
    socket.send('early');
  }).toThrow('send: expected a socket that is open, got');
  socket.binaryType = 'arraybuffer';
  await new Promise((done) => {
    socket.addEventListener('open', done);
  });
  expect([socket.readyState, socket.protocol, socket.extensions]).toEqual([1, 'two', '']);
  const next = () =>
    new Promise<unknown>((resolve) => {
      socket.onmessage = ({ data }) => {
        resolve(data);
      };
    });
  socket.send('text');
  expect(await next()).toBe('text');
  socket.send(Uint8Array.of(1, 2));
  expect(await next()).toEqual(Uint8Array.of(1, 2).buffer);
  socket.close(4000, 'bye');
  expect(socket.readyState).toBe(2);
  const { code, reason, wasClean } = await new Promise<{ code: number; reason: string; wasClean: boolean }>((done) => {
    socket.onclose = done;
  });
  expect({ code, reason, wasClean, state: socket.readyState }).toEqual({
    code: 4000,
    reason: 'bye',
    wasClean: true,
    state: 3,
  });
  socket.send('late'); // dropped, as by a WebSocket
});

it('is closed before it is open, while credentials are waited for', async () => {
  let give: (() => void) | undefined;
  const Waiting = SignedWebSocket.with({
    WebSocket,
    credentials: () =>
      new Promise(
        (resolve) =>
          (give = () => {
            resolve(KEYS);
          }),
      ),
  });
  const { server, url } = await startSignedServer();
  const told: string[] = [];
  const socket = new Waiting(url);
  socket.onerror = ({ error }) => told.push(error.message);
  const closed = new Promise((done) => {
    socket.addEventListener('close', done);
  });
  await new Promise((done) => setImmediate(done));
  socket.close();
  give?.();
  expect(await closed).toMatchObject({ code: 1006, wasClean: false });
  expect(told).toEqual([`The connection to ${url} was closed before it was open.`]);
  expect(server.clients.size).toBe(0);
});

it('tells why a connection was refused, where a page is told 1006', async () => {
  const { api, credentials } = await startApi();
  const Wrong = SignedWebSocket.with({ WebSocket, credentials: { ...credentials, sessionToken: undefined } });
  const socket = new Wrong(api.url);
  const { error } = await new Promise<{ error: Error }>((done) => (socket.onerror = done));
  expect(error).toMatchObject({ name: 'RequestError', explanation: { code: 'TokenMissing' } });
});

it('serves graphql-ws, which connects anew by itself, signed each time', async () => {
  const { server, signers, url } = await startSignedServer(() => 'graphql-transport-ws');
  const schema = buildSchema('type Query { a: Int } type Subscription { count: Int }');
  let value = 0;
  const roots = {
    subscription: {
      count: async function* () {
        for (;;) {
          await new Promise((done) => setTimeout(done, 1));
          yield { count: ++value };
        }
      },
    },
  };
  const serving = useServer({ schema, roots }, server);
  endLater(() => serving.dispose());
  const client = createClient({
    url,
    webSocketImpl: Signed,
    retryAttempts: 5,
    retryWait: () => Promise.resolve(),
    shouldRetry: () => true,
  });
  endLater(() => client.dispose());
  const counts = client.iterate<{ count: number }>({ query: 'subscription { count }' });
  const next = async () => ((await counts.next()).value as { data: { count: number } }).data.count;
  const first = await next();
  for (const connection of server.clients) connection.terminate();
  let last = first;
  while (signers.length < 2) last = await next();
  expect(last).toBeGreaterThanOrEqual(first);
  await counts.return?.();
});

it('serves partysocket, which passes its events on and connects anew by itself', async () => {
  const { api, credentials } = await startApi();
  const proxy = await startCuttingProxy(api.url);
  const WebSocketClass = SignedWebSocket.with({ WebSocket, credentials });
  const socket = new ReconnectingSocket(proxy.url, [], {
    WebSocket: WebSocketClass,
    minReconnectionDelay: 5,
    maxReconnectionDelay: 5,
  });
  endLater(() => {
    socket.close();
  });
  const got: string[] = [];
  socket.addEventListener('message', ({ data }) => got.push(String(data)));
  const open = () =>
    new Promise((done) => {
      socket.addEventListener('open', done, { once: true });
    });
  await open();
  socket.send('one');
  while (got.length < 1) await new Promise((done) => setTimeout(done, 1));
  const again = open();
  proxy.cut();
  await again;
  socket.send('two');
  while (got.length < 2) await new Promise((done) => setTimeout(done, 1));
  expect(got).toEqual(['one', 'two']);
});
