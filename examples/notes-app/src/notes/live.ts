import { useEffect, useState } from 'react';
import { AuthError } from 'sigv4-client/apig';
import { createApigSocket } from 'sigv4-client/socket';
import { apig, webSocketUrl } from '../apig.ts';
import { describe } from '../words.ts';
import type { Problem } from '../words.ts';

/** Whether changes are heard of: `off` without a WebSocket API, and where it refuses; `waiting` until there is a connection, at first or anew. */
export type Liveness = 'off' | 'waiting' | 'on';

/**
 * Hears of changes of the user's notes, made in another tab, on another device, or here. The socket is signed with the user's credentials,
 * makes lost connections anew, and ends with the session.
 * @param onChange Called when the notes may have changed; the same function each time.
 * @returns Whether changes are heard of, and why a connection could not be made.
 */
export function useLive(onChange: () => void): { readonly liveness: Liveness; readonly problem: Problem | undefined } {
  const [liveness, setLiveness] = useState<Liveness>('off');
  const [problem, setProblem] = useState<Problem>();

  useEffect(() => {
    if (!webSocketUrl) return undefined;
    const leaving = new AbortController();
    const { signal } = leaving;
    const socket = createApigSocket(apig, { url: webSocketUrl, signal });
    const listeners = {
      open: () => {
        setLiveness('on');
        setProblem(undefined);
        onChange(); // what has changed while there was no connection, nobody has told
      },
      message: onChange,
      reconnecting: () => {
        setLiveness('waiting');
      },
      error: ({ error }: { error: Error }) => {
        if (error instanceof AuthError) return; // the session has ended: the login is shown, and says so
        setProblem({ ...describe(error), text: 'What changes in other tabs appears here after a reload only.' });
      },
      close: () => {
        setLiveness('off');
      },
    };
    socket.addEventListener('open', listeners.open, { signal });
    socket.addEventListener('message', listeners.message, { signal });
    socket.addEventListener('reconnecting', listeners.reconnecting, { signal });
    socket.addEventListener('error', listeners.error, { signal });
    socket.addEventListener('close', listeners.close, { signal });
    setLiveness('waiting');
    return () => {
      leaving.abort();
    };
  }, [onChange]);

  return { liveness, problem };
}
