/** As much of CBOR (RFC 8949) as authenticators write: numbers, bytes, text, lists, maps and the simple values. */

/** A value of CBOR, of the kinds that are read here. */
export type CborValue = number | string | boolean | null | Buffer | CborValue[] | Map<number | string, CborValue>;

/** Authenticators nest three deep. */
const MAX_DEPTH = 8;

/**
 * Reads the value at the start of some bytes.
 *
 * @param bytes The bytes, which may go on behind it.
 * @returns The value, and how many bytes it takes.
 * @throws RangeError where they hold none of the kinds above
 */
export function readCbor(bytes: Buffer): { value: CborValue; length: number } {
  let at = 0;

  function take(count: number): Buffer {
    if (at + count > bytes.length) throw new RangeError('CBOR ends early');
    return bytes.subarray(at, (at += count));
  }

  /** The number in a head: in its low five bits, or in the 1, 2 or 4 bytes behind it. */
  function readNumber(low: number): number {
    if (low < 24) return low;
    if (low > 26) throw new RangeError('CBOR with a length that is not supported');
    return take(2 ** (low - 24)).readUIntBE(0, 2 ** (low - 24));
  }

  function read(depth: number): CborValue {
    if (depth > MAX_DEPTH) throw new RangeError('CBOR is nested too deep');
    const head = take(1)[0]!;
    const [kind, low] = [head >> 5, head & 31];
    if (kind === 7) return readSimple(low);
    const number = readNumber(low);
    switch (kind) {
      case 0:
        return number;
      case 1:
        return -1 - number;
      case 2:
        return take(number);
      case 3:
        return take(number).toString('utf8');
      case 4:
        return readMany(number, () => read(depth + 1));
      case 5:
        return new Map(readMany(number, () => [readKey(depth + 1), read(depth + 1)] as const));
      default:
        throw new RangeError('CBOR with a kind that is not supported');
    }
  }

  function readMany<T>(count: number, one: () => T): T[] {
    if (count > bytes.length - at) throw new RangeError('CBOR ends early'); // each takes a byte at least
    return Array.from({ length: count }, one);
  }

  function readKey(depth: number): number | string {
    const key = read(depth);
    if (typeof key === 'number' || typeof key === 'string') return key;
    throw new RangeError('CBOR with a key that is not supported');
  }

  return { value: read(0), length: at };
}

function readSimple(low: number): CborValue {
  if (low === 20 || low === 21) return low === 21;
  if (low === 22 || low === 23) return null;
  throw new RangeError('CBOR with a simple value that is not supported');
}
