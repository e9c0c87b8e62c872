/** The base of both kinds of sockets. Its listeners are its own, since not every platform has `EventTarget`. */
import { FieldEvent } from './events.js';
import { STATE } from './nativeSocket.js';
import type { NativeSocket } from './nativeSocket.js';
import type { ListenerOptions, SocketEventMap, SocketListener } from './events.js';

type Listener = SocketListener<never>;
type Handler<Event> = ((event: Event) => void) | null;

/** What both kinds of sockets have of a WebSocket's interface: listeners, the four `on…`, and what the connection in use tells. */
export abstract class SocketTarget<Events extends SocketEventMap = SocketEventMap> {
  /** `readyState` until there is a connection. */
  readonly CONNECTING = STATE.connecting;
  /** `readyState` while messages can be sent. */
  readonly OPEN = STATE.open;
  /** `readyState` once it is being closed. */
  readonly CLOSING = STATE.closing;
  /** `readyState` at the end. */
  readonly CLOSED = STATE.closed;
  readonly #listeners = new Map<string, Map<Listener, boolean>>();
  readonly #handlers = new Map<string, { readonly handler: unknown; readonly listener: Listener }>();

  /**
   * The `binaryType` that the app has set.
   * @internal
   */
  protected wantedType: string | undefined;
  /**
   * The WebSocket of the connection in use.
   * @internal
   */
  protected abstract get native(): NativeSocket | undefined;

  /** Whether bytes come as `blob` or as `arraybuffer`. Default: that of the WebSocket that connections are made with. */
  get binaryType(): string {
    return this.native?.binaryType ?? this.wantedType ?? 'blob';
  }
  /** Sets it: `blob` or `arraybuffer`. */
  set binaryType(type: string) {
    this.wantedType = type;
    if (this.native) this.native.binaryType = type;
  }

  /** The subprotocol that the server has chosen. */
  get protocol(): string {
    return this.native?.protocol ?? '';
  }

  /** The extensions that the server has chosen. */
  get extensions(): string {
    return this.native?.extensions ?? '';
  }

  /** Called once the socket is connected. */
  get onopen(): ((event: Events['open']) => void) | null {
    return this.#handler('open');
  }
  /** Sets it: a function, or `null` for none. */
  set onopen(handler: ((event: Events['open']) => void) | null) {
    this.#setHandler('open', handler);
  }

  /** Called for each message. */
  get onmessage(): ((event: Events['message']) => void) | null {
    return this.#handler('message');
  }
  /** Sets it: a function, or `null` for none. */
  set onmessage(handler: ((event: Events['message']) => void) | null) {
    this.#setHandler('message', handler);
  }

  /** Called where something failed. */
  get onerror(): ((event: Events['error']) => void) | null {
    return this.#handler('error');
  }
  /** Sets it: a function, or `null` for none. */
  set onerror(handler: ((event: Events['error']) => void) | null) {
    this.#setHandler('error', handler);
  }

  /** Called at the end. */
  get onclose(): ((event: Events['close']) => void) | null {
    return this.#handler('close');
  }
  /** Sets it: a function, or `null` for none. */
  set onclose(handler: ((event: Events['close']) => void) | null) {
    this.#setHandler('close', handler);
  }

  /**
   * Adds a listener. Adding the same one again has no effect.
   * @param type The event's type.
   * @param listener A function, or an object with `handleEvent`.
   * @param options `once`, `signal`. Default: neither. A boolean, as DOM events take it, has no effect.
   * @example
   * socket.addEventListener('message', ({ data }) => console.log(data));
   */
  addEventListener<Type extends keyof Events & string>(
    type: Type,
    listener: SocketListener<Events[Type]> | null,
    options: ListenerOptions | boolean = {},
  ): void {
    const { once = false, signal } = typeof options === 'object' ? options : {};
    if (listener === null || signal?.aborted) return;
    const ofType = this.#listeners.get(type) ?? new Map<Listener, boolean>();
    this.#listeners.set(type, ofType);
    if (!ofType.has(listener)) ofType.set(listener, once);
    signal?.addEventListener('abort', () => {
      this.removeEventListener(type, listener);
    });
  }

  /**
   * Removes a listener.
   * @param type The event's type.
   * @param listener The one that was added.
   * @example
   * const listener = ({ data }: SocketMessageEvent) => console.log(data);
   * socket.addEventListener('message', listener);
   * socket.removeEventListener('message', listener);
   */
  removeEventListener<Type extends keyof Events & string>(
    type: Type,
    listener: SocketListener<Events[Type]> | null,
  ): void {
    if (listener !== null) this.#listeners.get(type)?.delete(listener);
  }

  /**
   * Calls the listeners in the order in which they were added. An error of one is reported as uncaught, as with DOM events, and keeps
   * none from being called.
   */
  protected emit(type: keyof Events & string, fields: object = {}): void {
    const event = new FieldEvent(type, { ...fields, target: this, currentTarget: this });
    const ofType = this.#listeners.get(type);
    for (const [listener, once] of [...(ofType ?? [])]) {
      if (!ofType?.has(listener)) continue; // an earlier listener has removed it
      if (once) ofType.delete(listener);
      try {
        if (typeof listener === 'function') (listener as (event: unknown) => void).call(this, event);
        else listener.handleEvent(event as never);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  #handler<Type extends keyof Events & string>(type: Type): Handler<Events[Type]> {
    return (this.#handlers.get(type)?.handler ?? null) as Handler<Events[Type]>;
  }

  #setHandler<Type extends keyof Events & string>(type: Type, handler: Handler<Events[Type]>): void {
    const before = this.#handlers.get(type);
    if (before) this.#listeners.get(type)?.delete(before.listener);
    this.#handlers.delete(type);
    if (typeof handler !== 'function') return;
    // A function of its own, since the app may have added the same one as a listener too.
    const listener = (event: Events[Type]): void => {
      handler.call(this, event);
    };
    this.#handlers.set(type, { handler, listener });
    this.addEventListener(type, listener);
  }
}
