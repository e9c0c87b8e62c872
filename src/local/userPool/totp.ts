/** Time-based one-time passwords (RFC 6238) with the settings of every authenticator app: SHA-1, 6 digits, 30 seconds. */
import { createHmac, randomBytes } from 'node:crypto';
import { equalInConstantTime } from './constantTime.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** In milliseconds. */
const PERIOD = 30_000;

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

/** Whether a code is that of now, or of one period before or after, as clocks differ a little. */
export function verifyTotpCode(secret: string, code: string, now: Date): boolean {
  return [0, -PERIOD, PERIOD].some((drift) =>
    equalInConstantTime(code, totpCode(secret, new Date(now.getTime() + drift))),
  );
}

function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((group) => ALPHABET[parseInt(group.padEnd(5, '0'), 2)]!).join('');
}

function base32Bytes(text: string): Buffer {
  const bits = Array.from(text, (char) => ALPHABET.indexOf(char).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}
