/** What comes of calls under faults: how they ended, and what must not be. */
import { ApigError } from '../../src/errors';
import type { SigV4ClientError } from '../../src/errors';
import type { Execution } from './faultServices';

export class FaultTally {
  /** Calls by outcome: `right result`, or the error's name and code. */
  readonly outcomes = new Map<string, number>();
  /** What must not be: wrong results, untyped errors, hanging calls, another user's credentials, POSTs done twice. */
  readonly deviations: string[] = [];
  readonly #callers = new Map<string, string>();

  /** A call begins. */
  begin(id: string, user: string): void {
    this.#callers.set(id, user);
  }

  /** A call has ended as it may: in its right result, or in an error of the library. */
  count(outcome: SigV4ClientError | 'right result'): void {
    this.#add(typeof outcome === 'string' ? outcome : `${outcome.name} ${outcome.code}${statusOf(outcome)}`);
  }

  deviate(what: string): void {
    this.deviations.push(what);
    this.#add('DEVIATION');
  }

  /** Nothing is done twice that must not be, and all is signed for the user who was logged in when the call began. */
  checkExecutions(executed: readonly Execution[]): void {
    const times = countBy(executed.filter(({ method }) => /^(POST|PATCH)$/.test(method)).map(({ id }) => id));
    for (const [id, count] of times) if (count > 1) this.deviate(`${id}: executed ${count} times`);
    for (const { id, user, method } of executed) {
      const expected = this.#callers.get(id) ?? '';
      if (user !== expected) this.deviate(`${method} ${id}: signed for ${user}, called by ${expected || 'nobody'}`);
    }
  }

  #add(outcome: string): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }
}

export function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** The status of an answer, and why a refusal was one. */
function statusOf(error: object): string {
  if (!(error instanceof ApigError)) return '';
  const code = error.explanation?.code;
  return ` ${error.status}${code === undefined ? '' : ` ${code}`}`;
}

export const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
