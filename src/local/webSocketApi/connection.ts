/** One connection of a client, from the handshake to its end. */
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { ConnectionFacts } from '../lambda/index.js';
import type { Clock } from '../options/index.js';
import { createFrameCheck, MAX_FRAME } from './frameLimit.js';
import { createMessageQueue } from './messageQueue.js';
import type { MessageQueue } from './messageQueue.js';

/** How a connection ended. */
export interface Closed {
  /** The code of the protocol (RFC 6455, section 7.4). */
  readonly code: number;
  /** The reason, in API Gateway's words. */
  readonly reason: string;
}

/** The listeners and the limits of a connection. */
export interface ConnectionOptions {
  /** The clock of the API. */
  readonly now: Clock;
  /** Milliseconds without a message, either way, until it is closed. */
  readonly idleTimeout: number;
  /** Milliseconds until it is closed in any case. */
  readonly maxDuration: number;
  /** Answers a message; never rejects. */
  readonly onMessage: (connection: Connection, text: string) => Promise<void>;
  /** Called once, when the connection has ended. */
  readonly onEnd: (connection: Connection, closed: Closed) => void;
}

/** What a client that does not read may leave unsent, in bytes. */
const MAX_UNSENT = 1024 * 1024;

/** API Gateway's words for how a connection ended; others are the client's own. */
const REASONS: Readonly<Record<number, string>> = {
  1000: 'Connection Closed Normally',
  1001: 'Going away',
  1005: 'Client-side close frame status not set',
};

/** A connection that was made. */
export class Connection {
  /** When something last came or went, in milliseconds since 1970. */
  lastActiveAt: number;
  readonly #socket: WebSocket;
  readonly #options: ConnectionOptions;
  readonly #oldest: NodeJS.Timeout;
  readonly #messages: MessageQueue;
  #idle: NodeJS.Timeout;

  /**
   * @param facts What events tell of the connection.
   * @param socket The library's WebSocket.
   * @param stream The stream beneath it, for the limit of a frame.
   * @param options The limits and the listeners.
   */
  constructor(
    readonly facts: ConnectionFacts,
    socket: WebSocket,
    stream: Duplex,
    options: ConnectionOptions,
  ) {
    this.#socket = socket;
    this.#options = options;
    this.lastActiveAt = facts.connectedAt;
    this.#idle = this.#closeAfter(options.idleTimeout);
    this.#oldest = this.#closeAfter(options.maxDuration);

    this.#messages = createMessageQueue({
      answer: (text) => options.onMessage(this, text),
      pause: () => {
        socket.pause();
      },
      resume: () => {
        socket.resume();
      },
    });
    const isTooLarge = createFrameCheck(MAX_FRAME);
    // Before the library, so that it is known by the time the message is told.
    stream.prependListener('data', (chunk: Buffer) => {
      if (isTooLarge(chunk)) this.#end(1009);
    });
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      this.#touch();
      if (isBinary) this.#end(1003);
      if (this.isOpen) this.#messages.push(data.toString('utf8'));
    });
    socket.on('ping', () => {
      this.#touch();
    });
    // The library closes the connection itself, with the code that belongs to the error.
    socket.on('error', () => undefined);
    socket.once('close', (code: number, reason: Buffer) => {
      clearTimeout(this.#idle);
      clearTimeout(this.#oldest);
      this.#messages.clear();
      options.onEnd(this, { code, reason: reason.toString('utf8') || (REASONS[code] ?? '') });
    });
  }

  /** Whether anything may still come and go: not once either side has begun to close it. */
  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /**
   * Sends a text.
   * @returns False where the connection is closing, or where its client has not read what was sent before.
   */
  send(text: string): 'sent' | 'gone' | 'full' {
    if (!this.isOpen) return 'gone';
    if (this.#socket.bufferedAmount > MAX_UNSENT) return 'full';
    this.#touch();
    this.#socket.send(text);
    return 'sent';
  }

  /** Closes the connection, as the backend asks for. */
  close(): void {
    this.#end(1000);
  }

  /** Ends the connection at once, without a closing handshake. */
  terminate(): void {
    this.#socket.terminate();
  }

  #touch(): void {
    this.lastActiveAt = this.#options.now().getTime();
    clearTimeout(this.#idle);
    this.#idle = this.#closeAfter(this.#options.idleTimeout);
  }

  /** Closes it. Its client may take half a minute to answer, and is not heard meanwhile. */
  #end(code: number, reason?: string): void {
    this.#messages.clear();
    this.#socket.close(code, reason);
  }

  #closeAfter(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#end(1001, 'Going away');
    }, milliseconds).unref();
  }
}
