/** Time-based one-time passwords (RFC 6238) with the settings of every authenticator app: SHA-1, 6 digits, 30 seconds. */
import { createHmac, randomBytes } from 'node:crypto';
import { equalInConstantTime } from '../../util/index.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** How long a code is shown, in milliseconds. */
const PERIOD = 30_000;
/** For how many time steps used codes are kept: more than are acceptable at one time, even if the clock is set back a little. */
const MOST_STEPS = 10;

/** How many used codes of one user are kept. A user who exceeds that only makes the pool forget codes of their own. */
const MOST_CODES = 100;

/** A new random secret of 160 bits in base32 (RFC 4648, section 6), as `AssociateSoftwareToken` gives it. */
export function createTotpSecret(): string {
  return base32(randomBytes(20));
}

/** Whether a text is a base32 secret without padding, at least 16 characters (80 bits) long. */
export function isTotpSecret(text: string): boolean {
  return /^[A-Z2-7]{16,}$/.test(text);
}

/**
 * The code that an authenticator app shows.
 *
 * @param secret The app's secret in base32.
 * @param time The moment to show it for.
 */
export function totpCode(secret: string, time: Date): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time.getTime() / PERIOD)));
  const mac = createHmac('sha1', base32Bytes(secret)).update(counter).digest();
  const offset = mac[mac.length - 1]! & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/**
 * The time steps that have this code, among the present one and those before and after it, since clocks differ a little.
 *
 * @returns Mostly one or none; two steps have the same code once in a million times.
 */
export function totpStepsOf(secret: string, code: string, now: Date): number[] {
  const present = Math.floor(now.getTime() / PERIOD);
  return [present, present - 1, present + 1].filter((step) =>
    equalInConstantTime(code, totpCode(secret, new Date(step * PERIOD))),
  );
}

/** A code that has been used. */
interface UsedCode {
  readonly secret: string;
  readonly step: number;
}

/**
 * The codes that have been used, since each is accepted once (RFC 6238, section 5.2). They are kept by user and forgotten only by
 * age, so that nobody can make the pool forget another user's codes.
 */
export class UsedTotpCodes {
  readonly #used = new Map<string, readonly UsedCode[]>();

  /**
   * Checks a code and uses it up.
   *
   * @param userId The `sub` of the user.
   * @param secret The secret of the user's app in base32.
   * @param code What the user typed.
   * @param now The time.
   */
  use(userId: string, secret: string, code: string, now: Date): 'right' | 'wrong' | 'used' {
    const steps = totpStepsOf(secret, code, now);
    if (steps.length === 0) return 'wrong';
    const used = this.#usedSteps(userId, secret);
    if (steps.some((step) => used.includes(step))) return 'used';
    const oldest = Math.floor(now.getTime() / PERIOD) - MOST_STEPS;
    const kept = (this.#used.get(userId) ?? []).filter(({ step }) => step >= oldest);
    this.#used.set(userId, [...kept, ...steps.map((step) => ({ secret, step }))].slice(-MOST_CODES));
    return 'right';
  }

  /** The present code, or one of the steps beside it where that has been used; the present one where all have been used. */
  unusedCode(userId: string, secret: string, now: Date): string {
    const present = Math.floor(now.getTime() / PERIOD);
    const used = this.#usedSteps(userId, secret);
    const step = [present, present + 1, present - 1].find((one) => !used.includes(one)) ?? present;
    return totpCode(secret, new Date(step * PERIOD));
  }

  /** The steps whose codes have been used with this secret. */
  #usedSteps(userId: string, secret: string): readonly number[] {
    return (this.#used.get(userId) ?? []).filter((one) => one.secret === secret).map(({ step }) => step);
  }
}

function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((group) => ALPHABET[parseInt(group.padEnd(5, '0'), 2)]!).join('');
}

function base32Bytes(text: string): Buffer {
  const bits = Array.from(text, (char) => ALPHABET.indexOf(char).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
