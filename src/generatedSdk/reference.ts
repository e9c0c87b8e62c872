/** Places in a document, their errors, and what a `$ref` stands for. */
import { SigV4ClientError } from '../errors.js';
import { describeValue, isObject } from '../util/index.js';

/** A place in a document: the keys that lead to it. */
export type Place = readonly string[];

/** The error of what stands at a place, which it names by its pointer, such as `#/paths/~1notes/get` (RFC 6901, section 6). */
export function wrongAt(place: Place, expected: string, came: unknown): SigV4ClientError {
  const pointer = place.map((key) => `/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
  return new SigV4ClientError('InvalidOption', `document#${pointer}: expected ${expected}, got ${describeValue(came)}`);
}

/** What stands at a place, which has to be an object. */
export function objectAt(value: unknown, place: Place): Record<string, unknown> {
  if (isObject(value)) return value;
  throw wrongAt(place, 'an object', value);
}

/** An object of a document, and where it stands. */
export interface Found {
  readonly value: Record<string, unknown>;
  readonly place: Place;
}

/** Gets what stands at a place: an object, or the one that a `$ref` there leads to. */
export type Follow = (value: unknown, place: Place) => Found;

/**
 * Makes what follows references within a document. Each is followed once, so that chains which many share take no more time than
 * there is text.
 * @param document The whole document.
 * @returns A function that throws SigV4ClientError `InvalidOption` for a reference to another document, to nothing, or to itself
 * @see https://spec.openapis.org/oas/v3.1.0#reference-object
 */
export function createFollow(document: Record<string, unknown>): Follow {
  const known = new Map<unknown, Found>();

  function follow(value: unknown, place: Place): Found {
    let found: Found = { value: objectAt(value, place), place };
    const passed = new Set<unknown>();
    while (found.value.$ref !== undefined && !known.has(found.value)) {
      if (passed.has(found.value)) {
        const expected = 'a reference that leads somewhere else than to itself';
        throw wrongAt([...found.place, '$ref'], expected, found.value.$ref);
      }
      passed.add(found.value);
      found = targetOf(document, found);
    }
    found = known.get(found.value) ?? found;
    for (const one of passed) known.set(one, found);
    return found;
  }
  return follow;
}

function targetOf(document: Record<string, unknown>, { value: { $ref }, place }: Found): Found {
  const at = [...place, '$ref'];
  if (typeof $ref !== 'string' || !$ref.startsWith('#/')) throw wrongAt(at, 'a reference within the document', $ref);
  const keys = $ref.slice(2).split('/').map(unescaped);
  let target: unknown = document;
  for (const key of keys) target = isObject(target) && Object.hasOwn(target, key) ? target[key] : undefined;
  if (target === undefined) throw wrongAt(at, 'a reference to something in the document', $ref);
  return { value: objectAt(target, keys), place: keys };
}

function unescaped(key: string): string {
  const plain = key.replace(/~1/g, '/').replace(/~0/g, '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
