/** A WebSocket API for each test, sockets that connect to it through `ws`, and all that they tell. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocket } from 'ws';
import { CredentialStore } from '../../src/local/credentials';
import { startWebSocketApi } from '../../src/local/webSocketApi';
import type { WebSocketApiOptions } from '../../src/local/webSocketApi';
import { createSignedSocket } from '../../src/socket';
import type { SignedSocket, SignedSocketOptions } from '../../src/socket';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(ends.splice(0).map((end) => end()));
});
/** Something to be ended after the test. */
export const endLater = (end: () => unknown): void => void ends.push(end);

/** Starts an API that answers each message with itself, and issues credentials for it. */
export async function startApi(options: Partial<WebSocketApiOptions> = {}) {
  const store = options.store ?? new CredentialStore(options.now ? { now: options.now } : {});
  const api = await startWebSocketApi({ store, ...options });
  endLater(() => api.stop());
  const issue = (identityId = 'us-east-1:11111111-2222-3333-4444-555555555555') =>
    store.issue({ identityId, authenticated: true, username: 'user@example.com' });
  return { api, store, issue, credentials: issue() };
}

/** What a socket has told, and a promise of what it tells next. */
export function watchSocket(socket: SignedSocket) {
  const told: string[] = [];
  const waiting: (() => void)[] = [];
  const tell = (text: string): void => {
    told.push(text);
    for (const wake of waiting.splice(0)) wake();
  };
  socket.addEventListener('open', () => {
    tell('open');
  });
  socket.addEventListener('message', ({ data }) => {
    tell(`message ${String(data)}`);
  });
  socket.addEventListener('error', ({ error }) => {
    tell(`error ${error.name} ${(error as { code?: string }).code ?? ''}`);
  });
  socket.addEventListener('reconnecting', ({ attempt }) => {
    tell(`reconnecting ${attempt}`);
  });
  socket.addEventListener('close', ({ code }) => {
    tell(`close ${code}`);
  });
  /** Waits until it has told something. */
  async function until(text: string, times = 1): Promise<void> {
    while (told.filter((one) => one === text).length < times)
      await new Promise<void>((wake) => void waiting.push(wake));
  }
  return { told, until };
}

/** Makes a socket through `ws` that connects anew at once, and watches it. */
export function openSocket(options: Omit<SignedSocketOptions, 'WebSocket'>) {
  const socket = createSignedSocket({ WebSocket, reconnect: { baseDelay: 10 }, ...options });
  endLater(() => {
    socket.close();
  });
  return { socket, ...watchSocket(socket) };
}

/** A proxy in front of an API, whose connections can be cut as a network cuts them. */
export async function startCuttingProxy(url: string) {
  const { port, pathname } = new URL(url);
  const sockets = new Set<Socket>();
  let isRefusing = false;
  const server = createServer((client) => {
    if (isRefusing) {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(Number(port), '127.0.0.1');
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one
        .on('error', () => undefined)
        .on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
      one.pipe(other);
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  endLater(() => {
    cut();
    server.close();
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    cut,
    /** From now on, connections are refused; or no more. */
    refuse: (refuses: boolean) => void (isRefusing = refuses),
  };
}
