/** Tries the changes that HTTP clients and proxies make to bodies, until one gives the hash that the gateway computed. */
import { sha256Hex, utf8Bytes } from '../../sigv4/index.js';
import { isObject } from '../../util/index.js';

/** Longer bodies, in characters or bytes, are not tried, since each change takes a hash of the whole body. */
const MAX_CONTENT = 1_048_576;

/** A change: its name, and a function that makes it, and throws where it is not possible. */
type Candidate = readonly [name: string, make: (text: string) => string | Uint8Array];

const CANDIDATES: readonly Candidate[] = [
  ['a line break was added at its end', (text) => `${text}\n`],
  ['a line break was added at its end', (text) => `${text}\r\n`],
  ['white space at its ends was removed', (text) => text.trim()],
  ['its JSON was printed again without white space', (text) => JSON.stringify(JSON.parse(text))],
  ['its JSON was printed again with other white space', (text) => JSON.stringify(JSON.parse(text), undefined, 2)],
  ['its JSON was printed again with other white space', (text) => spacedJson(JSON.parse(text))],
  ['it was serialized to JSON twice', (text) => JSON.stringify(text)],
  [
    'its JSON was turned into a form',
    (text) => new URLSearchParams(JSON.parse(text) as Record<string, string>).toString(),
  ],
  ['its form was encoded again', (text) => new URLSearchParams(text).toString()],
  ['its form was encoded again', (text) => text.replace(/\+/g, '%20')],
  ['its line breaks were changed', (text) => text.replace(/\r?\n/g, '\r\n')],
  ['its line breaks were changed', (text) => text.replace(/\r\n/g, '\n')],
  ['its characters outside ASCII were written as \\u escapes', asciiJson],
  ['it was sent as Latin-1 instead of UTF-8', toLatin1],
  ['its UTF-8 was read as Latin-1 and encoded again', readAsLatin1],
  ['a byte order mark was put before it', (text) => `\uFEFF${text}`],
  ['an object was sent as "[object Object]"', () => '[object Object]'],
];

/**
 * Finds the usual change that gives the hash which the gateway computed.
 * @param content The body that was signed.
 * @param hash Hex SHA-256 of the body that arrived.
 * @returns `undefined` where none does.
 */
export function findBodyChange(content: string | Uint8Array, hash: string): string | undefined {
  if (content.length > MAX_CONTENT) return undefined;
  if (typeof content !== 'string' && typeof TextDecoder === 'undefined') return undefined; // some versions of Hermes lack it
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  return CANDIDATES.find(([, make]) => hashOf(make, text) === hash)?.[0];
}

function hashOf(make: Candidate[1], text: string): string | undefined {
  try {
    return sha256Hex(make(text));
  } catch {
    return undefined; // this change needs JSON, or Latin-1
  }
}

/** Prints JSON as Python and some others do, with a space after each comma and colon. */
function spacedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spacedJson).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${spacedJson(one)}`);
  return `{${entries.join(', ')}}`;
}

function asciiJson(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function toLatin1(text: string): Uint8Array {
  if (/[^\0-\xff]/.test(text)) throw new RangeError();
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

function readAsLatin1(text: string): string {
  return Array.from(utf8Bytes(text), (byte) => String.fromCharCode(byte)).join('');
}
