import { createContext, useContext, useRef, useState } from 'react';
import { endsSession } from './session.ts';
import { describe } from './words.ts';
import type { Problem } from './words.ts';

/** Called when a request finds out that nobody is logged in any more. */
export const SessionEndContext = createContext<(reason: Problem) => void>(() => undefined);

/**
 * Something that takes time and can fail, started by a button or a form.
 * @param action What to do.
 * @returns `run` starts it, unless it is under way; `busy` and `problem` are for the screen.
 */
export function useAction<Args extends unknown[]>(action: (...args: Args) => Promise<void>) {
  const onSessionEnd = useContext(SessionEndContext);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const underWay = useRef(false);

  async function perform(args: Args): Promise<void> {
    if (underWay.current) return;
    underWay.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      await action(...args);
    } catch (error) {
      if (endsSession(error)) onSessionEnd(describe(error));
      else setProblem(describe(error));
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  }

  return { run: (...args: Args) => void perform(args), busy, problem };
}
