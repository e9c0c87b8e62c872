import type { ReactNode } from 'react';
import { useAction } from '../useAction.ts';
import type { Problem } from '../words.ts';
import { Button } from './Button.tsx';
import { ProblemNote } from './ProblemNote.tsx';

interface CardProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly submit: string;
  /** What the button says meanwhile. */
  readonly submitting: string;
  readonly onSubmit: () => Promise<void>;
  /** What went wrong before the form appeared. */
  readonly problem?: Problem | undefined;
  /** What else can be done from here. */
  readonly links?: ReactNode;
}

/** A form on a card of its own: a title, fields, a button, and what went wrong. */
export function Card({ title, children, submit, submitting, onSubmit, problem, links }: CardProps) {
  const action = useAction(onSubmit);
  return (
    <main className="card">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          action.run();
        }}
      >
        <h1>{title}</h1>
        <ProblemNote problem={action.problem ?? (action.busy ? undefined : problem)} />
        {children}
        <Button look="main" busy={action.busy && submitting}>
          {submit}
        </Button>
      </form>
      {links && <nav className="links">{links}</nav>}
    </main>
  );
}
