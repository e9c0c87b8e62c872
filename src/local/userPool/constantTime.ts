/** Comparing secrets. */
import { timingSafeEqual } from 'node:crypto';

const bytesOf = (value: string | Buffer): Buffer => (typeof value === 'string' ? Buffer.from(value) : value);

/** Whether two texts, or two pieces of bytes, are the same, in a time that tells at most that their lengths differ. */
export function equalInConstantTime(given: string | Buffer, expected: string | Buffer): boolean {
  const [one, other] = [bytesOf(given), bytesOf(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
