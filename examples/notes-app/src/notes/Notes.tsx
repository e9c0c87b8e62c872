import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { StatusNote } from '../ui/StatusNote.tsx';
import { describe } from '../words.ts';
import type { Problem } from '../words.ts';
import { attachFile, createNote, deleteNote, listNotes, updateNote } from './api.ts';
import type { Note } from './api.ts';
import { NoteEditor } from './NoteEditor.tsx';
import { NoteItem } from './NoteItem.tsx';

/** The user's notes: to read, write, change and delete. */
export function Notes() {
  const { notes, setNotes, problem, load } = useNotes();
  const [{ status, count }, setDone] = useState({ status: '', count: 0 });
  const setStatus = (text: string) => {
    setDone((before) => ({ status: text, count: before.count + 1 }));
  };
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  function put(note: Note) {
    setNotes((others = []) => [note, ...others.filter(({ id }) => id !== note.id)].sort(newestFirst));
  }

  /** A file goes up once its note is there, so a failure may leave the one without the other. */
  async function save(note: Note, file: File | undefined): Promise<void> {
    put(note);
    if (!file) return;
    try {
      put(await attachFile(note.id, file));
    } catch (error) {
      throw new Error(`The note is saved, but its file is not. ${describe(error).text}`, { cause: error });
    }
  }

  async function create(content: string, file: File | undefined): Promise<void> {
    await save(await createNote(content), file);
    setStatus('Note saved.');
  }

  async function update(note: Note, content: string, file: File | undefined): Promise<void> {
    await save(await updateNote(note, content), file);
    setStatus('Note saved.');
  }

  async function remove({ id }: Note): Promise<void> {
    await deleteNote(id);
    setNotes((others = []) => others.filter((other) => other.id !== id));
    setStatus('Note deleted.');
    heading.current?.focus();
  }

  return (
    <main className="notes">
      <h1 ref={heading} tabIndex={-1}>
        Your notes
      </h1>
      <StatusNote text={status} count={count} />
      <div className="note">
        <NoteEditor label="New note" submit="Add note" onSave={create} />
      </div>
      <ProblemNote problem={problem} />
      {problem && <Button onClick={load}>Try again</Button>}
      {!notes && !problem && (
        <p className="loading">
          <span className="spinner" aria-hidden="true" /> Loading your notes …
        </p>
      )}
      {notes?.length === 0 && <p className="empty">Nothing here yet. Write your first note above.</p>}
      <ul aria-label="Notes">
        {notes?.map((note) => (
          <NoteItem
            key={note.id}
            note={note}
            onSave={(content, file) => update(note, content, file)}
            onDelete={() => remove(note)}
          />
        ))}
      </ul>
    </main>
  );
}

function useNotes() {
  const [notes, setNotes] = useState<readonly Note[]>();
  const [problem, setProblem] = useState<Problem>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    const leaving = new AbortController();
    listNotes(leaving.signal).then(
      (list) => {
        if (!leaving.signal.aborted) setNotes(list.toSorted(newestFirst));
      },
      (error: unknown) => {
        if (leaving.signal.aborted) return;
        setProblem(describe(error));
      },
    );
    return () => {
      leaving.abort();
    };
  }, [attempt]);

  const load = useCallback(() => {
    setProblem(undefined);
    setAttempt((count) => count + 1);
  }, []);
  return { notes, setNotes, problem, load };
}

function newestFirst(a: Note, b: Note): number {
  return b.createdAt.localeCompare(a.createdAt);
}
