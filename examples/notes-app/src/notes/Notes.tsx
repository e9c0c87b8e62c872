import { useEffect, useRef, useState } from 'react';
import { ApigError } from 'sigv4-client/apig';
import { Button } from '../ui/Button.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { StatusNote } from '../ui/StatusNote.tsx';
import { describe } from '../words.ts';
import { attachFile, createNote, deleteNote, updateNote } from './api.ts';
import type { Note } from './api.ts';
import { useLive } from './live.ts';
import type { Liveness } from './live.ts';
import { NoteEditor } from './NoteEditor.tsx';
import { NoteItem } from './NoteItem.tsx';
import { newestFirst, useNotes } from './useNotes.ts';

const LIVENESS: Record<Liveness, string> = { off: '', waiting: 'Connecting …', on: 'Live' };

/** The user's notes: to read, write, change and delete. */
export function Notes() {
  const { notes, problem, load, retry, put, remove: drop } = useNotes();
  const live = useLive(load);
  const [edited, setEdited] = useState<readonly Note[]>([]);
  const [{ status, count }, setDone] = useState({ status: '', count: 0 });
  const setStatus = (text: string) => {
    setDone((before) => ({ status: text, count: before.count + 1 }));
  };
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const isGone = ({ id }: Note) => !notes?.some((note) => note.id === id);
  // A note that was deleted elsewhere stays as long as it is being edited here: nothing that was typed is lost.
  const shown = notes && [...notes, ...edited.filter(isGone)].sort(newestFirst);

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
    await save(isGone(note) ? await createNote(content) : await updateNote(note, content), file);
    setStatus('Note saved.');
  }

  async function remove(note: Note): Promise<void> {
    try {
      await deleteNote(note.id);
    } catch (error) {
      if (!(error instanceof ApigError && error.status === 404)) throw error; // else it was deleted elsewhere, which will do
    }
    drop(note);
    setStatus('Note deleted.');
    heading.current?.focus();
  }

  return (
    <main className="notes">
      <div className="heading">
        <h1 ref={heading} tabIndex={-1}>
          Your notes
        </h1>
        {live.liveness !== 'off' && <span className={`live ${live.liveness}`}>{LIVENESS[live.liveness]}</span>}
      </div>
      <StatusNote text={status} count={count} />
      <div className="note">
        <NoteEditor label="New note" submit="Add note" onSave={create} />
      </div>
      <ProblemNote problem={problem ?? live.problem} />
      {problem && <Button onClick={retry}>Try again</Button>}
      {!notes && !problem && (
        <p className="loading">
          <span className="spinner" aria-hidden="true" /> Loading your notes …
        </p>
      )}
      {shown?.length === 0 && <p className="empty">Nothing here yet. Write your first note above.</p>}
      <ul aria-label="Notes">
        {shown?.map((note) => (
          <NoteItem
            key={note.id}
            note={note}
            isGone={isGone(note)}
            onEdit={() => {
              setEdited((others) => [...others, note]);
            }}
            onShow={() => {
              setEdited((others) => others.filter(({ id }) => id !== note.id));
              if (isGone(note)) heading.current?.focus();
            }}
            onSave={(content, file) => update(note, content, file)}
            onDelete={() => remove(note)}
          />
        ))}
      </ul>
    </main>
  );
}
