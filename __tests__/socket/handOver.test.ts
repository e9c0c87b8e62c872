/** A connection that takes over from another: nothing is lost, doubled or out of order, either way. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { createSignedSocket } from '../../src/socket';
import type { NewConnection, SignedSocketOptions } from '../../src/socket';
import { endLater, openSocket, startApi, watchSocket } from '../support/socketHarness';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

/** A server that counts: whoever has asked last, from a number on, gets one number after the other. It keeps what it is told. */
async function startCounter() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const heard: number[] = [];
  let connections = 0;
  let subscriber: WebSocket | undefined;
  let next = 0;
  server.on('connection', (socket) => {
    connections++;
    socket.on('message', (data: Buffer) => {
      const { from, said } = JSON.parse(data.toString('utf8')) as { from?: number; said?: number };
      if (said !== undefined) heard.push(said);
      if (from === undefined) return;
      subscriber = socket;
      next = Math.max(next, from);
      socket.send('subscribed');
    });
  });
  const timer = setInterval(() => {
    if (subscriber?.readyState === 1) subscriber.send(String(next++));
  }, 1);
  endLater(() => {
    clearInterval(timer);
    for (const client of server.clients) client.terminate();
    return new Promise((done) => {
      server.close(done);
    });
  });
  const { port } = server.address() as AddressInfo;
  return { url: `ws://127.0.0.1:${port}`, heard, connections: () => connections };
}

it('passes on every message once and in order while ten connections follow one another', async () => {
  const { url, heard, connections } = await startCounter();
  const got: number[] = [];
  const whys: string[] = [];
  const resume = async ({ why, number, send, receive }: NewConnection) => {
    whys.push(`${number} ${why}`);
    send(JSON.stringify({ from: 0 }));
    expect(await receive()).toEqual(expect.anything());
  };
  const { socket, until, told } = openSocket({ url, credentials: KEYS, handOver: { after: 30 }, resume });
  socket.addEventListener('message', ({ data }) => got.push(Number(String(data))));
  await until('open');
  let said = 0;
  while (connections() < 10) {
    socket.send(JSON.stringify({ said: said++ }));
    await new Promise((done) => setTimeout(done, 2));
  }
  socket.send(JSON.stringify({ said: said++ }));
  while (heard.length < said) await new Promise((done) => setTimeout(done, 2));

  expect(heard).toEqual(Array.from({ length: said }, (_, i) => i));
  expect(got.length).toBeGreaterThan(50);
  expect(got).toEqual(Array.from({ length: got.length }, (_, i) => i));
  expect(whys.slice(0, 3)).toEqual(['1 first', '2 handOver', '3 handOver']);
  expect(told.filter((text) => !text.startsWith('message '))).toEqual(['open']);
});

it('goes on with the connection that it has where the next one cannot be made, and tries again', async () => {
  const { api, credentials } = await startApi();
  let fails = true;
  const resume: NonNullable<SignedSocketOptions['resume']> = ({ why }) => {
    if (why === 'handOver' && fails) throw new Error('not yet');
  };
  const { socket, until, told } = openSocket({ url: api.url, credentials, handOver: { after: 20 }, resume });
  await until('error Error ', 2);
  socket.send('still here');
  await until('message still here');
  expect(socket.readyState).toBe(socket.OPEN);
  fails = false;
  const [former] = api.connectionIds;
  while (api.connectionIds.includes(former!)) await new Promise((done) => setTimeout(done, 2));
  socket.send('on another');
  await until('message on another');
  expect(told.filter((text) => /^(open|close|reconn)/.test(text))).toEqual(['open']);
});

it('takes over from a connection that is lost meanwhile', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const accepted: WebSocket[] = [];
  server.on('connection', (connection) => {
    accepted.push(connection);
    connection.on('message', (data: Buffer) => {
      connection.send(data.toString('utf8'));
    });
  });
  endLater(() => {
    for (const client of server.clients) client.terminate();
    return new Promise((done) => {
      server.close(done);
    });
  });
  const { port } = server.address() as AddressInfo;
  let begin = (): void => undefined;
  const hasBegun = new Promise<void>((done) => (begin = done));
  let goOn = (): void => undefined;
  const mayGoOn = new Promise<void>((done) => (goOn = done));
  const { socket, until, told } = openSocket({
    url: `ws://127.0.0.1:${port}`,
    credentials: KEYS,
    handOver: { after: 20 },
    resume: ({ why }) => {
      if (why !== 'handOver') return undefined;
      begin();
      return mayGoOn;
    },
  });
  await hasBegun;
  accepted[0]!.close(1001, 'Going away'); // as API Gateway does after two hours
  while (socket.readyState === socket.OPEN) await new Promise((done) => setTimeout(done, 2));
  socket.send('after');
  goOn();
  await until('open', 2);
  await until('message after');
  expect(told.filter((text) => /^(error|reconnecting|close)/.test(text))).toEqual([]);
});

it('connects anew where the next connection is lost while the former one is being closed', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const accepted: WebSocket[] = [];
  server.on('connection', (connection) => {
    if (accepted.push(connection) === 1) connection.pause(); // it does not see the closing frame yet
  });
  endLater(() => {
    for (const client of server.clients) client.terminate();
    return new Promise((done) => {
      server.close(done);
    });
  });
  const made: WebSocket[] = [];
  let closing = (): void => undefined;
  const isClosing = new Promise<void>((done) => (closing = done));
  class Observed extends WebSocket {
    constructor(url: string, protocols?: string | string[]) {
      super(url, protocols);
      made.push(this);
    }
    override close(code?: number, reason?: string): void {
      super.close(code, reason);
      closing();
    }
  }
  const { port } = server.address() as AddressInfo;
  const url = `ws://127.0.0.1:${port}`;
  const options = { handOver: { after: 20 }, reconnect: { baseDelay: 2 ** 30, maxDelay: 2 ** 30 } };
  const socket = createSignedSocket({ url, credentials: KEYS, WebSocket: Observed, ...options });
  endLater(() => {
    socket.close();
  });
  const { told } = watchSocket(socket);
  await isClosing;
  const [former, next] = made;
  const isLost = once(next!, 'close');
  accepted[1]!.terminate();
  await isLost;
  const isClosed = once(former!, 'close');
  accepted[0]!.resume();
  expect((await isClosed)[0]).toBe(1000); // which is the socket's own code, and no wish of the server's
  expect(told).toEqual(['open', 'reconnecting 2']);
  expect(socket.readyState).toBe(socket.CONNECTING);
});

it('is there before the two hours of API Gateway are over', async () => {
  jest.useFakeTimers({
    doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance', 'setInterval', 'clearInterval'],
  });
  try {
    const { api, issue } = await startApi({ idleTimeout: 7_100_000 });
    const { until } = openSocket({ url: api.url, credentials: () => issue() });
    await until('open');
    const [first] = api.connectionIds;
    jest.advanceTimersByTime(110 * 60_000 - 1);
    expect(api.connectionIds).toEqual([first]);
    jest.advanceTimersByTime(1);
    while (api.connectionIds.includes(first!)) await new Promise((done) => setImmediate(done));
    expect(api.connectionIds).toHaveLength(1);
  } finally {
    jest.useRealTimers();
  }
});
