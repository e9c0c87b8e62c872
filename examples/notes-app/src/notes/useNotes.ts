import { useCallback, useEffect, useRef, useState } from 'react';
import { describe } from '../words.ts';
import type { Problem } from '../words.ts';
import { listNotes } from './api.ts';
import type { Note } from './api.ts';

/** The user's notes, newest first; `undefined` until they are loaded. `load` gets them anew, `put` and `remove` change what is shown. */
export function useNotes() {
  const [notes, setNotes] = useState<readonly Note[]>();
  const [problem, setProblem] = useState<Problem>();
  const leaving = useRef(new AbortController());
  const asked = useRef(0);
  const shown = useRef(0);

  /** Changes may come faster than answers do: of these, an older one never takes the place of a newer one. */
  const load = useCallback(() => {
    const { signal } = leaving.current;
    const number = ++asked.current;
    const isLate = () => signal.aborted || number < shown.current;
    listNotes(signal).then(
      (list) => {
        if (isLate()) return;
        shown.current = number;
        setProblem(undefined);
        setNotes(list.toSorted(newestFirst));
      },
      (error: unknown) => {
        if (!isLate()) setProblem(describe(error));
      },
    );
  }, []);

  useEffect(() => {
    leaving.current = new AbortController();
    load();
    return () => {
      leaving.current.abort();
    };
  }, [load]);

  const put = (note: Note) => {
    setNotes((others = []) => [note, ...others.filter(({ id }) => id !== note.id)].sort(newestFirst));
  };
  const remove = ({ id }: Note) => {
    setNotes((others = []) => others.filter((other) => other.id !== id));
  };
  const retry = () => {
    setProblem(undefined);
    load();
  };
  return { notes, problem, load, retry, put, remove };
}

export function newestFirst(a: Note, b: Note): number {
  return b.createdAt.localeCompare(a.createdAt);
}
