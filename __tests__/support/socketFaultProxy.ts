/** A proxy for WebSockets that does to connections what bad networks and busy services do. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Random } from './faultProxy';

/** What can happen to a connection. */
const FAULTS = [
  'refused',
  'silent', // it is taken, and nothing comes back
  'reset while it opens',
  'reset soon',
  'reset later',
  'ended soon', // without a closing handshake
  'dead', // it goes on, and nothing arrives any more
] as const;

/** A running proxy. */
export interface SocketFaultProxy {
  readonly url: string;
  /** How often each fault happened. */
  readonly counts: Map<string, number>;
  /** Of a hundred connections, how many meet a fault from now on. */
  percent: number;
  close(): Promise<void>;
}

/** Starts a proxy on 127.0.0.1 in front of an API. */
export async function startSocketFaultProxy(url: string, random: Random, percent: number): Promise<SocketFaultProxy> {
  const { port, pathname } = new URL(url);
  const counts = new Map<string, number>();
  const open = new Set<Socket>();
  const server = createServer((client) => {
    open.add(client);
    client.on('error', () => undefined).on('close', () => open.delete(client));
    const fault = random.below(100) < proxy.percent ? FAULTS[random.below(FAULTS.length)] : undefined;
    if (fault) counts.set(fault, (counts.get(fault) ?? 0) + 1);
    if (fault === 'refused') client.resetAndDestroy();
    else if (fault !== 'silent') pass(client, fault);
  });

  function pass(client: Socket, fault: (typeof FAULTS)[number] | undefined): void {
    const upstream = connect(Number(port), '127.0.0.1');
    open.add(upstream);
    upstream
      .on('error', () => undefined)
      .on('close', () => {
        open.delete(upstream);
        client.destroy();
      });
    client.on('close', () => upstream.destroy());
    client.pipe(upstream);
    upstream.pipe(client);
    const later = (milliseconds: number, act: () => void): void => {
      setTimeout(act, random.below(milliseconds));
    };
    if (fault === 'reset while it opens') upstream.once('connect', () => client.resetAndDestroy());
    if (fault === 'reset soon') later(60, () => client.resetAndDestroy());
    if (fault === 'reset later') later(400, () => client.resetAndDestroy());
    if (fault === 'ended soon') later(100, () => client.end());
    if (fault === 'dead') {
      later(100, () => {
        client.unpipe(upstream);
        upstream.unpipe(client);
      });
    }
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const proxy: SocketFaultProxy = {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    counts,
    percent,
    close: () => {
      const closed = new Promise<void>((done) => {
        server.close(() => {
          done();
        });
      });
      for (const socket of open) socket.destroy();
      return closed;
    },
  };
  return proxy;
}
