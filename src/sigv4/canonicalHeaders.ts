/** The canonical headers, the list of signed headers, and which headers are never signed. */
import { sortPairs } from './canonicalQuery.js';
import { invalidOption } from './errors.js';
import { checkText } from './options.js';
import type { Pair, SignedHeadersOptions } from './types.js';
import { isMissing } from './values.js';

/** Headers to sign: pairs of the name in lower case and the value, trimmed and with its white space folded. */
export type SignedHeaders = Pair[];

/** Trims a header's value and folds its inner white space into single spaces. Other white space, such as U+00A0, stays. */
export function foldSpace(value: string): string {
  // Looking for four texts in a long token takes a fraction of the time that a regular expression takes to read it.
  const isFolded = !['  ', '\t', '\r', '\n'].some((space) => value.includes(space));
  const folded = isFolded ? value : value.replace(/[ \t\r\n]+/g, ' ');
  return folded.slice(folded.startsWith(' ') ? 1 : 0, folded.endsWith(' ') ? -1 : undefined);
}

/** The list of signed headers, as it stands in the signature. */
export const signedHeaderNames = (signed: SignedHeaders): string => signed.map((header) => header[0]).join(';');

/** These are sent as given and never signed: browsers drop them, and fetch or proxies rewrite them. */
const UNSIGNED_HEADERS =
  /^(accept-(charset|encoding)|access-control-request-.+|cache-control|connection|content-length|cookie2?|date|dnt|expect|from|keep-alive|max-forwards|origin|pragma|proxy-.+|referer|sec-.+|set-cookie2?|te|trace(parent|state)|trailer|transfer-encoding|upgrade|user-agent|via|x-amzn-trace-id|x-forwarded-.+)$/;

/** Whether a header is signed where it is given; `name` in lower case. */
export type SignedHeadersRule = (name: string, hasBody: boolean) => boolean;

/** Without a body, no Content-Type is signed: browsers and proxies drop it. */
const isSignedByDefault: SignedHeadersRule = (name, hasBody) =>
  !UNSIGNED_HEADERS.test(name) && (hasBody || name !== 'content-type');

/** Reads the header names that an option lists, and gives them in lower case. */
function readNames(
  given: readonly string[] | null | undefined,
  option: string,
  illegal: RegExp,
  expected: string,
): string[] {
  if (isMissing(given)) return [];
  if (!Array.isArray(given)) throw invalidOption(option, 'an array of header names', given);
  return given.map((name) => checkText(name, illegal, 'InvalidOption', option, expected).toLowerCase());
}

/**
 * Makes the rule that says which of the given headers are signed.
 * @throws SigV4Error `InvalidOption` for a list that holds no header names, or names that must be, or cannot be, signed
 */
export function signedHeadersRule(options: SignedHeadersOptions): SignedHeadersRule {
  const { unsignedHeaders, extraSignedHeaders } = options;
  if (isMissing(unsignedHeaders ?? extraSignedHeaders)) return isSignedByDefault;
  const unsigned = readNames(
    unsignedHeaders,
    'unsignedHeaders',
    /^(?:host|x-amz-.*)$/i,
    'names, but not host and x-amz-…, which AWS wants signed',
  );
  const extra = readNames(extraSignedHeaders, 'extraSignedHeaders', /^authorization$/i, 'names, but not authorization');
  const both = extra.find((name) => unsigned.includes(name));
  if (both !== undefined) throw invalidOption('extraSignedHeaders', 'none of unsignedHeaders', both);
  return (name, hasBody) => extra.includes(name) || (isSignedByDefault(name, hasBody) && !unsigned.includes(name));
}

/** Headers in the canonical form: names in lower case, repeats joined by a comma, sorted. */
export function canonicalHeaders(headers: Iterable<Pair>): SignedHeaders {
  const values = new Map<string, string>();
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    values.set(name, (values.has(name) ? values.get(name)! + ',' : '') + foldSpace(value));
  }
  return sortPairs([...values]);
}
