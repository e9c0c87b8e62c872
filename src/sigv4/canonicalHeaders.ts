/** The canonical headers, the list of signed headers, and which headers are never signed. */
import { sortPairs } from './canonicalQuery.js';
import type { Pair } from './types.js';

/** Headers to sign: by lower-case name, trimmed and folded. */
export type SignedHeaders = Pair[];

/** Trims a header's value and folds its inner white space into single spaces. Other white space, such as U+00A0, stays. */
export function foldSpace(value: string): string {
  // Searching a long token for four texts takes a fraction of what an expression takes that reads it.
  const isFolded = !['  ', '\t', '\r', '\n'].some((space) => value.includes(space));
  const folded = isFolded ? value : value.replace(/[ \t\r\n]+/g, ' ');
  return folded.slice(folded.startsWith(' ') ? 1 : 0, folded.endsWith(' ') ? -1 : undefined);
}

/** The list of signed headers, as it stands in the signature. */
export const signedHeaderNames = (signed: SignedHeaders): string => signed.map((header) => header[0]).join(';');

/** Browsers drop these, and fetch or proxies rewrite them: sent as given, never signed. */
const UNSIGNED_HEADERS =
  /^(accept-(charset|encoding)|access-control-request-.+|cache-control|connection|content-length|cookie2?|date|dnt|expect|keep-alive|origin|pragma|proxy-.+|referer|sec-.+|set-cookie2?|te|trailer|transfer-encoding|upgrade|user-agent|via|x-amzn-trace-id|x-forwarded-.+)$/;

/** Whether a header is signed where it is given; `name` in lower case. */
export const isSigned = (name: string): boolean => !UNSIGNED_HEADERS.test(name);

/** Headers in the canonical form: names in lower case, repeats joined by a comma, sorted. */
export function canonicalHeaders(headers: Iterable<Pair>): SignedHeaders {
  const values = new Map<string, string>();
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    values.set(name, (values.has(name) ? values.get(name)! + ',' : '') + foldSpace(value));
  }
  return sortPairs([...values]);
}
