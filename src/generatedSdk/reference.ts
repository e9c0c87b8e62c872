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

/**
 * Follows references within the document.
 * @param document The whole document.
 * @param value What stands at the place: an object, which may be a `$ref`.
 * @param place The place, for errors.
 * @returns The object, and where it stands.
 * @throws SigV4ClientError `InvalidOption` for a reference to another document, to nothing, or to itself
 * @see https://spec.openapis.org/oas/v3.1.0#reference-object
 */
export function follow(
  document: Record<string, unknown>,
  value: unknown,
  place: Place,
): { value: Record<string, unknown>; place: Place } {
  let found = { value: objectAt(value, place), place };
  const seen = new Set<unknown>();
  while (found.value.$ref !== undefined) {
    const { $ref } = found.value;
    const at = [...found.place, '$ref'];
    if (seen.has(found.value)) throw wrongAt(at, 'a reference that leads somewhere else than to itself', $ref);
    seen.add(found.value);
    if (typeof $ref !== 'string' || !$ref.startsWith('#/')) throw wrongAt(at, 'a reference within the document', $ref);
    const keys = $ref.slice(2).split('/').map(unescaped);
    let target: unknown = document;
    for (const key of keys) target = isObject(target) && Object.hasOwn(target, key) ? target[key] : undefined;
    if (target === undefined) throw wrongAt(at, 'a reference to something in the document', $ref);
    found = { value: objectAt(target, keys), place: keys };
  }
  return found;
}

function unescaped(key: string): string {
  const plain = key.replace(/~1/g, '/').replace(/~0/g, '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
