/** Options of sockets, and their checks. */
import { checkSigningOptions, createRequestSigner } from '../signedFetch/index.js';
import type { SigningOptions } from '../signedFetch/index.js';
import { SigV4Error } from '../sigv4/index.js';
import { checkTimeout, invalidOption, MAX_TIMER } from '../util/index.js';
import type { ConnectOptions } from './connect.js';
import { findWebSocket } from './nativeSocket.js';
import type { WebSocketConstructor } from './nativeSocket.js';

/** How a WebSocket's connections are signed and made. */
export interface SignedWebSocketOptions extends SigningOptions {
  /** The constructor of WebSockets: that of the package `ws` where the platform has none. Default: the platform's. */
  readonly WebSocket?: WebSocketConstructor | undefined;
  /** How long a connection may take to open, credentials included, and then its `resume`, in milliseconds. Default 20,000. */
  readonly timeout?: number | undefined;
}

/** The names of these options, beside those of signing. */
const CONNECT_OPTIONS = ['WebSocket', 'timeout'] as const;

/**
 * Checks what connections are made with.
 * @param options The options.
 * @param others The names of others that are allowed.
 * @throws SigV4Error `InvalidOption`, `InvalidCredentials`
 */
export function readConnectOptions(options: SignedWebSocketOptions, others: readonly string[] = []): ConnectOptions {
  checkSigningOptions(options, [...CONNECT_OPTIONS, ...others]);
  return {
    signer: createRequestSigner({ ...signingOf(options), presign: true }),
    WebSocket: findWebSocket(options.WebSocket),
    timeout: checkTimeout(options.timeout) ?? 20_000,
  };
}

/** The options of signing among others. */
function signingOf(options: SignedWebSocketOptions): SigningOptions {
  const { WebSocket: _constructor, timeout: _timeout, ...signing } = options;
  return signing;
}

/**
 * Reads an address.
 * @param url Of ws:, wss:, http: or https:, as WebSockets take it.
 * @throws SigV4Error `InvalidEndpoint`
 */
export function readAddress(url: unknown): URL {
  const expected = 'an address such as wss://abc123.execute-api.eu-west-1.amazonaws.com/prod';
  let address: URL;
  try {
    address = new URL(String(url));
  } catch {
    throw new SigV4Error('InvalidEndpoint', 'url', expected, url);
  }
  const isPlain = address.username === '' && address.password === '' && address.hash === '';
  if (!isPlain || !/^(ws|http)s?:$/.test(address.protocol))
    throw new SigV4Error('InvalidEndpoint', 'url', expected, url);
  return new URL(address.href.replace(/^http/, 'ws'));
}

/**
 * Reads subprotocols.
 * @throws SigV4Error `InvalidOption`
 */
export function readProtocols(protocols: unknown): string[] {
  const list: unknown[] = [protocols ?? []].flat();
  const isToken = (name: unknown) => typeof name === 'string' && /^[!#$%&'*+.^_`|~\w-]+$/.test(name);
  if (list.every(isToken) && new Set(list).size === list.length) return list as string[];
  throw invalidOption('protocols', 'names of subprotocols, each once', protocols);
}

/**
 * Reads a time.
 * @param place The option's name.
 * @param given Milliseconds.
 * @param otherwise The default.
 * @throws SigV4Error `InvalidOption`
 */
export function readTime(place: string, given: unknown, otherwise: number): number {
  if (given === undefined) return otherwise;
  if (typeof given === 'number' && given > 0 && given <= MAX_TIMER) return given;
  throw invalidOption(place, 'milliseconds above 0', given);
}

/**
 * Checks how a socket is closed.
 * @throws SigV4Error `InvalidOption`
 */
export function checkClose(code: unknown, reason: unknown): void {
  const isCode =
    code === undefined || code === 1000 || (Number.isInteger(code) && Number(code) >= 3000 && Number(code) <= 4999);
  if (!isCode) throw invalidOption('code', '1000, or 3000 to 4999', code);
  if (reason === undefined) return;
  if (typeof reason !== 'string' || new TextEncoder().encode(reason).length > 123) {
    throw invalidOption('reason', 'text of at most 123 bytes', reason);
  }
}
