/** The checks of doctor, and what they find. */
import type { Subject } from './subject.js';

/** Where a fault is mended. */
export interface Fix {
  /** The way through AWS's console, or what to do on this machine. */
  readonly where: string;
  /** A command that does it. */
  readonly command?: string;
  /** The same in a SAM or CloudFormation template. */
  readonly template?: string;
}

/** What a check found. */
export interface Finding {
  /** `warning`: it works, but not as most people want it. `skipped`: it could not be looked at. */
  readonly status: 'ok' | 'fault' | 'warning' | 'skipped';
  /** The fault's or the warning's name. */
  readonly code?: string;
  /** What was found, in a sentence. */
  readonly message: string;
  readonly fix?: Fix;
}

/** A check. */
export interface Check {
  /** Its name in what is printed. */
  readonly name: string;
  /** Makes the check. It never throws for what is wrong with the subject. */
  readonly run: (subject: Subject) => Promise<readonly Finding[]>;
}

/** Nothing is wrong. */
export const ok = (message: string): Finding => ({ status: 'ok', message });

/** Something could not be looked at. */
export const skipped = (message: string): Finding => ({ status: 'skipped', message });

/** Something is wrong. */
export const fault = (code: string, message: string, fix?: Fix): Finding => ({
  status: 'fault',
  code,
  message,
  ...(fix === undefined ? {} : { fix }),
});

/** Something works, but not as most people want it. */
export const warning = (code: string, message: string, fix?: Fix): Finding => ({
  ...fault(code, message, fix),
  status: 'warning',
});
