/** The headers of a request, checked. */
import { SigV4Error } from './errors.js';
import type { SigV4ErrorCode } from './errors.js';
import { checkText } from './options.js';
import type { HeaderParams, Pair } from './types.js';
import { isMissing, isScalar, typeTag } from './values.js';

/** Headers that the signer sets itself. */
const SIGNER_HEADERS = /^(authorization|host|x-amz-date|x-amz-security-token)$/;

/** The pairs of a record, of `Headers` or `URLSearchParams`, or of any other iterable. */
export function entriesOf(given: unknown, option: string, code: SigV4ErrorCode): Iterable<readonly [string, unknown]> {
  if (given === undefined || given === null) return []; // not isMissing, which TypeScript 4.9 does not narrow by
  if (typeof given !== 'object') throw new SigV4Error(code, option, 'an object', given);
  if (!(Symbol.iterator in given)) {
    if (typeTag(given) === 'Object') return Object.entries(given);
    throw new SigV4Error(code, option, 'an object, or pairs', given); // a promise or a URL would count as an empty record
  }
  const pairs = Array.from(given as Iterable<Pair>);
  // Without this, a text of two letters would count as a pair, and the third of three values would be lost.
  const wrong = pairs.findIndex((pair: unknown) => !Array.isArray(pair) || pair.length !== 2);
  if (wrong !== -1) throw new SigV4Error(code, `${option}[${wrong}]`, 'a pair of a name and a value', pairs[wrong]);
  return pairs;
}

export function checkHeaderValue(value: unknown, option: string): string {
  const text = isScalar(value) ? (/[^ \t](?:[^]*[^ \t])?/.exec(String(value))?.[0] ?? '') : value;
  return text === '' ? text : checkText(text, /[^\t -~\x80-\xff]/, 'InvalidHeader', option, 'a line of Latin-1 text');
}

/** The headers of a request, checked. */
export interface RequestHeaders {
  /** By lower-case name: the name as the app spelt it, which is its key in `sent`. */
  readonly names: ReadonlyMap<string, string>;
  /** The headers as they are sent, under the names that the app gave them. */
  readonly sent: Record<string, string>;
}

/**
 * Reads the headers of a request, without those that the signer sets itself.
 * @throws SigV4Error `InvalidHeader`
 */
export function readHeaders(headers: HeaderParams | null | undefined): RequestHeaders {
  const names = new Map<string, string>();
  const sent: Record<string, string> = {};
  for (const [name, value] of entriesOf(headers, 'headers', 'InvalidHeader')) {
    if (isMissing(value)) continue;
    const option = `headers['${name}']`;
    checkText(name, /[^\w!#$%&'*+.^`|~-]|^__proto__$/, 'InvalidHeader', option, 'a legal name');
    const text = checkHeaderValue(value, option);
    const lower = name.toLowerCase();
    if (SIGNER_HEADERS.test(lower)) continue;
    const given = names.get(lower);
    if (given === undefined) names.set(lower, name);
    sent[given ?? name] = given === undefined ? text : sent[given]! + ', ' + text;
  }
  return { names, sent };
}

/**
 * Whether a content type is `multipart/form-data` without the boundary, so that no server could read the form.
 * @param type The value of the header.
 */
export function lacksBoundary(type: string | null | undefined): boolean {
  const text = type ?? '';
  return /^multipart\/form-data\b/i.test(text) && !/;\s*boundary=/i.test(text);
}

/**
 * Refuses a content type that lacks its boundary.
 * @throws SigV4Error `InvalidHeader`
 */
export function checkBoundary(type: string | null | undefined): void {
  if (!lacksBoundary(type)) return;
  const expected = 'multipart/form-data with its boundary; left away for a FormData, which states its own';
  throw new SigV4Error('InvalidHeader', "headers['content-type']", expected, type);
}
