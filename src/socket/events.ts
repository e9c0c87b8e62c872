/** The events of a socket. */

/** An event of a socket. */
export interface SocketEvent {
  /** `open`, `message`, `error`, `close`; of a `SignedSocket` also `reconnecting`. */
  readonly type: string;
  /** The socket that the event is of. */
  readonly target: unknown;
}

/** A message has come. */
export interface SocketMessageEvent extends SocketEvent {
  /** Text; or bytes, in the form that `binaryType` says. */
  readonly data: unknown;
}

/** The connection has ended, or was never made. */
export interface SocketCloseEvent extends SocketEvent {
  /** The status code (RFC 6455, section 7.4), such as 1000; 1006 where there was none. */
  readonly code: number;
  /** The other side's reason. */
  readonly reason: string;
  /** Whether both sides have closed it as the protocol wants. */
  readonly wasClean: boolean;
}

/** Something failed. Browsers tell no reason; this does. */
export interface SocketErrorEvent extends SocketEvent {
  /** Why: a `RequestError`, whose `explanation` says why the gateway refused; an `AuthError`; a `SigV4Error`. */
  readonly error: Error;
  /** The message of `error`. */
  readonly message: string;
}

/** The events by their type. */
export interface SocketEventMap {
  /** Messages can be sent. */
  open: SocketEvent;
  /** A message has come. */
  message: SocketMessageEvent;
  /** The connection has ended, or was never made. */
  close: SocketCloseEvent;
  /** Something has failed. */
  error: SocketErrorEvent;
}

/** A connection was lost, or could not be made, and another one is made after a while. */
export interface ReconnectingEvent extends SocketEvent {
  /** How many connections in a row have failed. */
  readonly attempt: number;
  /** After how many milliseconds the next one is made. */
  readonly delay: number;
}

/** The events of a `SignedSocket`. */
export interface SignedSocketEventMap extends SocketEventMap {
  /** A connection was lost or not made, and another one will be made. */
  reconnecting: ReconnectingEvent;
}

/**
 * What is called for an event.
 * @example
 * const listener: SocketListener<SocketMessageEvent> = ({ data }) => console.log(data);
 */
export type SocketListener<Event = SocketEvent> =
  | ((event: Event) => void)
  | {
      /** Called for the event. */
      handleEvent(event: Event): void;
    };

/** Options of `addEventListener`. */
export interface ListenerOptions {
  /** Whether the listener is removed after its first event. */
  readonly once?: boolean | undefined;
  /** Removes the listener once it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** The platform's `Event`, since some libraries pass events on to an `EventTarget`; or the little of it that is needed. */
const BaseEvent =
  (globalThis as { Event?: new (type: string) => { readonly type: string } }).Event ??
  class {
    constructor(readonly type: string) {}
  };

/** The fields that events of a socket have, beside `type`. */
const FIELDS = [
  'target',
  'currentTarget',
  'data',
  'code',
  'reason',
  'wasClean',
  'error',
  'message',
  'attempt',
  'delay',
];

/**
 * An event with fields of its own. Libraries that pass events on copy them by `new event.constructor(event.type, event)`, so that it
 * takes another event as well.
 */
export class FieldEvent extends BaseEvent {
  /**
   * @param type The event's type.
   * @param fields Its fields; others than those of a socket's events are left out.
   */
  constructor(type: string, fields: object = {}) {
    super(type);
    for (const name of FIELDS) {
      if (!(name in fields)) continue;
      // An own property, since the platform's prototype may have an accessor of this name.
      Object.defineProperty(this, name, { value: (fields as Record<string, unknown>)[name], enumerable: true });
    }
  }
}
