/** A socket that outlives its connections: it connects anew, keeps what waits to be sent, and replaces a connection before its time is up. */
import { AuthError } from '../errors.js';
import { backoffDelay, invalidOption } from '../util/index.js';
import type { SignedSocketEventMap } from './events.js';
import { isFinal } from './isFinal.js';
import { Link } from './link.js';
import type { LinkListener } from './link.js';
import { STATE } from './nativeSocket.js';
import type { NativeSocket } from './nativeSocket.js';
import { checkClose } from './options.js';
import { checkData, MessageQueue } from './messageQueue.js';
import type { Closed } from './openSocket.js';
import type { NewConnection, SocketData, Ways } from './signedSocketOptions.js';
import { SocketTarget } from './socketTarget.js';

/** How long a connection that is replaced may take to close, in milliseconds. */
const CLOSE_TIMEOUT = 5000;

/** A socket made by `createSignedSocket` or `createApigSocket`, with the interface of a WebSocket. */
export class SignedSocket extends SocketTarget<SignedSocketEventMap> {
  /** The address, without what signs it. */
  readonly url: string;
  readonly #ways: Ways;
  #state: 0 | 1 | 2 | 3 = STATE.connecting;
  /** The connection in use. */
  #current: Link | undefined;
  /** The one that is being made: the first, one in the place of one that was lost, or one that takes over. */
  #next: Link | undefined;
  readonly #queue: MessageQueue;
  readonly #stopWatching: (() => void) | undefined;
  #connections = 0;
  /** How many connections in a row have failed, or were lost soon. */
  #failures = 0;
  /** When the connection in use was taken into use; `undefined` before the first one. */
  #usedSince: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @internal */
  constructor(ways: Ways) {
    super();
    this.#ways = ways;
    this.url = ways.url.href;
    this.#queue = new MessageQueue(ways.rules.maxQueued);
    const { signal } = ways.rules;
    signal?.addEventListener('abort', () => {
      this.close();
    });
    this.#stopWatching = ways.watch?.((error) => {
      if (this.#state >= STATE.closing) return;
      this.#report(error);
      this.close();
    });
    // Not at once: the app has no listeners yet.
    queueMicrotask(() => {
      if (signal?.aborted) this.close();
      else if (this.#state === STATE.connecting) this.#connect('first');
    });
  }

  /** @internal */
  protected get native(): NativeSocket | undefined {
    return this.#current?.native;
  }

  /** `OPEN` while a connection is in use, `CONNECTING` before and between connections, `CLOSED` at the end. */
  get readyState(): 0 | 1 | 2 | 3 {
    return this.#state;
  }

  /** How many bytes wait to be sent, those that wait for a connection included; a Blob's and a text's length stands for its bytes. */
  get bufferedAmount(): number {
    return this.#queue.size + (this.native?.bufferedAmount ?? 0);
  }

