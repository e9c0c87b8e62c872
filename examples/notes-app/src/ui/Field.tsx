import { useId, useState } from 'react';
import { Button } from './Button.tsx';

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

/** A labelled, required text field; a password can be shown. */
export function Field({ label, value, onChange, type = 'text', autoComplete, hint, first = false }: FieldProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const isCode = autoComplete === 'one-time-code';
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="input">
        <input
          id={id}
          type={shown ? 'text' : type}
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
        {type === 'password' && (
          <Button
            label={shown ? 'Hide the password' : 'Show the password'}
            onClick={() => {
              setShown(!shown);
            }}
          >
            {shown ? 'Hide' : 'Show'}
          </Button>
        )}
      </div>
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
    </div>
  );
}
