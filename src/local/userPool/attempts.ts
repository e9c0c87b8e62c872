/** Limits how often a password or a code may be guessed. */
import type { Clock } from '../options/index.js';
import type { Subject } from './subject.js';

/** The rules for failures in a row. */
export interface AttemptRules {
  /** How many failures in a row are allowed; the last of them begins the first lockout. */
  readonly allowed: number;
  /** How long a lockout lasts, in milliseconds. */
  readonly lockout: (failures: number) => number;
  /** How long failures are remembered before they lead to a lockout, in milliseconds. */
  readonly countedFor: number;
  /** How long they are remembered after a lockout, in milliseconds: until then, the next failure begins a longer lockout. */
  readonly countedAfterLockout: number;
}

/** The outcome of an attempt. `locked`: during a lockout, the secret was not checked. */
export type AttemptOutcome = 'right' | 'wrong' | 'locked';

interface Failures {
  readonly count: number;
  /** The end of the lockout; the time of the failure where there was no lockout. */
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

/** The rules for codes by e-mail and SMS, and for the old password when it is changed: AWS allows 5 to 20 tries an hour. */
export const CODE_RULES: AttemptRules = { allowed: 5, ...HOURLY };

/** The rules for requests to send codes. */
export const SENDING_RULES: AttemptRules = { allowed: 20, ...HOURLY };

/**
 * Counts failures, in memory: one count for each user, and for names of users who do not exist one for each of the groups that
 * `Subject` puts them into. Since their number is limited, nobody can push a count out by making others.
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

  /** Whether there is a lockout, so that secrets are not checked. */
  isLocked(subject: Subject): boolean {
    const failures = this.#failuresOf(subject);
    return failures !== undefined && this.#now().getTime() < failures.lockedUntil;
  }

  /**
   * Checks a secret, and counts it if it is wrong; a right one ends the count. This is synchronous, so that requests at the same time
   * get no extra guesses.
   * @param isRight Compares the secret. It is not called during a lockout.
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
