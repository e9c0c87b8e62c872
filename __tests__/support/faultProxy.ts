/** A reverse proxy that does to requests what bad networks and busy services do. */
import { createServer, request as sendRequest } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pause } from './waiting';

/** What can happen to one request. */
export type Fault =
  | 'reset before the service' // the service never sees the request
  | 'reset after the service' // it has acted, and no byte of its answer arrives
  | 'reset in mid-response'
  | 'slow answer'
  | 'no answer' // it has acted, and the connection stays open
  | '429 burst' // this request and some more
  | '503 burst'
  | '503 after the service' // it has acted
  | 'garbage instead of JSON'
  | 'truncated JSON';

/** Numbers from a seed: `below(n)` is a whole number from 0 to n - 1. */
export interface Random {
  below(limit: number): number;
}

/** Mulberry32: small, and the same numbers for the same seed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    below(limit) {
      state = (state + 0x6d2b79f5) >>> 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) % limit;
    },
  };
}

export interface FaultProxyOptions {
  readonly port: number;
  readonly random: Random;
  readonly faults: readonly Fault[];
  /** Of a hundred requests, how many meet a fault. */
  readonly percent: number;
}

/** A running proxy. */
export interface FaultProxy {
  readonly url: string;
  /** How often each fault happened. */
  readonly counts: Map<string, number>;
  /** Of a hundred requests, how many meet a fault from now on. */
  percent: number;
  /** Refuses connections, and breaks those that are open, for some milliseconds. */
  refuse(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts a proxy on 127.0.0.1 in front of the service at `port`. */
export async function startFaultProxy({ port, random, faults, percent }: FaultProxyOptions): Promise<FaultProxy> {
  let burst = { status: 0, left: 0 };
  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  const count = (name: string): void => {
    proxy.counts.set(name, (proxy.counts.get(name) ?? 0) + 1);
  };

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    const fault = draw();
    if (fault !== undefined) count(fault);
    if (fault === 'reset before the service') {
      reset(outgoing);
      return;
    }
    if (fault === '429 burst' || fault === '503 burst') {
      busy(outgoing, fault === '429 burst' ? 429 : 503);
      return;
    }

    const answer = await passOn(incoming, body, port);
    if (fault === 'reset after the service') {
      reset(outgoing);
      return;
    }
    if (fault === 'no answer') return;
    if (fault === '503 after the service') {
      busy(outgoing, 503);
      return;
    }
    if (fault === 'slow answer') await pause(50 + random.below(350));
    if (fault === 'garbage instead of JSON') answer.body = Buffer.from('<html>It works!</html>');
    if (fault === 'truncated JSON') answer.body = answer.body.subarray(0, Math.floor(answer.body.length / 2));
    const hasBody = answer.status !== 204 && answer.status !== 304;
    if (hasBody) answer.headers['content-length'] = answer.body.length;
    outgoing.writeHead(answer.status, answer.headers);
    if (fault !== 'reset in mid-response') {
      outgoing.end(hasBody ? answer.body : undefined);
      return;
    }
    outgoing.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)), () => {
      reset(outgoing);
    });
  }

  function draw(): Fault | undefined {
    if (burst.left > 0) {
      burst.left--;
      return burst.status === 429 ? '429 burst' : '503 burst';
    }
    if (random.below(100) >= proxy.percent) return undefined;
    const fault = faults[random.below(faults.length)];
    if (fault === '429 burst') burst = { status: 429, left: random.below(4) };
    if (fault === '503 burst') burst = { status: 503, left: random.below(4) };
    return fault;
  }

  const listen = (at: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });

  await listen(0);
  const { port: own } = server.address() as AddressInfo;
  let busyRefusing = Promise.resolve();
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${own}`,
    counts: new Map(),
    percent,
    refuse(milliseconds) {
      busyRefusing = busyRefusing.then(async () => {
        count('refused connections');
        await stop();
        await pause(milliseconds);
        await listen(own);
      });
      return busyRefusing;
    },
    async close() {
      await busyRefusing;
      await stop();
    },
  };
  return proxy;
}

interface Answer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

function passOn(incoming: IncomingMessage, body: Buffer, port: number): Promise<Answer> {
  const headers = pairs(incoming.rawHeaders).filter(
    ([name]) => !/^(connection|transfer-encoding|content-length)$/i.test(name),
  );
  if (body.length > 0) headers.push(['Content-Length', String(body.length)]);
  const { method, url: path } = incoming;
  return new Promise((resolve, reject) => {
    const onward = sendRequest({ host: '127.0.0.1', port, method, path, setHost: false, headers: headers.flat() });
    onward.on('error', reject);
    onward.on('response', (response) => {
      const kept = { ...response.headers };
      delete kept['transfer-encoding'];
      delete kept.connection;
      readAll(response).then((text) => {
        resolve({ status: response.statusCode ?? 502, headers: kept, body: text });
      }, reject);
    });
    onward.end(body);
  });
}

/** TCP's own reset, not an orderly end. */
function reset({ socket }: { socket: Socket | null }): void {
  socket?.resetAndDestroy();
}

function busy(outgoing: ServerResponse, status: number): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
  outgoing.end(JSON.stringify({ message: status === 429 ? 'Too Many Requests' : 'Service Unavailable' }));
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!]);
}
