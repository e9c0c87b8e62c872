/** What a socket does at its edges: bytes, waits, redirects, signals. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { createSignedSocket } from '../../src/socket';
import { endLater, openSocket, startApi, startCuttingProxy } from '../support/socketHarness';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

async function startEcho() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer, isBinary) => {
      socket.send(data, { binary: isBinary });
    });
  });
  endLater(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  return { server, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

async function startHttp(listener: RequestListener) {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endLater(() => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('sends bytes as they were when they were given, and gives bytes in the wanted form on each connection', async () => {
  const { server, url } = await startEcho();
  const { socket, until } = openSocket({ url, credentials: KEYS });
  socket.binaryType = 'arraybuffer';
  const got: unknown[] = [];
  socket.addEventListener('message', ({ data }) => got.push(data));
  const bytes = Uint8Array.of(0, 1, 2, 3);
  socket.send(bytes.subarray(1, 3));
  bytes.fill(9);
  await until('message [object ArrayBuffer]');
  for (const client of server.clients) client.terminate();
  await until('reconnecting 1');
  socket.send(Uint8Array.of(7).buffer);
  await until('message [object ArrayBuffer]', 2);
  expect(got).toEqual([Uint8Array.of(1, 2).buffer, Uint8Array.of(7).buffer]);
  expect(socket.binaryType).toBe('arraybuffer');
});

it('waits at random below limits that double, up to the longest', async () => {
  const { api, credentials } = await startApi();
  const proxy = await startCuttingProxy(api.url);
  proxy.refuse(true);
  const reconnect = { attempts: 9, baseDelay: 4, maxDelay: 16 };
  const { socket, until } = openSocket({ url: proxy.url, credentials, reconnect });
  const delays: number[] = [];
  socket.addEventListener('reconnecting', ({ delay }) => delays.push(delay));
  await until('close 1006');
  expect(delays).toHaveLength(8);
  for (const [i, delay] of delays.entries()) expect(delay).toBeLessThan(Math.min(16, 4 * 2 ** i));
  expect(new Set(delays).size).toBe(8);
});

it('counts failures anew after a connection that has lasted', async () => {
  const { api, credentials } = await startApi();
  const proxy = await startCuttingProxy(api.url);
  const { until, told } = openSocket({ url: proxy.url, credentials, reconnect: { baseDelay: 1, maxDelay: 1 } });
  for (const round of [1, 2, 3]) {
    await until('open', round);
    await new Promise((done) => setTimeout(done, 20));
    proxy.cut();
  }
  await until('open', 4);
  expect(told.filter((text) => text !== 'reconnecting 1')).toEqual(['open', 'open', 'open', 'open']);
});

it('does not follow a redirect with the signed address, which holds the session token', async () => {
  const seen: string[] = [];
  const other = await startHttp((request, response) => {
    seen.push(request.url!);
    response.end();
  });
  const host = await startHttp((request, response) => {
    response.writeHead(302, { location: `http://${other}${request.url!}` }).end();
  });
  const { until, told } = openSocket({ url: `ws://${host}/`, credentials: KEYS, reconnect: false });
  await until('close 1006');
  expect(told).toEqual(['error RequestError NetworkError', 'close 1006']);
  expect(seen).toEqual([]);
});

it('is closed by its signal, also before it begins', async () => {
  const { api, credentials } = await startApi();
  const stopping = new AbortController();
  const { until, told } = openSocket({ url: api.url, credentials, signal: stopping.signal });
  await until('open');
  stopping.abort();
  await until('close 1000');
  expect(told).toEqual(['open', 'close 1000']);
  const late = openSocket({ url: api.url, credentials, signal: stopping.signal });
  await late.until('close 1005');
  expect(late.told).toEqual(['close 1005']);
  expect(api.requests).toHaveLength(1);
});

it('keeps on where one listener throws, and reports that as uncaught', async () => {
  const { url } = await startEcho();
  const { socket, until } = openSocket({ url, credentials: KEYS });
  await until('open');
  const uncaught: unknown[] = [];
  const later = jest.spyOn(globalThis, 'queueMicrotask').mockImplementation((act) => {
    try {
      act();
    } catch (error) {
      uncaught.push(error);
    }
  });
  endLater(() => {
    later.mockRestore();
  });
  const mistake = new Error('a mistake');
  socket.onmessage = () => {
    throw mistake;
  };
  const got: unknown[] = [];
  socket.addEventListener('message', ({ data }) => got.push(String(data)));
  socket.send('one');
  socket.send('two');
  await until('message two');
  expect(got).toEqual(['one', 'two']);
  expect(uncaught).toEqual([mistake, mistake]);
});

it('is a SignedSocket with no wait for what was never asked', () => {
  const socket = createSignedSocket({ url: 'wss://example.com', credentials: KEYS, WebSocket });
  socket.close();
  expect([socket.readyState, socket.bufferedAmount, socket.binaryType]).toEqual([socket.CLOSING, 0, 'blob']);
});
