/** Options of a socket that connects anew by itself, and their checks. */
import { checkOptions, checkSignal, invalidOption } from '../util/index.js';
import type { ConnectOptions } from './connect.js';
import { readTime } from './options.js';
import type { SignedWebSocketOptions } from './options.js';

/** A message that can be sent. API Gateway takes text alone. */
export type SocketData = string | ArrayBufferLike | ArrayBufferView | Blob;

/**
 * A new connection, for `resume`.
 * @example
 * const resume = async ({ send, receive }: NewConnection) => {
 *   send(JSON.stringify({ action: 'subscribe', after: lastId }));
 *   show(String(await receive())); // the API's answer, which no listener gets
 * };
 */
export interface NewConnection {
  /** The number of the connection, counted from 1. */
  readonly number: number;
  /**
   * Why it was made: as the `first`; as a `reconnect`, after one was lost; as a `handOver`, in the place of one that still works and will be
   * closed once this is ready.
   */
  readonly why: 'first' | 'reconnect' | 'handOver';
  /** Sends a message on it, before all that waits to be sent. */
  readonly send: (data: SocketData) => void;
  /** The data of its next message, which no listener gets then. It rejects where the connection ends before. */
  readonly receive: () => Promise<unknown>;
}

/** When a socket connects anew. */
export interface ReconnectOptions {
  /** How many connections in a row may fail; then the socket ends. Default: any number. */
  readonly attempts?: number | undefined;
  /** The longest first wait, in milliseconds; each further limit is twice the last, and waits are random below it. Default 1,000. */
  readonly baseDelay?: number | undefined;
  /** The longest wait, in milliseconds. Default 30,000. */
  readonly maxDelay?: number | undefined;
}

/** What keeps an idle connection: API Gateway closes one on which nothing was sent for ten minutes. */
export interface KeepAliveOptions {
  /** After how long without a message, in milliseconds. Default 540,000: nine minutes. */
  readonly after?: number | undefined;
  /** What is sent: a message, or a function that makes it. Default `{"action":"keepAlive"}`. */
  readonly message?: string | (() => string) | undefined;
  /**
   * Within how many milliseconds something must come after that, where the API answers it: otherwise the connection counts as lost, as one
   * whose network has gone. Default: nothing is expected.
   */
  readonly answerWithin?: number | undefined;
}

/** When a connection is replaced: API Gateway closes each after two hours. */
export interface HandOverOptions {
  /** How long after it was made, in milliseconds. Default 6,600,000: 110 minutes. */
  readonly after?: number | undefined;
}

/** Options of `createSignedSocket`. */
export interface SignedSocketOptions extends SignedWebSocketOptions {
  /** The address, of wss:. */
  readonly url: string | URL;
  /** The subprotocols to choose from. Default: none. */
  readonly protocols?: string | string[] | undefined;
  /** When to connect anew; `false`: never. Default: after every connection that was lost, but one that the server closed with 1000. */
  readonly reconnect?: ReconnectOptions | false | undefined;
  /** What keeps an idle connection; `false`: nothing. */
  readonly keepAlive?: KeepAliveOptions | false | undefined;
  /** When a connection is replaced; `false`: never. */
  readonly handOver?: HandOverOptions | false | undefined;
  /**
   * Called with each new connection before anything that waits is sent on it, such as to subscribe again, and from where on. The
   * connection counts once this has resolved; where it rejects, the connection is given up.
   */
  readonly resume?: ((connection: NewConnection) => void | Promise<void>) | undefined;
  /** How many messages may wait to be sent while there is no connection. Default 1,000. */
  readonly maxQueued?: number | undefined;
  /** Closes the socket once it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** The names of the options beside those of signing and connecting. */
export const SOCKET_OPTIONS = [
  ...['url', 'protocols', 'reconnect', 'keepAlive', 'handOver', 'resume', 'maxQueued', 'signal'],
] as const;

/** The options, checked, with their defaults. */
export interface SocketRules {
  readonly reconnect: { readonly attempts: number; readonly baseDelay: number; readonly maxDelay: number } | false;
  readonly keepAlive: { readonly after: number; readonly message: () => string; readonly answerWithin: number } | false;
  readonly handOver: { readonly after: number } | false;
  readonly resume: SignedSocketOptions['resume'];
  readonly maxQueued: number;
  readonly signal: AbortSignal | undefined;
}

/** How a socket's connections are made. */
export interface Ways {
  readonly url: URL;
  readonly protocols: string[];
  readonly connect: ConnectOptions;
  readonly rules: SocketRules;
  /** Watches whether the socket may go on: what it is given ends the socket with an error. It returns what stops it. */
  readonly watch?: (end: (error: Error) => void) => () => void;
}

/**
 * Checks the options that are the socket's own.
 * @throws SigV4Error `InvalidOption`
 */
export function readRules(options: Omit<SignedSocketOptions, 'credentials'>): SocketRules {
  const { resume, maxQueued = 1000 } = options;
  if (resume !== undefined && typeof resume !== 'function') throw invalidOption('resume', 'a function', resume);
  if (!Number.isSafeInteger(maxQueued) || maxQueued < 0)
    throw invalidOption('maxQueued', 'a whole number from 0', maxQueued);
  return {
    reconnect: readReconnect(options.reconnect),
    keepAlive: readKeepAlive(options.keepAlive),
    handOver: readHandOver(options.handOver),
    resume,
    maxQueued,
    signal: checkSignal(options.signal),
  };
}

function readReconnect(given: SignedSocketOptions['reconnect'] = {}): SocketRules['reconnect'] {
  if (given === false) return false;
  checkOptions(given, ['attempts', 'baseDelay', 'maxDelay'], invalidOption, 'reconnect');
  const { attempts = Infinity } = given;
  if (!(attempts === Infinity || (Number.isSafeInteger(attempts) && attempts > 0))) {
    throw invalidOption('reconnect.attempts', 'a whole number from 1', attempts);
  }
  const baseDelay = readTime('reconnect.baseDelay', given.baseDelay, 1000);
  return { attempts, baseDelay, maxDelay: readTime('reconnect.maxDelay', given.maxDelay, 30_000) };
}

function readKeepAlive(given: SignedSocketOptions['keepAlive'] = {}): SocketRules['keepAlive'] {
  if (given === false) return false;
  checkOptions(given, ['after', 'message', 'answerWithin'], invalidOption, 'keepAlive');
  const { message = '{"action":"keepAlive"}' } = given;
  if (typeof message !== 'string' && typeof message !== 'function') {
    throw invalidOption('keepAlive.message', 'text, or a function that makes it', message);
  }
  const after = readTime('keepAlive.after', given.after, 540_000);
  const answerWithin = readTime('keepAlive.answerWithin', given.answerWithin, Infinity);
  return { after, answerWithin, message: typeof message === 'function' ? message : () => message };
}

function readHandOver(given: SignedSocketOptions['handOver'] = {}): SocketRules['handOver'] {
  if (given === false) return false;
  checkOptions(given, ['after'], invalidOption, 'handOver');
  return { after: readTime('handOver.after', given.after, 6_600_000) };
}
