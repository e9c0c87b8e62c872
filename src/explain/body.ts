/** How a body was changed on its way: its hash tells. The body itself is never shown. */
import type { Difference } from './difference.js';
import { contentOf } from './signed.js';
import type { Signed } from './signed.js';

const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const MAX_GUESSED = 1_048_576;
const AS_RETURNED =
  'Send the body that signRequest returned, as it is: text, not an object for the HTTP client to serialize; and let nothing on the way parse and print it again.';

/**
 * Compares two payload hashes.
 * @param signed What was signed, to try on its body what clients and proxies do to bodies.
 */
export function comparePayloads(ours: string, theirs: string, signed: Signed): Difference | undefined {
  if (ours === theirs) return undefined;
  if (ours === 'UNSIGNED-PAYLOAD') {
    return {
      code: 'UnsignedPayload',
      place: 'the payload hash',
      what: 'signed as "UNSIGNED-PAYLOAD", but the gateway wants the hash of the body',
      cause: 'The body was left out of the signature, which S3 allows, but this gateway does not.',
      advice: 'Sign the body: leave payloadHash and the header x-amz-content-sha256 away, or set them to its SHA-256.',
    };
  }
  const { what, cause, advice } = kindOfChange(ours, theirs, signed);
  return { code: 'BodyChanged', place: 'the payload hash', what: `the body ${what}`, cause, advice };
}

type Kind = Pick<Difference, 'what' | 'cause' | 'advice'>;

function kindOfChange(ours: string, theirs: string, signed: Signed): Kind {
  if (theirs === EMPTY_HASH) {
    return {
      what: 'was signed, but arrived empty',
      cause:
        'The body was lost on the way to the gateway: a redirect, a proxy that drops bodies, or a client that was not given the body.',
      advice:
        'Pass the signed body to the HTTP client (fetch: body, axios: data), and call the final URL, not one that redirects.',
    };
  }
  if (ours === EMPTY_HASH) {
    return {
      what: 'was signed as empty, but one arrived',
      cause:
        'The request was signed without a body and sent with one. Clients that send "{}" or "null" by default do that, and so does signing an object that carries its body under another name.',
      advice: 'Sign with the body that is sent, or send none.',
    };
  }
  const found = guess(theirs, signed);
  return {
    what: found ? `was changed after signing: ${found}` : 'was changed after signing (its SHA-256 differs)',
    cause: `The body that arrived is not the one that was signed${found ? `: ${found}` : ''}. An HTTP client that serializes it again, or a proxy that rewrites it, does that.`,
    advice: AS_RETURNED,
  };
}

/** Which of the usual changes gives the hash that the gateway computed. */
function guess(hash: string, { body, stages }: Signed): string | undefined {
  const content = contentOf(body);
  if (content === undefined || content.length > MAX_GUESSED) return undefined;
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  const candidates: [string, () => string | Uint8Array][] = [
    ['a line break was added at its end', () => `${text}\n`],
    ['a line break was added at its end', () => `${text}\r\n`],
    ['white space at its ends was removed', () => text.trim()],
    ['its JSON was printed again without white space', () => JSON.stringify(JSON.parse(text))],
    ['its JSON was printed again with other white space', () => JSON.stringify(JSON.parse(text), undefined, 2)],
    ['its JSON was printed again with other white space', () => spaced(JSON.parse(text))],
    ['it was serialized to JSON twice', () => JSON.stringify(text)],
    [
      'its JSON was turned into a form',
      () => new URLSearchParams(JSON.parse(text) as Record<string, string>).toString(),
    ],
    ['its form was encoded again', () => new URLSearchParams(text).toString()],
    ['its form was encoded again', () => text.replaceAll('+', '%20')],
    ['its line breaks were changed', () => text.replace(/\r?\n/g, '\r\n')],
    ['its line breaks were changed', () => text.replaceAll('\r\n', '\n')],
    ['its characters outside ASCII were written as \\u escapes', () => escaped(text)],
    ['it was sent as Latin-1 instead of UTF-8', () => latin1(text)],
    ['its UTF-8 was read as Latin-1 and encoded again', () => latin1Reading(text)],
    ['a byte order mark was put before it', () => `\uFEFF${text}`],
    ['an object was sent as "[object Object]"', () => '[object Object]'],
  ];
  for (const [name, make] of candidates) {
    try {
      if (stages.sha256Hex(make()) === hash) return name;
    } catch {
      continue; // no JSON, or not Latin-1
    }
  }
  return undefined;
}

/** As Python and some others print JSON: with a space behind each comma and colon. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${spaced(one)}`);
  return `{${entries.join(', ')}}`;
}

function escaped(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function latin1(text: string): Uint8Array {
  if (/[^\0-\xff]/.test(text)) throw new RangeError('not Latin-1');
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

function latin1Reading(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}
