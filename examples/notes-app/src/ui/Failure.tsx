import { Component } from 'react';
import type { ReactNode } from 'react';
import { describe } from '../words.ts';
import { Button } from './Button.tsx';
import { ProblemNote } from './ProblemNote.tsx';

/** Says so where the app cannot be shown, such as for a browser that lets it store nothing. */
export class Failure extends Component<{ readonly children: ReactNode }, { readonly error?: unknown }> {
  override state: { readonly error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <main className="card">
        <ProblemNote problem={describe(error)} />
        <Button
          onClick={() => {
            location.reload();
          }}
        >
          Try again
        </Button>
      </main>
    );
  }
}
