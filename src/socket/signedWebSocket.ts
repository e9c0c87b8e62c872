/** A WebSocket that signs its request to connect: one connection, for libraries that take a constructor and connect anew by themselves. */
import { invalidOption } from '../util/index.js';
import { connect } from './connect.js';
import type { Connection, ConnectOptions } from './connect.js';
import { STATE } from './nativeSocket.js';
import type { NativeSocket } from './nativeSocket.js';
import type { Closed } from './openSocket.js';
import { checkClose, readAddress, readConnectOptions, readProtocols } from './options.js';
import type { SignedWebSocketOptions } from './options.js';
import { SocketTarget } from './socketTarget.js';

/** What options were read to, those that have been checked already. */
const ready = new WeakMap<SignedWebSocketOptions, ConnectOptions>();

/** A constructor of signed WebSockets, as libraries take it. */
export interface SignedWebSocketClass {
  new (url: string | URL, protocols?: string | string[]): SignedWebSocket;
  /** `readyState` until the connection is open. */
  readonly CONNECTING: 0;
  /** `readyState` while messages can be sent. */
  readonly OPEN: 1;
  /** `readyState` once it is being closed. */
  readonly CLOSING: 2;
  /** `readyState` at the end. */
  readonly CLOSED: 3;
}

/**
 * A WebSocket whose request to connect is signed in the query, with credentials of that moment. It has the interface of the platform's
 * `WebSocket`, and makes one connection: it suits libraries that connect anew by themselves, such as graphql-ws and partysocket. By
 * itself, `createSignedSocket` does that.
 *
 * Where the connection is refused, the event `error` has an `error` that says why: a `RequestError`, with `explanation` where a gateway
 * has refused it. A clock that is off is corrected first, credentials that are no longer good are renewed, and the connection is tried
 * once more.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
 * @example
 * import { createClient } from 'graphql-ws';
 * const client = createClient({ url, webSocketImpl: SignedWebSocket.with({ credentials: apig.credentials }) });
 */
export class SignedWebSocket extends SocketTarget {
  /** `readyState` until the connection is open. */
  static readonly CONNECTING = STATE.connecting;
  /** `readyState` while messages can be sent. */
  static readonly OPEN = STATE.open;
  /** `readyState` once it is being closed. */
  static readonly CLOSING = STATE.closing;
  /** `readyState` at the end. */
  static readonly CLOSED = STATE.closed;

  /**
   * Makes the constructor that libraries take.
   * @param options Credentials, region, service, clock …; `WebSocket`, `timeout`
   * @returns A class whose instances are made of an address and subprotocols.
   * @throws SigV4Error `InvalidOption`, `InvalidCredentials`
   * @example
   * const socket = new (SignedWebSocket.with({ credentials, region }))('wss://abc123.execute-api.eu-west-1.amazonaws.com/prod');
   */
  static with(options: SignedWebSocketOptions): SignedWebSocketClass {
    const how = readConnectOptions(options); // once, so that all connections share a clock
    const checked = { ...options };
    ready.set(checked, how);
    return class extends SignedWebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols, checked);
      }
    };
  }

  /** The address, without what signs it. */
  readonly url: string;
  readonly #connection: Connection;
  #native: NativeSocket | undefined;
  #state: 0 | 1 | 2 | 3 = STATE.connecting;

  /**
   * Connects.
   * @param url The address, of wss:.
   * @param protocols The subprotocols to choose from. Default: none.
   * @param options As for `with`.
   * @throws SigV4Error `InvalidEndpoint`, `InvalidOption`, `InvalidCredentials`
   */
  constructor(url: string | URL, protocols: string | string[] | undefined, options: SignedWebSocketOptions) {
    super();
    const address = readAddress(url);
    this.url = address.href;
    const how = ready.get(options) ?? readConnectOptions(options);
    this.#connection = connect(address, readProtocols(protocols), how, {
      open: (socket) => {
        this.#opened(socket);
      },
      message: ({ data }) => {
        this.emit('message', { data });
      },
      fail: (error) => {
        this.emit('error', { error, message: error.message });
        this.#ended({ code: 1006, reason: '', wasClean: false });
      },
      close: (event) => {
        this.#ended(event);
      },
    });
  }

  /** @internal */
  protected get native(): NativeSocket | undefined {
    return this.#native;
  }

  /** One of `CONNECTING`, `OPEN`, `CLOSING` and `CLOSED`. */
  get readyState(): 0 | 1 | 2 | 3 {
    return this.#state;
  }

  /** How many bytes wait to be sent. */
  get bufferedAmount(): number {
    return this.#native?.bufferedAmount ?? 0;
  }

  /**
   * Sends a message.
   * @param data Text, bytes or a Blob. API Gateway takes text alone.
   * @throws SigV4Error `InvalidOption` before the connection is open; afterwards a message is dropped, as by a WebSocket
   * @example
   * socket.addEventListener('open', () => socket.send(JSON.stringify({ action: 'sendMessage', text: 'Hello' })));
   */
  send(data: string | ArrayBufferLike | ArrayBufferView | Blob): void {
    if (this.#native) this.#native.send(data);
    else if (this.#state === STATE.connecting)
      throw invalidOption('send', 'a socket that is open', 'one that is connecting');
  }

  /**
   * Closes the connection, also one that is not open yet.
   * @param code 1000, or 3000 to 4999. Default: none.
   * @param reason Why, for the other side: at most 123 bytes. Default: none.
   * @throws SigV4Error `InvalidOption`
   * @example
   * socket.close(1000, 'the page is closed');
   */
  close(code?: number, reason?: string): void {
    checkClose(code, reason);
    if (this.#state >= STATE.closing) return;
    this.#state = STATE.closing;
    this.#connection.close(code, reason);
  }

  #opened(socket: NativeSocket): void {
    this.#native = socket;
    if (this.wantedType !== undefined) socket.binaryType = this.wantedType;
    if (this.#state === STATE.connecting) this.#state = STATE.open;
    this.emit('open');
  }

  #ended(event: Closed): void {
    this.#state = STATE.closed;
    this.emit('close', event);
  }
}
