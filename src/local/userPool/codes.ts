/** The codes that Cognito would send by e-mail or SMS: here they are kept for the developer to read. */
import { randomInt } from 'node:crypto';
import type { Clock } from '../options/index.js';
import { equalInConstantTime } from './constantTime.js';
import { expiredCode, wrongCode, wrongFactorCode } from './errors.js';
import type { StoredUser } from './storedUser.js';
import type { CodePurpose, LocalCode } from './types.js';
import { attributeOf, namesOf } from './users.js';

/** `CodeDeliveryDetails` of Cognito's answers. The destination is masked, as AWS masks it. */
export interface DeliveryDetails {
  AttributeName: 'email' | 'phone_number';
  DeliveryMedium: 'EMAIL' | 'SMS';
  Destination: string;
}

const MINUTE = 60_000;
const LIFETIMES: Readonly<Record<CodePurpose, number>> = {
  SIGN_UP: 24 * 60 * MINUTE,
  FORGOT_PASSWORD: 60 * MINUTE,
  VERIFY_EMAIL: 24 * 60 * MINUTE,
  VERIFY_PHONE_NUMBER: 24 * 60 * MINUTE,
  SMS_MFA: 3 * MINUTE,
  TEMPORARY_PASSWORD: 7 * 24 * 60 * MINUTE,
};
const KEPT = 1000;

/** The outbox of one pool. */
export class CodeBook {
  readonly #sent: { readonly names: readonly string[]; readonly message: LocalCode }[] = [];
  readonly #open = new Map<string, LocalCode>();
  readonly #now: Clock;
  readonly #onCode: ((code: LocalCode) => void) | undefined;

  constructor(now: Clock, onCode?: (code: LocalCode) => void) {
    this.#now = now;
    this.#onCode = onCode;
  }

  /** What was sent to a user, by any of their names, oldest first; the last 1,000 messages of the pool are kept. */
  sentTo(name: string): LocalCode[] {
    const wanted = name.toLowerCase();
    return this.#sent.filter(({ names }) => names.includes(wanted)).map(({ message }) => message);
  }

  /**
   * "Sends" a code. It replaces an earlier one for the same purpose.
   *
   * @param user Whom to.
   * @param purpose What for.
   * @param by The attribute that says where to.
   * @param code Default: six random digits.
   */
  send(
    user: StoredUser,
    purpose: CodePurpose,
    by: DeliveryDetails['AttributeName'],
    code = String(randomInt(1_000_000)).padStart(6, '0'),
  ): DeliveryDetails {
    const message: LocalCode = {
      username: user.Username,
      purpose,
      code,
      medium: by === 'email' ? 'EMAIL' : 'SMS',
      destination: attributeOf(user, by) ?? '',
      sentAt: this.#now(),
    };
    this.#sent.push({ names: namesOf(user), message });
    if (this.#sent.length > KEPT) this.#sent.shift();
    this.#open.set(`${purpose} ${user.Username}`, message);
    this.#onCode?.(message);
    return { AttributeName: by, DeliveryMedium: message.medium, Destination: mask(message.destination) };
  }

  /**
   * Checks a code and uses it up.
   *
   * @throws AwsJsonError ExpiredCodeException when there is none any more, CodeMismatchException when it is wrong
   */
  use(user: StoredUser, purpose: CodePurpose, code: string): void {
    const key = `${purpose} ${user.Username}`;
    const message = this.#open.get(key);
    if (message === undefined || this.#now().getTime() - message.sentAt.getTime() >= LIFETIMES[purpose]) {
      throw expiredCode();
    }
    if (!equalInConstantTime(code, message.code)) {
      throw purpose === 'SMS_MFA' ? wrongFactorCode() : wrongCode();
    }
    this.#open.delete(key);
  }
}

/** `u***@e***`, `+*******1234`: how AWS shows where a code went. */
function mask(destination: string): string {
  const at = destination.indexOf('@');
  if (at < 0) return `+${'*'.repeat(Math.max(0, destination.length - 5))}${destination.slice(-4)}`;
  return `${destination.slice(0, 1)}***@${destination.slice(at + 1, at + 2)}***`;
}
