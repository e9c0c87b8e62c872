/**
 * Sockets under mixed faults: connections that are refused, reset, silent, dead and closed by the API, credentials that expire or are
 * forgotten, clocks that are an hour off. Each socket sends numbered messages and counts what the API acknowledges.
 */
import { WebSocket } from 'ws';
import { CredentialStore } from '../../src/local/credentials';
import { startWebSocketApi } from '../../src/local/webSocketApi';
import { createSignedSocket } from '../../src/socket';
import { HOUR } from './clocks';
import { createRandom } from './faultProxy';
import type { Random } from './faultProxy';
import { startSocketFaultProxy } from './socketFaultProxy';
import { pause } from './waiting';

/** What came of a run. */
export interface SocketReport {
  /** How many messages were sent. */
  sent: number;
  /** How many the API has acknowledged. */
  acknowledged: number;
  /** How many have arrived, those whose acknowledgement was lost among them. */
  arrived: number;
  connections: number;
  handOvers: number;
  readonly faults: Map<string, number>;
  readonly seconds: number;
  /** What must not be: a message that arrived twice or out of order or as another's, one acknowledged that did not arrive, a socket that hangs. */
  readonly deviations: string[];
}

const MESSAGES = 12;
const AT_ONCE = 25;
const HANGS_AFTER = 120_000;
const identityOf = (user: number) => `us-east-1:00000000-0000-0000-0000-${String(user).padStart(12, '0')}`;

/** A message that arrived. */
interface Arrival {
  readonly identityId: string;
  readonly socket: number;
  readonly number: number;
}

/** Runs sockets, and checks what arrived. The seed chooses the faults; which message meets which also depends on timing. */
export async function runSocketsUnderFaults({
  sockets,
  seed,
}: {
  sockets: number;
  seed: number;
}): Promise<SocketReport> {
  const started = Date.now();
  const random = createRandom(seed);
  const store = new CredentialStore();
  const arrivals: Arrival[] = [];
  const api = await startWebSocketApi({
    store,
    idleTimeout: 1500,
    maxDuration: 3000,
    routes: {
      $default: {
        routeResponse: true,
        lambda: (event: { body?: string; requestContext: { identity: { cognitoIdentityId?: string | null } } }) => {
          const { socket, number } = JSON.parse(event.body ?? '{}') as { socket?: number; number?: number };
          if (socket === undefined || number === undefined) return Promise.resolve({ body: '{}' });
          arrivals.push({ identityId: event.requestContext.identity.cognitoIdentityId ?? '', socket, number });
          return Promise.resolve({ body: JSON.stringify({ acknowledged: number }) });
        },
      },
    },
  });
  const proxy = await startSocketFaultProxy(api.url, random, 45);
  const report: SocketReport = {
    ...{ sent: 0, acknowledged: 0, arrived: 0, connections: 0, handOvers: 0 },
    faults: proxy.counts,
    seconds: 0,
    deviations: [],
  };
  const acknowledged = new Map<number, Set<number>>();
  try {
    let next = 0;
    const work = async (): Promise<void> => {
      for (let socket = next++; socket < sockets; socket = next++) {
        acknowledged.set(socket, await runSocket(socket, { url: proxy.url, store, random, report }));
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, sockets) }, work));
  } finally {
    await proxy.close();
    await api.stop();
  }
  check(arrivals, acknowledged, report);
  return { ...report, arrived: arrivals.length, seconds: (Date.now() - started) / 1000 };
}

interface Surroundings {
  readonly url: string;
  readonly store: CredentialStore;
  readonly random: Random;
  readonly report: SocketReport;
}

/** One socket, from its first message until the last one is acknowledged. */
async function runSocket(number: number, { url, store, random, report }: Surroundings): Promise<Set<number>> {
  const identityId = identityOf(number % 2); // two users by turns
  const issue = () =>
    store.issue({ identityId, authenticated: true, username: `user-${number % 2}`, lifetimeSeconds: 2 });
  let credentials = issue();
  let used = credentials;
  const drift = [0, 0, HOUR, -HOUR][random.below(4)]!;
  const acknowledged = new Set<number>();
  const socket = createSignedSocket({
    url,
    WebSocket,
    timeout: 300,
    now: () => Date.now() + drift,
    credentials: ({ forceRefresh }) => (forceRefresh === true ? (credentials = issue()) : credentials),
    reconnect: { baseDelay: 10, maxDelay: 50 },
    keepAlive: { after: 200, message: '{"alive":true}', answerWithin: 200 },
    handOver: { after: 700 },
    resume: ({ why }) => {
      report.connections++;
      used = credentials;
      if (why === 'handOver') report.handOvers++;
    },
  });
  socket.addEventListener('message', ({ data }) => {
    const { acknowledged: one } = JSON.parse(String(data)) as { acknowledged?: number };
    if (one !== undefined) acknowledged.add(one);
  });
  const until = Date.now() + HANGS_AFTER;
  let sent = 0;
  // On and on, until the last of at least so many messages has been acknowledged.
  while (sent < MESSAGES || !acknowledged.has(sent - 1)) {
    const hasEnded = socket.readyState === socket.CLOSED;
    if (hasEnded || Date.now() > until) {
      report.deviations.push(`socket ${number} ${hasEnded ? 'has ended by itself' : 'hangs'}`);
      break;
    }
    if (socket.bufferedAmount < 500) socket.send(JSON.stringify({ socket: number, number: sent++ }));
    if (random.below(40) === 0) store.revoke(used.accessKeyId); // those refused right after they were renewed end a socket, as they should
    await pause(10 + random.below(60));
  }
  report.sent += sent;
  report.acknowledged += acknowledged.size;
  socket.close();
  return acknowledged;
}

function check(
  arrivals: readonly Arrival[],
  acknowledged: ReadonlyMap<number, ReadonlySet<number>>,
  { deviations }: SocketReport,
): void {
  const last = new Map<number, number>();
  const seen = new Set<string>();
  for (const { identityId, socket, number } of arrivals) {
    const id = `message ${number} of socket ${socket}`;
    if (seen.has(id)) deviations.push(`${id} arrived twice`);
    if (number <= (last.get(socket) ?? -1)) deviations.push(`${id} arrived after ${last.get(socket)}`);
    if (identityId !== identityOf(socket % 2)) deviations.push(`${id} arrived from ${identityId}`);
    seen.add(id);
    last.set(socket, number);
  }
  for (const [socket, numbers] of acknowledged) {
    for (const number of numbers) {
      const id = `message ${number} of socket ${socket}`;
      if (!seen.has(id)) deviations.push(`${id} was acknowledged, and did not arrive`);
    }
  }
}
