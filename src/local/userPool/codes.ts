/** The codes that Cognito would send by e-mail or SMS: here they are kept for the developer to read. */
import { randomInt } from 'node:crypto';
import { equalInConstantTime } from '../../util/index.js';
import type { Clock } from '../options/index.js';
import type { Attempts } from './attempts.js';
import { attemptLimitExceeded, expiredCode, factorAttemptsExceeded, wrongCode, wrongFactorCode } from './errors.js';
import type { StoredUser } from './stored.js';
import type { Subject } from './subject.js';
import type { CodePurpose, LocalCode } from './types.js';
import { attributeOf, idOf, namesOf } from './users.js';

/** The attribute that a message is sent to. */
export type Contact = 'email' | 'phone_number';

/** `CodeDeliveryDetails` of Cognito's answers. The destination is masked, as AWS masks it. */
export interface DeliveryDetails {
  AttributeName: Contact;
  DeliveryMedium: 'EMAIL' | 'SMS';
  Destination: string;
}

/** A code that waits to be used. */
interface OpenCode {
  readonly code: string;
  readonly sentAt: number;
  /** Where it was sent, and the attribute that said so; a simulated one was not sent. */
  readonly sentTo?: { readonly by: Contact; readonly destination: string };
}

const MINUTE = 60_000;
const LIFETIMES: Readonly<Record<CodePurpose, number>> = {
  SIGN_UP: 24 * 60 * MINUTE,
  FORGOT_PASSWORD: 60 * MINUTE,
  VERIFY_EMAIL: 24 * 60 * MINUTE,
  VERIFY_PHONE_NUMBER: 24 * 60 * MINUTE,
  SMS_MFA: 3 * MINUTE,
  EMAIL_OTP: 3 * MINUTE,
  SMS_OTP: 3 * MINUTE,
  TEMPORARY_PASSWORD: 7 * 24 * 60 * MINUTE,
};
const KEPT = 1000;

/** The codes that one pool has "sent". */
export class CodeBook {
  readonly #sent: { readonly names: readonly string[]; readonly message: LocalCode }[] = [];
  readonly #known = new Map<string, OpenCode>();
  readonly #unknown = new Map<string, OpenCode>();
  readonly #now: Clock;
  readonly #onCode: ((code: LocalCode) => void) | undefined;

  constructor(now: Clock, onCode?: (code: LocalCode) => void) {
    this.#now = now;
    this.#onCode = onCode;
  }

  /** The messages that were sent to a user, the oldest first. The pool's last 1,000 messages are kept. */
  sentTo(name: string): LocalCode[] {
    const wanted = name.toLowerCase();
    return this.#sent.filter(({ names }) => names.includes(wanted)).map(({ message }) => message);
  }

  /**
   * "Sends" a code. It replaces an earlier one for the same purpose.
   *
   * @param user The user who gets it.
   * @param purpose What the code is for.
   * @param by The attribute with the address or number that it is sent to.
   * @param code The code. Default: six random digits.
   */
  send(user: StoredUser, purpose: CodePurpose, by: Contact, code = randomCode()): DeliveryDetails {
    const message: LocalCode = {
      username: user.Username,
      purpose,
      code,
      medium: by === 'email' ? 'EMAIL' : 'SMS',
      destination: attributeOf(user, by) ?? '',
      sentAt: this.#now(),
    };
    this.#sent.push({ names: [...namesOf(user), message.destination.toLowerCase()], message });
    if (this.#sent.length > KEPT) this.#sent.shift();
    this.#open(subjectOf(user), purpose, code, { by, destination: message.destination });
    this.#onCode?.(message);
    return deliveryDetails(by, message.destination);
  }

  /** Keeps a code that nobody gets, so that wrong codes for a user who does not exist are answered like those of others. */
  simulate(subject: Subject, purpose: CodePurpose): void {
    this.#open(subject, purpose, randomCode());
  }

  /**
   * Checks a code, which is then used up.
   * @param attempts Counts wrong codes.
   * @throws AwsJsonError ExpiredCodeException where there is no code any more, CodeMismatchException for a wrong one,
   *   LimitExceededException or, for a second factor, NotAuthorizedException after too many wrong ones
   */
  use(user: StoredUser, purpose: CodePurpose, code: string, attempts: Attempts): Contact {
    const subject = subjectOf(user);
    const sentTo = this.#known.get(keyOf(subject, purpose))?.sentTo;
    if (sentTo && attributeOf(user, sentTo.by) !== sentTo.destination) this.#known.delete(keyOf(subject, purpose));
    this.#check(
      subject,
      purpose,
      attempts,
      (open) => open.sentTo !== undefined && equalInConstantTime(code, open.code),
    );
    this.#known.delete(keyOf(subject, purpose));
    return sentTo!.by;
  }

  /**
   * Refuses a code in the same words as a wrong one, for users who may not use codes.
   * @throws AwsJsonError in any case, as {@link use} does
   */
  refuse(subject: Subject, purpose: CodePurpose, attempts: Attempts): never {
    this.#check(subject, purpose, attempts, () => false);
    throw wrongCode();
  }

  #check(subject: Subject, purpose: CodePurpose, attempts: Attempts, isRight: (open: OpenCode) => boolean): void {
    const isFactor = ['SMS_MFA', 'EMAIL_OTP', 'SMS_OTP'].includes(purpose);
    if (attempts.isLocked(subject)) throw isFactor ? factorAttemptsExceeded() : attemptLimitExceeded();
    const open = this.#mapOf(subject).get(keyOf(subject, purpose));
    if (open === undefined || this.#now().getTime() - open.sentAt >= LIFETIMES[purpose]) throw expiredCode();
    if (attempts.check(subject, () => isRight(open)) !== 'right') throw isFactor ? wrongFactorCode() : wrongCode();
  }

  #open(subject: Subject, purpose: CodePurpose, code: string, sentTo?: OpenCode['sentTo']): void {
    const sentAt = this.#now().getTime();
    this.#mapOf(subject).set(keyOf(subject, purpose), { code, sentAt, ...(sentTo && { sentTo }) });
  }

  #mapOf(subject: Subject): Map<string, OpenCode> {
    return subject.isKnown ? this.#known : this.#unknown;
  }
}

/** Where a code went, as AWS shows it: `u***@e***`, `+*******1234`; in lower case, as the name in the request may have been. */
export function deliveryDetails(by: Contact, destination: string): DeliveryDetails {
  return {
    AttributeName: by,
    DeliveryMedium: by === 'email' ? 'EMAIL' : 'SMS',
    Destination: mask(destination.toLowerCase()),
  };
}

const subjectOf = (user: StoredUser): Subject => ({ id: idOf(user), isKnown: true });

function keyOf(subject: Subject, purpose: CodePurpose): string {
  return `${purpose} ${subject.id}`;
}

function randomCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

function mask(destination: string): string {
  const at = destination.indexOf('@');
  if (at < 0) return `+${'*'.repeat(Math.max(0, destination.length - 5))}${destination.slice(-4)}`;
  return `${destination.slice(0, 1)}***@${destination.slice(at + 1, at + 2)}***`;
}
