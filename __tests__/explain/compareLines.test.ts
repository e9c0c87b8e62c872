/** What was signed beside what the gateway saw, line by line. */
import { compareLines } from '../../src/explain/compareLines';
import type { ComparedLine } from '../../src/explain/compareLines';
import type { Refusal, SignedParts } from '../../src/explain/index';
import { body, canonicalLines, mismatch, sha256, sign } from '../support/awsTexts';

const refusalOf = (lines: readonly string[]): Refusal => ({
  status: 403,
  body: JSON.stringify({ message: mismatch(lines) }),
});
const SEEN = canonicalLines({ accept: 'text/html', 'x-added': '1' }, 'other');

function compare(refusal: Refusal, signed: SignedParts | undefined): Map<string, ComparedLine> {
  const lines = compareLines(refusal, signed);
  if (!lines) throw new Error('nothing to compare');
  return new Map([...lines.canonicalRequest, ...lines.stringToSign].map((line) => [line.name, line]));
}

const isDifferent = ({ signed, seen }: ComparedLine): boolean => signed !== seen;

test('a line for each part, in the order of the canonical request; those that differ do so', () => {
  const lines = compare(refusalOf(SEEN), sign());
  expect([...lines.keys()]).toEqual([
    ...[
      'method',
      'path',
      'query',
      'accept:',
      'content-type:',
      'host:',
      'x-added:',
      'x-amz-date:',
      'x-amz-security-token:',
    ],
    ...['signed headers', 'payload hash', 'date', 'credential scope', 'hash of the canonical request'],
  ]);
  expect([...lines.values()].filter(isDifferent)).toEqual([
    { name: 'accept:', signed: 'application/json', seen: 'text/html' },
    { name: 'x-added:', signed: null, seen: '1' },
    { name: 'signed headers', signed: canonicalLines().at(-2), seen: SEEN.at(-2) },
    { name: 'payload hash', signed: sha256(body), seen: sha256('other') },
    {
      name: 'hash of the canonical request',
      signed: sha256(canonicalLines().join('\n')),
      seen: sha256(SEEN.join('\n')),
    },
  ]);
});

test('what is not known of the signed request is undefined, and so is the hash of all of it', () => {
  const { body: _, ...rest } = sign();
  const lines = compare(refusalOf(canonicalLines()), { ...rest, body: {} });
  expect([...lines.values()].filter(isDifferent)).toEqual([
    { name: 'payload hash', signed: undefined, seen: sha256(body) },
    { name: 'hash of the canonical request', signed: undefined, seen: sha256(canonicalLines().join('\n')) },
  ]);
  const headers = Object.fromEntries(Object.entries(sign().headers).filter(([name]) => name !== 'Accept'));
  expect([...compare(refusalOf(canonicalLines()), { ...sign(), headers }).values()].filter(isDifferent)).toEqual([
    { name: 'accept:', signed: undefined, seen: 'application/json' },
    { name: 'hash of the canonical request', signed: undefined, seen: sha256(canonicalLines().join('\n')) },
  ]);
});

test('a header that did not arrive has a line', () => {
  const lines = canonicalLines().filter((line) => !line.startsWith('accept:'));
  expect(compare(refusalOf(lines), sign()).get('accept:')).toEqual({
    name: 'accept:',
    signed: 'application/json',
    seen: null,
  });
});

test('one side alone, where the other is not known', () => {
  expect(compare({ status: 403, body: 'Forbidden' }, sign()).get('method')).toEqual({
    name: 'method',
    signed: 'POST',
    seen: undefined,
  });
  expect(compare(refusalOf(SEEN), undefined).get('method')).toEqual({
    name: 'method',
    signed: undefined,
    seen: 'POST',
  });
  expect(compare({ networkError: new TypeError('Failed to fetch') }, sign()).get('method')?.seen).toBeUndefined();
  expect(compareLines({ status: 403, body: 'Forbidden' }, undefined)).toBeUndefined();
  expect(compareLines({ networkError: new TypeError('Failed to fetch') }, undefined)).toBeUndefined();
  expect(compareLines({ status: 403, body: 'Forbidden' }, { url: 'https://api.test/' })).toBeUndefined();
});
