/** One signed connection: asks for credentials, signs, opens the WebSocket, and finds out why where that is refused. */
import { RequestError } from '../errors.js';
import type { AttemptSigner, RequestSigner } from '../signedFetch/index.js';
import { startDeadline } from '../util/index.js';
import { STATE } from './nativeSocket.js';
import type { NativeSocket, WebSocketConstructor } from './nativeSocket.js';
import { openSocket } from './openSocket.js';
import type { SocketListener } from './openSocket.js';
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
export interface ConnectionListener extends SocketListener {
  /** It could not be opened. */
  fail(error: Error): void;
}

/** A connection, from the moment that it is asked for. */
export interface Connection {
  /**
   * Closes it, at once where it is not open yet; `fail` is told that then.
   * @param code The status code; @param reason why, for the other side.
   */
  close(code?: number, reason?: string): void;
}

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

  const told: SocketListener = {
    open: onOpen,
    message: (event) => {
      listener.message(event);
    },
    close: (event) => {
      listener.close(event);
    },
  };
  const createSocket = (signedUrl: string) => new options.WebSocket(signedUrl, protocols) as NativeSocket;

  function onOpen(socket: NativeSocket): void {
    open = socket;
    end();
    listener.open(socket);
  }

  async function run(): Promise<void> {
    for (let sends = 1; ; sends++) {
      assertCurrent?.();
      const signed = await step(() => attempts.sign());
      assertCurrent?.(); // credentials may have been waited for
      const opened = await step(() => openSocket(() => createSocket(signed.url), signal, told));
      if (opened === 'open') return;
      const { canRecover, explanation } = await step(() => findRefusal(signed, attempts, signal));
      if (canRecover && sends === 1) continue;
      throw refused(url, { sends, cause: opened.cause, explanation, attempts });
    }
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
