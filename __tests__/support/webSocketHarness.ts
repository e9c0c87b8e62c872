/** A WebSocket API for each test, connections signed by aws4, and what a client of `ws` hears on them. */
import aws4 from 'aws4';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';
import { CredentialStore } from '../../src/local/credentials';
import type { IssuedCredentials } from '../../src/local/credentials';
import { startWebSocketApi } from '../../src/local/webSocketApi';
import type { LocalWebSocketApi, WebSocketApiOptions } from '../../src/local/webSocketApi';

export const identityId = 'us-east-1:11111111-2222-3333-4444-555555555555';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** Starts an API, and issues credentials for it. */
export async function start(options: Partial<WebSocketApiOptions> = {}) {
  const store = options.store ?? new CredentialStore(options.now ? { now: options.now } : {});
  const api = await startWebSocketApi({ store, ...options });
  stops.push(() => api.stop());
  const credentials = store.issue({ identityId, authenticated: true, username: 'user@example.com' });
  return { store, api, credentials };
}

/** What a request to connect may be changed in. */
export interface Asked {
  readonly inHeaders?: boolean;
  readonly path?: string;
  readonly region?: string;
  readonly subprotocols?: string[];
  readonly headers?: Record<string, string>;
  /** `X-Amz-Date`. Default: now. */
  readonly date?: string;
}

/** Signs a request to connect with aws4, which knows nothing of our signer: in the query, as a page has to. */
export function signed(api: LocalWebSocketApi, credentials: Partial<IssuedCredentials>, asked: Asked = {}) {
  const { inHeaders = false, path = `/${api.stage}`, region = api.region } = asked;
  const { host } = new URL(api.url);
  const headers = asked.date === undefined ? {} : { 'X-Amz-Date': asked.date };
  const request = { host, path, method: 'GET', service: 'execute-api', region, signQuery: !inHeaders, headers };
  const { path: target, headers: added } = aws4.sign(request, credentials);
  const sent: Record<string, string> = { ...asked.headers };
  for (const [name, value] of Object.entries(inHeaders ? added! : {})) {
    if (name !== 'Host') sent[name] = String(value);
  }
  return { url: `ws://${host}${target!}`, headers: sent };
}

/** A connection, and all that came over it. */
export interface Client {
  readonly socket: WebSocket;
  /** Gives the next message. */
  readonly next: () => Promise<string>;
  /** How it ended. */
  readonly closed: Promise<{ code: number; reason: string }>;
}

/** A refusal to connect. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly headers: Record<string, unknown>,
    readonly body: string,
  ) {
    super(`${status} ${body}`);
  }
}

/**
 * Connects.
 * @throws Refused with what the server answered
 */
export async function open(url: string, subprotocols: string[] = [], options: ClientOptions = {}): Promise<Client> {
  const socket = new WebSocket(url, subprotocols, { perMessageDeflate: false, ...options });
  const received: string[] = [];
  const waiting: ((text: string) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const text = data.toString('utf8');
    const wake = waiting.shift();
    if (wake) wake(text);
    else received.push(text);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => {
      resolve({ code, reason: reason.toString('utf8') });
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
    socket.on('unexpected-response', (_, response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.on('end', () => {
        reject(new Refused(response.statusCode!, response.headers, body));
      });
    });
  });
  const next = async (): Promise<string> =>
    received.shift() ?? new Promise<string>((resolve) => void waiting.push(resolve));
  return { socket, next, closed };
}

/** Signs and connects. */
export function connect(api: LocalWebSocketApi, credentials: Partial<IssuedCredentials>, asked: Asked = {}) {
  const { url, headers } = signed(api, credentials, asked);
  return open(url, asked.subprotocols, { headers });
}

/** A promise, and what keeps it. */
export function promise<T>() {
  let resolve!: (value: T) => void;
  const kept = new Promise<T>((keep) => (resolve = keep));
  return { kept, resolve };
}
