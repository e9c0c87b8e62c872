import { useId } from 'react';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'email' | 'password';
  readonly autoComplete?: 'username' | 'current-password' | 'new-password' | 'one-time-code';
  readonly hint?: string;
  /** Whether the field takes the focus when its form appears. */
  readonly first?: boolean;
}

/** A labelled, required text field. */
export function Field({ label, value, onChange, type = 'text', autoComplete, hint, first = false }: FieldProps) {
  const id = useId();
  const isCode = autoComplete === 'one-time-code';
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        required
        autoFocus={first}
        autoComplete={autoComplete}
        inputMode={isCode ? 'numeric' : undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
    </div>
  );
}
