/** Compares secrets. */
import { timingSafeEqual } from 'node:crypto';

const bytesOf = (value: string | Buffer): Buffer => (typeof value === 'string' ? Buffer.from(value) : value);

/** Whether two texts or byte arrays are equal. The time that it takes tells at most whether their lengths differ. */
export function equalInConstantTime(given: string | Buffer, expected: string | Buffer): boolean {
  const [one, other] = [bytesOf(given), bytesOf(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
