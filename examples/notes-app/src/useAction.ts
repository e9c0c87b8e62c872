import { useRef, useState } from 'react';
import { describe } from './words.ts';
import type { Problem } from './words.ts';

/**
 * Something that takes time and can fail, started by a button or a form.
 * @param action What to do.
 * @returns `run` starts it, unless it is under way; `busy` and `problem` are for the screen.
 */
export function useAction<Args extends unknown[]>(action: (...args: Args) => Promise<void>) {
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
      setProblem(describe(error)); // where it has ended the session, the login is shown, and says so
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  }

  return { run: (...args: Args) => void perform(args), busy, problem };
}
