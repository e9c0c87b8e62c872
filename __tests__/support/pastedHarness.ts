/** What the tests of `src/pasted/` share: the samples, and the reading of one refusal. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain } from '../../src/explain';
import type { Explanation, SignedParts } from '../../src/explain';
import { readPasted } from '../../src/pasted';
import type { Pasted } from '../../src/pasted';

const VECTORS = join(__dirname, '../vectors/pasted');

/** A sample of `__tests__/vectors/pasted/`. */
export const sample = (name: string): string => readFileSync(join(VECTORS, name), 'utf8');

/** What was read of a text with one refusal, headers as lines. */
export function readOne(text: string) {
  const pasted = readPasted(text);
  expect(pasted).toHaveLength(1);
  return flat(pasted[0]!);
}

/** A refusal as a test can compare it. */
export function flat({ kind, refusal, signed }: Pasted) {
  const answer =
    'networkError' in refusal
      ? { error: String(refusal.networkError) }
      : { status: refusal.status, headers: linesOf(refusal.headers), body: refusal.body };
  return { kind, ...answer, signed: signed && { ...signed, headers: linesOf(signed.headers) } };
}

function linesOf(headers: SignedParts['headers'] = {}): string[] {
  const pairs = Symbol.iterator in headers ? [...headers] : Object.entries(headers);
  return pairs.map(([name, value]) => `${name}: ${String(value)}`);
}

/** The explanation of the only refusal in a text, at the time of the recordings. */
export function explainPasted(text: string, now = Date.parse('2026-11-27T04:32:00Z')): Explanation | undefined {
  const [{ refusal, signed } = { refusal: { status: 0 }, signed: undefined }, ...others] = readPasted(text);
  expect(others).toEqual([]);
  return explain(refusal, signed ?? { url: '' }, { now: () => now });
}
