/** How often a secret may be guessed. */
import type { Clock } from '../options/index.js';
import type { Subject } from './subject.js';

/** What guessing leads to. */
export interface AttemptRules {
  /** How many failures in a row are free; the last of them begins the first lockout. */
  readonly allowed: number;
  /** How long a lockout lasts, in milliseconds. */
  readonly lockout: (failures: number) => number;
  /** How long failures count that have led to no lockout yet, in milliseconds. */
  readonly countedFor: number;
  /** How long they still count after a lockout, so that the next failure locks again and for longer, in milliseconds. */
  readonly countedAfterLockout: number;
}

/** How an attempt ended; during a lockout nothing is looked at. */
export type AttemptOutcome = 'right' | 'wrong' | 'locked';

interface Failures {
  readonly count: number;
  /** The moment of the failure where it led to no lockout. */
  readonly lockedUntil: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** AWS's rules for passwords and second factors: five tries, then one second, doubling up to a quarter of an hour. */
export const SIGN_IN_RULES: AttemptRules = {
  allowed: 5,
  lockout: (failures) => Math.min(2 ** (failures - 5) * SECOND, 15 * MINUTE),
  countedFor: 15 * MINUTE,
  countedAfterLockout: 15 * MINUTE,
};

const HOURLY = { lockout: () => 60 * MINUTE, countedFor: 60 * MINUTE, countedAfterLockout: 0 };

/** For codes by e-mail and SMS, and for the present password when it is changed: AWS allows 5 to 20 tries an hour. */
export const CODE_RULES: AttemptRules = { allowed: 5, ...HOURLY };

/** For having codes sent. */
export const SENDING_RULES: AttemptRules = { allowed: 20, ...HOURLY };

/**
 * Counts failures, in memory. There is one count for each user who exists, and for those who do not one for each of as many groups as
 * `Subject` makes of their names: nobody can make the pool forget a count by making others.
 */
export class Attempts {
  readonly #known = new Map<string, Failures>();
  readonly #unknown = new Map<string, Failures>();
  readonly #now: Clock;
  readonly #rules: AttemptRules;

  constructor(now: Clock, rules: AttemptRules) {
    this.#now = now;
    this.#rules = rules;
  }

  /** Whether nothing is to be looked at. */
  isLocked(subject: Subject): boolean {
    const failures = this.#failuresOf(subject);
    return failures !== undefined && this.#now().getTime() < failures.lockedUntil;
  }

  /**
   * Lets a secret be checked, and counts when it is wrong; a right one ends the count. All in one go: requests at the same
   * time get no further guess.
   *
   * @param isRight Not called during a lockout.
   */
  check(subject: Subject, isRight: () => boolean): AttemptOutcome {
    if (this.isLocked(subject)) return 'locked';
    if (isRight()) {
      this.forget(subject);
      return 'right';
    }
    this.count(subject);
    return 'wrong';
  }

  /** Counts a failure. */
  count(subject: Subject): void {
    const now = this.#now().getTime();
    const count = (this.#failuresOf(subject)?.count ?? 0) + 1;
    const lockedUntil = count < this.#rules.allowed ? now : now + this.#rules.lockout(count);
    this.#mapOf(subject).set(subject.id, { count, lockedUntil });
  }

  /** Ends the count. */
  forget(subject: Subject): void {
    this.#mapOf(subject).delete(subject.id);
  }

  #failuresOf(subject: Subject): Failures | undefined {
    const failures = this.#mapOf(subject).get(subject.id);
    if (failures === undefined) return undefined;
    const { allowed, countedFor, countedAfterLockout } = this.#rules;
    const counted = failures.count < allowed ? countedFor : countedAfterLockout;
    return this.#now().getTime() < failures.lockedUntil + counted ? failures : undefined;
  }

  #mapOf(subject: Subject): Map<string, Failures> {
    return subject.isKnown ? this.#known : this.#unknown;
  }
}
