/** One connection of a socket that outlives it: readied by the app's `resume`, kept alive, and its messages held back until they are wanted. */
import { withTimeout } from '../util/index.js';
import { connect, isOpen } from './connect.js';
import type { Connection, ConnectOptions } from './connect.js';
import type { NativeSocket } from './nativeSocket.js';
import type { Closed } from './openSocket.js';
import type { NewConnection, SocketData, SocketRules } from './signedSocketOptions.js';

/** Told of what happens to a link. After `lost`, nothing more is told. */
export interface LinkListener {
  /** It is open, and `resume` has resolved. */
  ready(): void;
  /** A message has come, in its turn. */
  message(data: unknown): void;
  /** It was not made, its `resume` failed, or it has ended. `error` says why it failed; `closed` how it ended. */
  lost(how: { readonly error?: Error; readonly closed?: Closed }): void;
}

/** Where and how a link is made. */
export interface LinkOptions {
  readonly url: URL;
  readonly protocols: string[];
  readonly connect: ConnectOptions;
  readonly rules: SocketRules;
  /** The type that the app wants bytes in. */
  readonly binaryType: () => string | undefined;
  readonly number: number;
  readonly why: NewConnection['why'];
}

/** A connection. */
export class Link {
  readonly why: NewConnection['why'];
  /** Whether `resume` has resolved. */
  isReady = false;
  /** Whether it was closed since another takes over: the code that it then ends with is not the server's wish. */
  isReplaced = false;
  #native: NativeSocket | undefined;
  readonly #connection: Connection;
  readonly #options: LinkOptions;
  readonly #listener: LinkListener;
  /** Messages that came and are not wanted yet; `undefined` once they are passed on as they come. */
  #held: unknown[] | undefined = [];
  #receivers: { resolve: (data: unknown) => void; reject: (error: unknown) => void }[] = [];
  #idleTimer: ReturnType<typeof setTimeout> | undefined;
  #answerTimer: ReturnType<typeof setTimeout> | undefined;
  #isLost = false;

  constructor(options: LinkOptions, listener: LinkListener) {
    this.why = options.why;
    this.#options = options;
    this.#listener = listener;
    this.#connection = connect(options.url, options.protocols, options.connect, {
      open: (socket) => {
        this.#opened(socket);
      },
      message: ({ data }) => {
        this.#received(data);
      },
      fail: (error) => {
        this.#lose({ error });
      },
      close: (closed) => {
        this.#lose({ closed });
      },
    });
  }

  /** The WebSocket, once it is open. */
  get native(): NativeSocket | undefined {
    return this.#native;
  }

  /** Whether it takes messages. */
  get isOpen(): boolean {
    return isOpen(this.#native);
  }

  /** Sends a message. */
  send(data: SocketData): void {
    this.#native?.send(data);
    this.#stayAlive();
  }

  /** Closes it; `lost` is told afterwards. */
  close(code?: number, reason?: string): void {
    this.#connection.close(code, reason);
  }

  /** Closes it, since another takes over. */
  replace(): void {
    this.isReplaced = true;
    this.close(1000, 'handed over');
  }

  /** Passes on the messages that were held back, and from now on each as it comes. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const data of held) this.#listener.message(data);
  }

  #opened(socket: NativeSocket): void {
    this.#native = socket;
    const { binaryType, number, why, rules } = this.#options;
    const type = binaryType();
    if (type !== undefined) socket.binaryType = type;
    this.#stayAlive();
    const connection: NewConnection = {
      number,
      why,
      send: (data) => {
        this.send(data);
      },
      receive: () => this.#receive(),
    };
    const resumed = async (): Promise<void> => rules.resume?.(connection);
    withTimeout(resumed(), this.#options.connect.timeout).then(
      () => {
        if (this.#isLost) return;
        this.isReady = true;
        this.#listener.ready();
      },
      (error: unknown) => {
        this.#giveUp(error);
      },
    );
  }

  #received(data: unknown): void {
    if (this.#isLost) return;
    clearTimeout(this.#answerTimer);
    this.#answerTimer = undefined;
    this.#stayAlive();
    const receiver = this.#receivers.shift();
    if (receiver) receiver.resolve(data);
    else if (this.#held) this.#held.push(data);
    else this.#listener.message(data);
  }

  #receive(): Promise<unknown> {
    if (this.#held && this.#held.length > 0) return Promise.resolve(this.#held.shift());
    return new Promise((resolve, reject) => {
      if (this.#isLost) reject(new Error('The connection has ended'));
      else this.#receivers.push({ resolve, reject });
    });
  }

  /** Begins to wait for the next message in either direction, and sends one where none comes. */
  #stayAlive(): void {
    clearTimeout(this.#idleTimer);
    const { keepAlive } = this.#options.rules;
    if (keepAlive === false || this.#isLost) return;
    this.#idleTimer = setTimeout(() => {
      this.#keepAlive(keepAlive);
    }, keepAlive.after);
  }

  /** Sends what keeps the connection, and begins to wait for an answer, where one is expected. */
  #keepAlive({ message, answerWithin }: Exclude<SocketRules['keepAlive'], false>): void {
    try {
      if (this.isOpen) this.send(message());
    } catch (error) {
      this.#giveUp(error);
      return;
    }
    if (answerWithin === Infinity) return;
    this.#answerTimer ??= setTimeout(() => {
      this.#giveUp(new Error(`Nothing came within ${answerWithin} ms of the message that keeps the connection`));
    }, answerWithin);
  }

  /** Ends the connection: a function of the app's has failed, or nothing comes any more. */
  #giveUp(error: unknown): void {
    this.#lose({ error: error instanceof Error ? error : new Error(String(error)) });
    this.close();
  }

  #lose(how: Parameters<LinkListener['lost']>[0]): void {
    if (this.#isLost) return;
    this.#isLost = true;
    clearTimeout(this.#idleTimer);
    clearTimeout(this.#answerTimer);
    for (const { reject } of this.#receivers.splice(0)) reject(new Error('The connection has ended'));
    this.#listener.lost(how);
  }
}
