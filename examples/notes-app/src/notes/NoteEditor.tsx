import { useId, useRef, useState } from 'react';
import { MAX_ATTACHMENT_SIZE } from '../config.ts';
import { Button } from '../ui/Button.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { useAction } from '../useAction.ts';

interface NoteEditorProps {
  readonly label: string;
  readonly submit: string;
  /** What is there already. */
  readonly content?: string;
  /** What to know before saving. */
  readonly warning?: string | undefined;
  readonly onSave: (content: string, file: File | undefined) => Promise<void>;
  /** Where there is something to go back to. */
  readonly onCancel?: () => void;
}

/** Where a note is written. */
export function NoteEditor({ label, submit, content = '', warning, onSave, onCancel }: NoteEditorProps) {
  const id = useId();
  const [text, setText] = useState(content);
  const file = useRef<HTMLInputElement>(null);
  const saving = useAction(async () => {
    const chosen = file.current?.files?.[0];
    if (chosen && chosen.size > MAX_ATTACHMENT_SIZE) {
      throw new Error(`The file is too large: ${megabytes(chosen.size)} of at most ${megabytes(MAX_ATTACHMENT_SIZE)}.`);
    }
    await onSave(text, chosen);
    if (onCancel) return;
    setText('');
    if (file.current) file.current.value = '';
  });

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        saving.run();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel?.();
      }}
    >
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        value={text}
        required
        rows={3}
        maxLength={10_000}
        autoFocus={onCancel !== undefined}
        onChange={(event) => {
          setText(event.target.value);
        }}
      />
      <p role="status" className="hint">
        {!saving.busy && !saving.problem && warning}
      </p>
      <ProblemNote problem={saving.problem} />
      <div className="row">
        <label className="file">
          Attachment <input ref={file} type="file" />
        </label>
        <div className="actions">
          {onCancel && <Button onClick={onCancel}>Cancel</Button>}
          <Button look="main" busy={saving.busy && 'Saving …'}>
            {submit}
          </Button>
        </div>
      </div>
    </form>
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