  /**
   * Sends a message, once, and in the order of the calls; while there is no connection it waits. One that was handed to a connection
   * that then breaks is not sent again: whether it arrived, only the server can tell, and `resume` is the place to ask.
   * @param data Text, bytes or a Blob. API Gateway takes text alone.
   * @throws SigV4Error `InvalidOption` where the data is none of these, the socket is closed, or too many messages wait
   * @example
   * socket.send(JSON.stringify({ action: 'sendMessage', text: 'Hello' }));
   */
  send(data: SocketData): void {
    checkData(data);
    if (this.#state >= STATE.closing) throw invalidOption('send', 'a socket that is not closed', 'one that is');
    if (this.#current?.isOpen && !this.#isHandingOver()) this.#current.send(data);
    else this.#queue.add(data);
  }

  /**
   * Closes the socket for good. What waits to be sent is dropped.
   * @param code 1000, or 3000 to 4999. Default 1000.
   * @param reason Why, for the other side: at most 123 bytes. Default: none.
   * @throws SigV4Error `InvalidOption`
   * @example
   * socket.close(1000, 'the page is closed');
   */
  close(code = 1000, reason = ''): void {
    checkClose(code, reason);
    if (this.#state >= STATE.closing) return;
    this.#state = STATE.closing;
    clearTimeout(this.#timer);
    this.#queue.takeAll();
    this.#next?.close(code, reason);
    if (this.#current) this.#current.close(code, reason);
    else
      queueMicrotask(() => {
        this.#end({ code: 1005, reason: '', wasClean: true });
      });
  }

  #connect(why: NewConnection['why']): void {
    const options = { ...this.#ways, why, number: ++this.#connections, binaryType: () => this.wantedType };
    const listener: LinkListener = {
      ready: () => {
        this.#ready(link);
      },
      message: (data) => {
        this.emit('message', { data });
      },
      lost: (how) => {
        this.#lost(link, how);
      },
    };
    const link = new Link(options, listener);
    this.#next = link;
  }

  #isHandingOver(): boolean {
    return this.#next?.isReady === true;
  }

  /** A new connection is ready. One that works still is closed first: so its last messages come before the first of the new one. */
  #ready(link: Link): void {
    if (link !== this.#next) return;
    const former = this.#current;
    if (!former) {
      this.#use(link);
      return;
    }
    former.replace();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#use(link);
    }, CLOSE_TIMEOUT);
  }

  /** Takes a connection into use. */
  #use(link: Link): void {
    clearTimeout(this.#timer);
    const isNew = this.#state !== STATE.open;
    this.#next = undefined;
    this.#current = link;
    this.#usedSince = Date.now();
    this.#state = STATE.open;
    const { handOver } = this.#ways.rules;
    if (handOver !== false)
      this.#timer = setTimeout(() => {
        this.#connect('handOver');
      }, handOver.after);
    for (const data of this.#queue.takeAll()) link.send(data);
    if (isNew) this.emit('open');
    link.release();
  }

  #lost(link: Link, { error, closed }: Parameters<LinkListener['lost']>[0]): void {
    if (this.#state >= STATE.closing) {
      if (link === this.#next) this.#next = undefined;
      if (link === this.#current) this.#end(closed ?? ABNORMAL);
      return;
    }
    if (link === this.#current) {
      this.#current = undefined;
      if (this.#next?.isReady) this.#use(this.#next);
      else this.#reconnect(error, link.isReplaced ? undefined : closed);
    } else if (link === this.#next) {
      this.#next = undefined;
      clearTimeout(this.#timer); // it must not be taken into use any more
      if (this.#current) this.#handOverLater(error);
      else this.#reconnect(error, closed);
    }
  }

  /** Makes a connection in the place of one that was lost or not made, after a while, unless that makes no sense. */
  #reconnect(error: Error | undefined, closed: Closed | undefined): void {
    this.#state = STATE.connecting;
    clearTimeout(this.#timer);
    this.#report(error);
    if (this.readyState !== STATE.connecting || this.#next) return; // a listener has closed it, or a hand-over is under way
    const { reconnect } = this.#ways.rules;
    const hasLasted = !error && reconnect && Date.now() - (this.#usedSince ?? Infinity) > reconnect.maxDelay;
    this.#failures = hasLasted ? 1 : this.#failures + 1;
    const isWanted = closed?.code !== 1000 && !isFinal(error);
    if (reconnect === false || !isWanted || this.#failures >= reconnect.attempts) {
      this.#end(closed ?? ABNORMAL);
      return;
    }
    const delay = this.#delay(reconnect);
    this.#timer = setTimeout(() => {
      this.#connect(this.#usedSince === undefined ? 'first' : 'reconnect');
    }, delay);
    this.emit('reconnecting', { attempt: this.#failures, delay });
  }

  /** The connection in use works still: another hand-over is tried after a while, unless the socket may not go on. */
  #handOverLater(error: Error | undefined): void {
    this.#report(error);
    if (error instanceof AuthError && isFinal(error)) this.close();
    const { reconnect, handOver } = this.#ways.rules;
    if (this.readyState !== STATE.open || handOver === false) return;
    this.#failures++;
    this.#timer = setTimeout(
      () => {
        this.#connect('handOver');
      },
      this.#delay(reconnect || { baseDelay: 1000, maxDelay: 30_000 }),
    );
  }

  #delay({ baseDelay, maxDelay }: { baseDelay: number; maxDelay: number }): number {
    return backoffDelay(1, Math.min(maxDelay, baseDelay * 2 ** (this.#failures - 1)));
  }

  #report(error: Error | undefined): void {
    if (error) this.emit('error', { error, message: error.message });
  }

  #end(closed: Closed): void {
    if (this.#state === STATE.closed) return;
    this.#state = STATE.closed;
    clearTimeout(this.#timer);
    this.#queue.takeAll();
    this.#stopWatching?.();
    this.#next?.close();
    this.#next = this.#current = undefined;
    this.emit('close', closed);
  }
}

/** How a connection ends that has sent no closing frame (RFC 6455, section 7.1.5). */
const ABNORMAL: Closed = { code: 1006, reason: '', wasClean: false };
