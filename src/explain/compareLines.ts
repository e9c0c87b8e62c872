/** What was signed beside what the gateway saw, line by line: for the site's page that reads refusals. */
import { readAnswer, readSigned, recompute } from './read/index.js';
import type { CanonicalRequest, StringToSign } from './read/index.js';
import { SIGNERS } from './signers.js';
import type { Refusal, SignedParts } from './types.js';

/** A line of the canonical request or of the string to sign. */
export interface ComparedLine {
  /** Its place, such as `method`, or a header's name with a colon behind it. */
  readonly name: string;
  /** As it was signed: `null` where there is no such line, `undefined` where it is not known. */
  readonly signed: string | null | undefined;
  /** As the gateway saw it, in the same way. */
  readonly seen: string | null | undefined;
}

/** The lines of both texts. */
export interface ComparedLines {
  readonly canonicalRequest: readonly ComparedLine[];
  readonly stringToSign: readonly ComparedLine[];
}

/**
 * Puts what was signed and what the gateway saw side by side. It holds what was pasted, tokens included.
 * @param refusal The answer, which tells what the gateway saw where it refuses a signature.
 * @param signed What was signed. `undefined` where that is not known.
 * @returns `undefined` where neither side is known.
 */
export function compareLines(refusal: Refusal, signed: SignedParts | undefined): ComparedLines | undefined {
  const ours = signed && recompute(readSigned(signed, SIGNERS.functions));
  const theirs = 'networkError' in refusal ? undefined : readAnswer(refusal);
  if (!ours && !theirs?.canonical) return undefined;
  const known = ours && { ...ours.canonical, payloadHash: ours.isBodyKnown ? ours.canonical.payloadHash : undefined };
  const unknown = ours?.unknownHeaders ?? new Set<string>();
  // If only a part of the text is known, its hash would not be the hash of the whole text.
  const isWhole = ours?.isBodyKnown === true && unknown.size === 0;
  const ourString = ours && { ...ours.stringToSign, hash: isWhole ? ours.stringToSign.hash : undefined };
  return {
    canonicalRequest: linesOfRequests(known, theirs?.canonical, unknown),
    stringToSign: linesOfStrings(ourString, theirs?.stringToSign),
  };
}

type Known<T> = { [Name in keyof T]: T[Name] | undefined } | undefined;

function linesOfRequests(
  ours: Known<CanonicalRequest>,
  theirs: CanonicalRequest | undefined,
  unknown: ReadonlySet<string>,
): ComparedLine[] {
  const names = [...(ours?.headers?.keys() ?? []), ...unknown, ...(theirs?.headers.keys() ?? [])];
  const headers = [...new Set(names)]
    .sort()
    .map((name) => ({
      name: `${name}:`,
      signed: unknown.has(name) ? undefined : headerOf(ours?.headers, name),
      seen: headerOf(theirs?.headers, name),
    }));
  return [
    { name: 'method', signed: ours?.method, seen: theirs?.method },
    { name: 'path', signed: ours?.path, seen: theirs?.path },
    { name: 'query', signed: ours?.query, seen: theirs?.query },
    ...headers,
    { name: 'signed headers', signed: ours?.signedHeaders, seen: theirs?.signedHeaders },
    { name: 'payload hash', signed: ours?.payloadHash, seen: theirs?.payloadHash },
  ];
}

const headerOf = (headers: ReadonlyMap<string, string> | undefined, name: string): string | null | undefined =>
  headers && (headers.get(name) ?? null);

const linesOfStrings = (ours: Known<StringToSign>, theirs: StringToSign | undefined): ComparedLine[] => [
  { name: 'date', signed: ours?.amzDate, seen: theirs?.amzDate },
  { name: 'credential scope', signed: ours?.scope, seen: theirs?.scope },
  { name: 'hash of the canonical request', signed: ours?.hash, seen: theirs?.hash },
];
