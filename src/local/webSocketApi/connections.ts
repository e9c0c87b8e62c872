/** The open connections of an API, and how their messages are answered. */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { isObject } from '../../util/index.js';
import { disconnectEvent, messageEvent, randomId } from '../lambda/index.js';
import type { ConnectionFacts } from '../lambda/index.js';
import type { Clock } from '../options/index.js';
import type { CallRoute } from './callRoute.js';
import { Connection } from './connection.js';
import type { Closed, ConnectionOptions } from './connection.js';
import { findRoute } from './routes.js';
import type { Route, SelectRoute } from './routes.js';

/** The parts of the API that connections need. */
export interface ConnectionsOptions extends Pick<ConnectionOptions, 'idleTimeout' | 'maxDuration'> {
  readonly now: Clock;
  readonly table: ReadonlyMap<string, Route>;
  readonly selectRoute: SelectRoute;
  readonly callRoute: CallRoute;
}

/** The open connections. */
export class Connections {
  readonly #byId = new Map<string, Connection>();
  readonly #options: ConnectionsOptions;

  /** @param options The parts of the API that connections need. */
  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** The ids, the oldest first. */
  get ids(): string[] {
    return [...this.#byId].filter(([, { isOpen }]) => isOpen).map(([id]) => id);
  }

  /** The connection with this id; `undefined` where it has ended, or is about to. */
  find(id: string): Connection | undefined {
    const connection = this.#byId.get(id);
    return connection?.isOpen ? connection : undefined;
  }

  /**
   * Adds a connection that was made.
   * @param facts What events tell of the connection.
   * @param socket The library's WebSocket.
   * @param stream The stream beneath it.
   */
  add(facts: ConnectionFacts, socket: WebSocket, stream: Duplex): void {
    const connection = new Connection(facts, socket, stream, {
      ...this.#options,
      onMessage: (each, text) => this.#answer(each, text),
      onEnd: ({ facts: ended }, closed) => void this.end(ended, closed),
    });
    this.#byId.set(facts.connectionId, connection);
  }

  /** Tells `$disconnect` that a connection has ended, also one that ended before it was made. */
  async end(facts: ConnectionFacts, closed: Closed): Promise<void> {
    this.#byId.delete(facts.connectionId);
    const { table, callRoute, now } = this.#options;
    const route = table.get('$disconnect');
    const requestId = randomId();
    if (route) await callRoute(route, disconnectEvent(facts, closed, now(), requestId), requestId);
  }

  /** Ends all without a closing handshake. */
  terminate(): void {
    for (const connection of this.#byId.values()) connection.terminate();
  }

  async #answer(connection: Connection, text: string): Promise<void> {
    const { table, selectRoute, callRoute, now } = this.#options;
    const { facts } = connection;
    const requestId = randomId();
    const found = findRoute(table, selectRoute(text));
    if (!found) {
      connection.send(errorFrame('Forbidden', facts, requestId));
      return;
    }
    const { route, routeKey } = found;
    const answer = await callRoute(route, messageEvent(facts, routeKey, text, now(), requestId), requestId);
    if (!answer) connection.send(errorFrame('Internal server error', facts, requestId));
    else if (route.routeResponse && isObject(answer.value) && typeof answer.value.body === 'string') {
      connection.send(answer.value.body);
    }
  }
}

/** What a client is told where no route takes its message, or the function failed: API Gateway's own words, and spaces. */
const errorFrame = (message: string, { connectionId }: ConnectionFacts, requestId: string): string =>
  `{"message": "${message}", "connectionId":"${connectionId}", "requestId":"${requestId}"}`;
