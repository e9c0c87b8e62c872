/** One signed connection: asks for credentials, signs, opens the WebSocket, and finds out why where that is refused. */
import { RequestError } from '../errors.js';
import type { AttemptSigner, RequestSigner } from '../signedFetch/index.js';
import { startDeadline } from '../util/index.js';
import { STATE } from './nativeSocket.js';
import type { NativeSocket, WebSocketConstructor } from './nativeSocket.js';
import { findRefusal } from './refusal.js';

/** What connections are made with. */
export interface ConnectOptions {
  readonly signer: RequestSigner;
  readonly WebSocket: WebSocketConstructor;
  /** How long a connection may take to open, in milliseconds. */
  readonly timeout: number;
  /** Called before the connection is asked for, and again once it is signed. It throws where the user is another one by now. */
  readonly assertCurrent?: (() => void) | undefined;
}

/** Told of what happens to a connection. After `fail` and `close` nothing more is told. */
export interface ConnectionListener {
  /** It is open. */
  open(socket: NativeSocket): void;
  /** A message has come. */
  message(event: { readonly data: unknown }): void;
  /** It could not be opened. */
  fail(error: Error): void;
  /** It was open, and has ended. */
  close(event: Closed): void;
}

/** How a connection has ended. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

/** A connection, from the moment that it is asked for. */
export interface Connection {
  /**
   * Closes it, at once where it is not open yet; `fail` is told that then.
   * @param code The status code; @param reason why, for the other side.
   */
  close(code?: number, reason?: string): void;
}

/** The outcome of opening one WebSocket. */
type Opened = 'open' | { readonly cause: unknown };

/**
 * Makes a connection.
 * @param url Its address, of ws: or wss:.
 * @param protocols The subprotocols to choose from.
 * @param options How.
 * @param listener Told of what happens, but not before this returns.
 */
export function connect(
  url: URL,
  protocols: string[],
  options: ConnectOptions,
  listener: ConnectionListener,
): Connection {
  const { signer, timeout, assertCurrent } = options;
  const aborted = new AbortController();
  const late = () =>
    new RequestError('Timeout', `The connection to ${shown(url)} did not open within ${timeout} ms.`, call(url, 1));
  const { step, signal, end } = startDeadline(aborted.signal, timeout, late);
  const attempts = signer.forRequest({ method: 'GET', url, headers: new Headers(), body: undefined }, signal);
  let open: NativeSocket | undefined;

  async function run(): Promise<void> {
    for (let sends = 1; ; sends++) {
      assertCurrent?.();
      const signed = await step(() => attempts.sign());
      assertCurrent?.(); // credentials may have been waited for
      const opened = await step(() => openSocket(signed.url));
      if (opened === 'open') return;
      const { canRecover, explanation } = await step(() => findRefusal(signed, attempts, signal));
      if (canRecover && sends === 1) continue;
      throw refused(url, { sends, cause: opened.cause, explanation, attempts });
    }
  }

  function openSocket(signedUrl: string): Promise<Opened> {
    return new Promise((resolve) => {
      let cause: unknown;
      const socket = new options.WebSocket(signedUrl, protocols) as NativeSocket;
      const dispose = (): void => {
        socket.close();
      };
      signal?.addEventListener('abort', dispose);
      socket.addEventListener('open', () => {
        signal?.removeEventListener('abort', dispose);
        if (signal?.aborted) return;
        open = socket;
        end();
        resolve('open');
        listener.open(socket); // now, and not after the promise: a message may come in the same moment
      });
      socket.addEventListener('message', (event: { data: unknown }) => {
        if (open === socket) listener.message(event);
      });
      socket.addEventListener('error', (event: { error?: unknown; message?: unknown }) => {
        cause = event.error ?? event.message;
      });
      socket.addEventListener('close', ({ code, reason, wasClean }: Closed) => {
        signal?.removeEventListener('abort', dispose);
        if (open === socket) listener.close({ code, reason, wasClean });
        else resolve({ cause });
      });
    });
  }

  run()
    .catch((error: unknown) => {
      listener.fail(error instanceof Error ? error : new Error(String(error)));
    })
    .finally(end);

  return {
    close(code, reason) {
      if (open) open.close(code, reason);
      else
        aborted.abort(
          new RequestError(
            'NetworkError',
            `The connection to ${shown(url)} was closed before it was open.`,
            call(url, 1),
          ),
        );
    },
  };
}

/** An address without its query, which may hold tokens of the app's own. */
const shown = (url: URL): string => url.origin + url.pathname;

const call = (url: URL, attempts: number) => ({ method: 'GET', url: url.href, attempts });

interface RefusedDetails {
  readonly sends: number;
  readonly cause: unknown;
  readonly explanation: Awaited<ReturnType<typeof findRefusal>>['explanation'];
  readonly attempts: AttemptSigner;
}

function refused(url: URL, { sends, cause, explanation, attempts }: RefusedDetails): RequestError {
  const why = explanation ? `was refused: ${explanation.cause} ${explanation.advice}` : 'could not be opened.';
  const details = { ...call(url, sends), cause, explanation, secrets: attempts.secrets() };
  return new RequestError('NetworkError', `The connection to ${shown(url)} ${why}`, details);
}

/** Whether a socket takes messages. */
export const isOpen = (socket: NativeSocket | undefined): socket is NativeSocket => socket?.readyState === STATE.open;
