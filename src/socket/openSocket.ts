/** Opens one WebSocket, and tells whether it came to be open. */
import type { NativeSocket } from './nativeSocket.js';

/** How a connection has ended. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

/** Told of what happens to a WebSocket from the moment that it is open. */
export interface SocketListener {
  /** It is open. */
  open(socket: NativeSocket): void;
  /** A message has come. */
  message(event: { readonly data: unknown }): void;
  /** It was open, and has ended. */
  close(event: Closed): void;
}

/** The outcome of opening one WebSocket. */
export type Opened = 'open' | { readonly cause: unknown };

/**
 * Waits until a WebSocket is open, or has ended without having been so.
 * @param create Makes the WebSocket.
 * @param signal Closes it, as long as it is not open.
 * @param listener Told of what happens once it is open, and of nothing before.
 */
export function openSocket(
  create: () => NativeSocket,
  signal: AbortSignal | undefined,
  listener: SocketListener,
): Promise<Opened> {
  return new Promise((resolve) => {
    let isOpen = false;
    let cause: unknown;
    const socket = create();
    const dispose = (): void => {
      socket.close();
    };
    signal?.addEventListener('abort', dispose);
    socket.addEventListener('open', () => {
      signal?.removeEventListener('abort', dispose);
      if (signal?.aborted) return;
      isOpen = true;
      resolve('open');
      listener.open(socket); // now, and not after the promise: a message may come in the same moment
    });
    socket.addEventListener('message', (event: { data: unknown }) => {
      if (isOpen) listener.message(event);
    });
    socket.addEventListener('error', (event: { error?: unknown; message?: unknown }) => {
      cause = event.error ?? event.message;
    });
    socket.addEventListener('close', ({ code, reason, wasClean }: Closed) => {
      signal?.removeEventListener('abort', dispose);
      if (isOpen) listener.close({ code, reason, wasClean });
      else resolve({ cause });
    });
  });
}
