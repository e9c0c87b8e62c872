/** One place where what was signed and what the gateway saw differ. */
import type { ExplanationCode } from './types.js';

/** A difference, with its own explanation. */
export interface Difference {
  code: ExplanationCode;
  /** `the path`, `the header content-type` … */
  place: string;
  /** What differs there. */
  what: string;
  cause: string;
  advice: string;
}

const MAX_SHOWN = 120;

/** A value to show: quoted, and shortened. */
export function quote(value: string): string {
  const characters = Array.from(value);
  return JSON.stringify(characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join('')}…` : value);
}

/** `signed as …, arrived as …`; values that may be secret are told by their length alone. */
export function change(ours: string, theirs: string, isSecret = false): string {
  if (!isSecret) return `signed as ${quote(ours)}, arrived as ${quote(theirs)}`;
  const [a, b] = [ours.length, theirs.length];
  return `its value changed (not shown; ${a === b ? `both have ${a}` : `signed with ${a}, arrived with ${b}`} characters)`;
}
