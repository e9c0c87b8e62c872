/** A gateway that checks signatures, and servers that misbehave as told. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { CredentialStore } from '../../src/local/credentials';
import { startApiGateway } from '../../src/local/apiGateway';
import type { ApiGatewayOptions, LocalApiGateway } from '../../src/local/apiGateway';
import { listen } from '../../src/local/http';
import type { LocalHandler, LocalServer } from '../../src/local/http';
import { listenLocally } from './localServer';

export { rejection, turns, until } from './waiting';

const running: { close(): Promise<void> }[] = [];

/** Ends all servers of a test file. */
export async function closeAll(): Promise<void> {
  await Promise.all(running.splice(0).map((server) => server.close()));
}

/** Credentials that the gateway knows. */
export function issue(store: CredentialStore, lifetimeSeconds?: number) {
  return store.issue({
    identityId: 'us-east-1:11111111-2222-3333-4444-555555555555',
    authenticated: true,
    lifetimeSeconds,
  });
}

/** What a request was, told back by the API behind the gateway. */
export interface Echo {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** As Latin-1, so that no byte is lost. */
  body: string;
}

async function echo(request: Request): Promise<Response> {
  const body = Buffer.from(await request.arrayBuffer()).toString('latin1');
  const { method, url } = request;
  return Response.json({ method, url, headers: Object.fromEntries(request.headers), body } satisfies Echo);
}

/** A gateway with an API behind it that answers with what it got, or as told. */
export async function startGateway(options: Partial<ApiGatewayOptions> = {}) {
  const store = options.store ?? new CredentialStore();
  const gateway: LocalApiGateway = await startApiGateway({ store, handler: echo, ...options });
  running.push({ close: () => gateway.stop() });
  return { store, url: gateway.url, gateway, credentials: issue(store) };
}

/** A server that answers its n-th request with the n-th answer, and then with the last one. */
export async function startServer(...answers: LocalHandler[]): Promise<LocalServer & { readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = await listen((request, wire) => {
    const { method } = request;
    seen.push({ method, headers: request.headers, path: wire.rawPath, body: wire.rawBody });
    return answers[Math.min(seen.length, answers.length) - 1]!(request, wire);
  });
  running.push(server);
  return { ...server, seen };
}

/** A request as it came. */
export interface Seen {
  method: string;
  path: string;
  headers: Headers;
  body: Uint8Array;
}

/** An answer with a status. */
export const answer =
  (status: number, headers: Record<string, string> = {}, body = '{}'): LocalHandler =>
  () =>
    new Response(status === 204 ? null : body, { status, headers });

/** A server below HTTP, which does with each connection what it is told. */
export async function startSocketServer(onConnection: (socket: Socket, count: number) => void) {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    onConnection(socket, ++count);
  });
  const { url } = await listenLocally(server);
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { url, count: () => count, close };
}

/** A URL where no one listens. */
export async function closedUrl(): Promise<string> {
  const server = await startSocketServer(() => undefined);
  await server.close();
  return server.url;
}

/** Keys for servers that check nothing. */
export const ANY_KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

/** Runs something as on a page of another origin than the API's. */
export async function onPage<T>(work: () => Promise<T>, origin = 'https://app.example.com/'): Promise<T> {
  Object.defineProperty(globalThis, 'location', { value: new URL(origin), configurable: true });
  try {
    return await work();
  } finally {
    Reflect.deleteProperty(globalThis, 'location');
  }
}
