import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { useAction } from '../useAction.ts';
import { downloadFile } from './api.ts';
import type { Note } from './api.ts';
import { NoteEditor } from './NoteEditor.tsx';

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

interface NoteItemProps {
  readonly note: Note;
  /** Whether it was deleted elsewhere. */
  readonly isGone: boolean;
  readonly onEdit: () => void;
  /** It is not edited any more. */
  readonly onShow: () => void;
  readonly onSave: (content: string, file: File | undefined) => Promise<void>;
  readonly onDelete: () => Promise<void>;
}

/** One note of the list: shown, being changed, or about to be deleted. */
export function NoteItem({ note, isGone, onEdit, onShow, onSave, onDelete }: NoteItemProps) {
  const [mode, setMode] = useState<'shown' | 'edited' | 'deleted'>('shown');
  const item = useRef<HTMLLIElement>(null);
  const deleting = useAction(onDelete);
  const downloading = useAction(() => download(note));
  const title = note.content.split('\n')[0]!.slice(0, 40);
  const [editedVersion, setEditedVersion] = useState('');
  const edit = () => {
    setMode('edited');
    setEditedVersion(note.updatedAt);
    onEdit();
  };
  const show = () => {
    setMode('shown');
    onShow();
  };

  // What had the focus is gone: it goes to the note itself, from where Tab leads on to its buttons.
  const before = useRef(mode);
  useEffect(() => {
    if (before.current !== mode && mode === 'shown') item.current?.focus();
    before.current = mode;
  }, [mode]);

  return (
    <li className="note" ref={item} tabIndex={-1}>
      {mode === 'edited' ? (
        <NoteEditor
          label="Edit note"
          submit="Save"
          content={note.content}
          warning={warningOf(isGone, note.updatedAt !== editedVersion)}
          onCancel={show}
          onSave={async (content, file) => {
            await onSave(content, file);
            show();
          }}
        />
      ) : (
        <>
          <p className="content">{note.content}</p>
          <ProblemNote problem={deleting.problem ?? downloading.problem} />
          <div className="row">
            <time dateTime={note.updatedAt}>{DATE.format(new Date(note.updatedAt))}</time>
            {note.attachment && (
              <Button look="link" busy={downloading.busy && 'Loading …'} onClick={downloading.run}>
                {note.attachment}
              </Button>
            )}
            {mode === 'shown' ? (
              <div className="actions">
                <Button label={`Edit: ${title}`} onClick={edit}>
                  Edit
                </Button>
                <Button
                  label={`Delete: ${title}`}
                  onClick={() => {
                    setMode('deleted');
                  }}
                >
                  Delete
                </Button>
              </div>
            ) : (
              <DeleteQuestion busy={deleting.busy} onDelete={deleting.run} onKeep={show} />
            )}
          </div>
        </>
      )}
    </li>
  );
}

/** What whoever edits a note wants to know before saving it. */
function warningOf(isGone: boolean, isChanged: boolean): string | undefined {
  if (isGone) return 'This note was deleted elsewhere. Saving makes a new one of it.';
  return isChanged ? 'This note was changed elsewhere. Saving replaces that.' : undefined;
}

interface DeleteQuestionProps {
  readonly busy: boolean;
  readonly onDelete: () => void;
  readonly onKeep: () => void;
}

function DeleteQuestion({ busy, onDelete, onKeep }: DeleteQuestionProps) {
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => group.current?.querySelector('button')?.focus(), []);
  return (
    <div
      ref={group}
      role="group"
      aria-label="Delete this note?"
      className="actions"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onKeep();
      }}
    >
      <Button onClick={onKeep}>Keep it</Button>
      <Button look="danger" busy={busy && 'Deleting …'} onClick={onDelete}>
        Delete it
      </Button>
    </div>
  );
}

/** Saves a note's file: the request has to be signed, so a plain link will not do. */
async function download({ id, attachment }: Note): Promise<void> {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await downloadFile(id));
  link.download = attachment ?? 'file';
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
