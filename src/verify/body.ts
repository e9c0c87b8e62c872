/** The body of a request: reads it, hashes it, and compares it with what the headers announce. */
import { bytesOf, isMissing, sha256Hex, typeTag } from '../sigv4/index.js';
import type { Pair } from '../sigv4/index.js';
import { isObject } from '../util/index.js';
import { VerifyError } from './errors.js';
import { refuse } from './refusal.js';
import type { Refused } from './types.js';
import { headerValues } from './wire.js';
import type { Wire } from './wire.js';

/**
 * Reads a body as the caller of `verifyRequest` gives it.
 * @param headers The headers it came with.
 * @returns Text or bytes; `undefined` where none was given.
 * @throws VerifyError `InvalidRequest`, for whatever is not surely text or bytes: read as bytes, a stream or an object would
 *   pass for an empty body
 */
export function readBody(body: unknown, headers: readonly Pair[]): string | Uint8Array | undefined {
  if (isMissing(body) || isNone(body, headers)) return undefined;
  if (typeof body === 'string') return body;
  if (ArrayBuffer.isView(body) || /^(Shared)?ArrayBuffer$/.test(typeTag(body))) return bytesOf(body as ArrayBuffer);
  const hint = 'a stream has to be read first, and a parsed body is not what was signed';
  throw new VerifyError(
    'InvalidRequest',
    `request.body: expected text or bytes as they were received, got ${typeTag(body)} (${hint})`,
  );
}

/** What body-parser 1 (Express 4) makes of a request that has no body, which HTTP/1.1 shows by these headers (RFC 9112, 6.3). */
function isNone(body: unknown, headers: readonly Pair[]): boolean {
  const isEmpty = isObject(body) && Object.keys(body).length === 0;
  const hasContent = ([name, value]: Pair) =>
    /^transfer-encoding$/i.test(name) || (/^content-length$/i.test(name) && value.trim() !== '0');
  return isEmpty && !headers.some(hasContent);
}

/** From this many bytes on, hashing with crypto-js would keep other requests waiting. */
const LARGE = 65_536;

/** The hex SHA-256 of a body. A large one is hashed by Web Crypto, where there is one, and off the event loop. */
export async function hashBody(body: string | Uint8Array): Promise<string> {
  const { crypto } = globalThis as { crypto?: Partial<Crypto> };
  if (body.length < LARGE || !crypto?.subtle) return sha256Hex(body);
  // A copy: Web Crypto does not take shared memory.
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Whether the body is the one that came. A server that reads none for a GET would else have an empty body verified, and hand
 * on one that nobody signed.
 */
export function checkBody(wire: Wire): Refused | undefined {
  const lengths = headerValues(wire, 'content-length');
  const isChunked = headerValues(wire, 'transfer-encoding').length > 0;
  const given = byteLength(wire.body ?? '');
  const isWhole = isChunked
    ? wire.body !== undefined && lengths.length === 0
    : lengths.length === 0 || (lengths.length === 1 && /^\d+$/.test(lengths[0]!) && Number(lengths[0]) === given);
  if (isWhole) return undefined;
  const announced = isChunked ? 'Transfer-Encoding' : `Content-Length '${lengths.join(', ').slice(0, 80)}'`;
  return refuse('BodyMismatch', `The body of ${given} bytes is not the one that the header ${announced} announces.`);
}

const byteLength = (body: string | Uint8Array): number =>
  typeof body === 'string' ? new TextEncoder().encode(body).length : body.length;
