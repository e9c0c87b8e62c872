/** Sockets that outlive their connections, against the local WebSocket API. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { WebSocketServer } from 'ws';
import type { SignedSocketOptions } from '../../src/socket';
import { createGate } from '../support/gate';
import { holdTimers } from '../support/heldTimers';
import { endLater, openSocket, startApi, startCuttingProxy } from '../support/socketHarness';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

describe('a socket', () => {
  it('has the interface of a WebSocket, signs its connection, and sends in order what waited for it', async () => {
    const { api, credentials } = await startApi();
    const { socket, until, told } = openSocket({ url: api.url, credentials });
    expect([socket.readyState, socket.CONNECTING, socket.url]).toEqual([0, 0, api.url]);
    for (const text of ['one', 'two', 'three']) socket.send(text);
    expect(socket.bufferedAmount).toBe(11);
    await until('message three');
    expect(socket.readyState).toBe(socket.OPEN);
    expect(socket.bufferedAmount).toBe(0);
    expect([socket.protocol, socket.extensions]).toEqual(['', '']);
    socket.close(4001, 'enough');
    expect(socket.readyState).toBe(socket.CLOSING);
    await until('close 4001');
    expect(socket.readyState).toBe(socket.CLOSED);
    expect(told).toEqual(['open', 'message one', 'message two', 'message three', 'close 4001']);
    expect(() => {
      socket.send('late');
    }).toThrow('send: expected a socket that is not closed, got');
  });

  it('calls the four on… and listeners, once where that is wanted, also objects, and none that was removed', async () => {
    const { api, credentials } = await startApi();
    const { socket, until } = openSocket({ url: api.url, credentials });
    const calls: string[] = [];
    socket.onmessage = () => calls.push('replaced');
    socket.onmessage = ({ data, target }) => calls.push(`on ${String(data)} ${target === socket}`);
    expect(typeof socket.onmessage).toBe('function');
    expect(socket.onerror).toBeNull();
    socket.addEventListener('message', () => calls.push('once'), { once: true });
    const object = { handleEvent: () => void calls.push('object') };
    socket.addEventListener('message', object);
    socket.addEventListener('message', object);
    const gone = () => void calls.push('gone');
    socket.addEventListener('message', gone);
    socket.removeEventListener('message', gone);
    const stopping = new AbortController();
    socket.addEventListener('message', () => calls.push('aborted'), { signal: stopping.signal });
    stopping.abort();
    socket.send('one');
    socket.send('two');
    await until('message two');
    expect(calls).toEqual(['on one true', 'once', 'object', 'on two true', 'object']);
  });

  it('connects anew after a connection was lost, with credentials of that moment, and loses nothing that waited', async () => {
    const { api, issue } = await startApi();
    const used: string[] = [];
    const proxy = await startCuttingProxy(api.url);
    const { socket, until, told } = openSocket({
      url: proxy.url,
      credentials: () => {
        const credentials = issue();
        used.push(credentials.accessKeyId);
        return credentials;
      },
    });
    await until('open');
    proxy.cut();
    await until('reconnecting 1');
    expect(socket.readyState).toBe(socket.CONNECTING);
    socket.send('waited');
    await until('message waited');
    expect(told).toEqual(['open', 'reconnecting 1', 'open', 'message waited']);
    expect(new Set(used).size).toBe(2);
  });
});

describe('a connection that is refused', () => {
  it.each<[string, Partial<SignedSocketOptions>, string]>([
    ['a wrong secret', { credentials: undefined as never }, 'WrongSecretKey'],
    ['a wrong region', { region: 'eu-west-1' }, 'WrongRegion'],
  ])('for %s says so, and no other is tried', async (_, changes, code) => {
    const { api, credentials } = await startApi();
    const wrong = { ...credentials, secretAccessKey: 'a-wrong-secret-of-forty-characters-12345' };
    const options = 'credentials' in changes ? { credentials: wrong } : { credentials, ...changes };
    const { socket, until, told } = openSocket({ url: api.url, ...options });
    const failed = new Promise<unknown>((resolve) => {
      socket.onerror = ({ error, message }) => {
        expect(message).toBe(error.message);
        resolve(error);
      };
    });
    await until('close 1006');
    const error = (await failed) as { explanation: { code: string }; message: string };
    expect(error).toMatchObject({ name: 'RequestError', code: 'NetworkError', method: 'GET', explanation: { code } });
    expect(error.message).toMatch(/^The connection to ws:\/\/127\.0\.0\.1:\d+\/dev was refused: /);
    expect(told).toEqual(['error RequestError NetworkError', 'close 1006']);
    const shown = inspect(error, { depth: 9 }) + JSON.stringify(error);
    for (const secret of [wrong.secretAccessKey, credentials.sessionToken]) expect(shown).not.toContain(secret);
    expect(shown).not.toMatch(/Signature=[0-9a-f]/);
  });

  it('for its date, or for credentials that are no longer good, is put right and tried again at once', async () => {
    const { api, store, issue } = await startApi();
    const old = issue();
    const fresh = issue();
    const asked: boolean[] = [];
    const { until, told } = openSocket({ url: api.url, now: () => Date.now() - 3_600_000, credentials: fresh });
    await until('open');
    expect(told).toEqual(['open']);

    store.revoke(old.accessKeyId);
    const second = openSocket({
      url: api.url,
      credentials: ({ forceRefresh }) => {
        asked.push(forceRefresh === true);
        return forceRefresh ? fresh : old;
      },
    });
    await second.until('open');
    expect(second.told).toEqual(['open']);
    expect(asked).toContain(true);
  });

  it('since nobody answers is tried again, up to the number of attempts', async () => {
    const { api, credentials } = await startApi();
    const proxy = await startCuttingProxy(api.url);
    proxy.refuse(true);
    const { until, told } = openSocket({ url: proxy.url, credentials, reconnect: { attempts: 3, baseDelay: 5 } });
    await until('close 1006');
    const failed = 'error RequestError NetworkError';
    expect(told).toEqual([failed, 'reconnecting 1', failed, 'reconnecting 2', failed, 'close 1006']);
  });

  it('is not tried again where the app wants none', async () => {
    const { api, credentials } = await startApi();
    const proxy = await startCuttingProxy(api.url);
    const { until, told } = openSocket({ url: proxy.url, credentials, reconnect: false });
    await until('open');
    proxy.cut();
    await until('close 1006');
    expect(told).toEqual(['open', 'close 1006']);
  });
});

it('ends where the server has closed it with 1000', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  endLater(
    () =>
      new Promise((done) => {
        server.close(done);
      }),
  );
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.close(1000, 'done');
  });
  const { port } = server.address() as AddressInfo;
  const { until, told } = openSocket({ url: `ws://127.0.0.1:${port}`, credentials: KEYS });
  await until('close 1000');
  expect(told.filter((text) => text.startsWith('reconnecting'))).toEqual([]);
});

it('gives up a connection that does not open in time', async () => {
  const silent = createServer(() => undefined);
  endLater(() => silent.close());
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
  const { port } = silent.address() as AddressInfo;
  const { until, told } = openSocket({
    url: `ws://127.0.0.1:${port}`,
    credentials: KEYS,
    timeout: 50,
    reconnect: false,
  });
  await until('close 1006');
  expect(told).toEqual(['error RequestError Timeout', 'close 1006']);
});

it('gives up a connection whose resume takes too long, or fails, and makes another', async () => {
  const { api, credentials } = await startApi();
  const gate = createGate();
  const tries = [gate.pass, () => Promise.reject(new Error('not now')), () => undefined];
  const timeout = 29_876;
  const deadlines = holdTimers(timeout);
  const { until, told } = openSocket({ url: api.url, credentials, timeout, resume: () => tries.shift()?.() });
  await gate.reached;
  deadlines.fire(1); // of the resume; the first is the connection's
  await until('open');
  deadlines.release();
  expect(told).toEqual(['error TimeoutError ', 'reconnecting 1', 'error Error ', 'reconnecting 2', 'open']);
});

it('counts a connection as lost on which nothing comes back', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  endLater(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const keepAlive = { after: 10, answerWithin: 50 };
  const { until, told } = openSocket({ url: `ws://127.0.0.1:${port}`, credentials: KEYS, keepAlive });
  await until('reconnecting 1');
  expect(told).toEqual(['open', 'error Error ', 'reconnecting 1']);
});

it('keeps an idle connection, with a message of the app’s, and is closed by the API without', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance'] });
  try {
    const { api, credentials } = await startApi({ idleTimeout: 3000 });
    const kept = openSocket({ url: api.url, credentials, keepAlive: { after: 1000, message: () => 'ping' } });
    await kept.until('open');
    for (let pings = 1; pings <= 5; pings++) {
      jest.advanceTimersByTime(1000);
      await kept.until('message ping', pings);
    }
    expect(kept.told.filter((text) => text !== 'message ping')).toEqual(['open']);
    kept.socket.close();
    const idle = openSocket({ url: api.url, credentials, keepAlive: false });
    await idle.until('open');
    jest.advanceTimersByTime(3000);
    await idle.until('reconnecting 1');
    expect(idle.told).toEqual(['open', 'reconnecting 1']);
  } finally {
    jest.useRealTimers();
  }
});

it('sends by default what names a route of its own, before ten minutes are over', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance'] });
  try {
    const { api, credentials } = await startApi();
    const { until, told } = openSocket({ url: api.url, credentials, handOver: false });
    await until('open');
    jest.advanceTimersByTime(9 * 60_000);
    await until('message {"action":"keepAlive"}');
    expect(told).toEqual(['open', 'message {"action":"keepAlive"}']);
  } finally {
    jest.useRealTimers();
  }
});
