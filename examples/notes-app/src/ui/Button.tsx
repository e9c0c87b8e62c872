import type { ReactNode } from 'react';

interface ButtonProps {
  readonly children: ReactNode;
  /** What it says while its work is under way. A busy button stays focusable, so that keyboard users keep their place. */
  readonly busy?: string | false | undefined;
  readonly look?: 'main' | 'plain' | 'danger' | 'link';
  /** Default: the button submits its form. */
  readonly onClick?: () => void;
  /** For screen readers, where several buttons say the same. */
  readonly label?: string;
}

export function Button({ children, busy, look = 'plain', onClick, label }: ButtonProps) {
  return (
    <button
      type={onClick ? 'button' : 'submit'}
      className={look}
      aria-disabled={busy ? true : undefined}
      aria-label={busy ? undefined : label}
      onClick={onClick && !busy ? onClick : undefined}
    >
      {busy ? (
        <>
          <span className="spinner" aria-hidden="true" /> {busy}
        </>
      ) : (
        children
      )}
    </button>
  );
}
