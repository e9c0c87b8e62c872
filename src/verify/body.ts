/** Reads the body of a request, hashes it, and compares it with what the headers announce. */
import { bytesOf, isMissing, optionMessage, typeTag } from '../sigv4/index.js';
import { isObject } from '../util/index.js';
import { VerifyError } from './errors.js';
import { refuse } from './refusal.js';
import type { Refused } from './types.js';
import { headerValues } from './wire.js';
import type { Wire } from './wire.js';

/** Added to a refusal for a body that was not given: how the server comes by it. */
export const HOW_TO_READ = ' It has to be read first, and kept as it came: what a parser makes of it was not signed.';

/**
 * Reads a body as the caller of `verifyRequest` gives it.
 * @returns Text or bytes; `undefined` where none was given. `{}` counts as none: body-parser 1 (Express 4)
 *   gives that for what it has not parsed, and whether it parses depends on the client.
 * @throws VerifyError `InvalidRequest` for anything but text or bytes: a stream or an object, read as bytes, would seem to be an empty
 *   body
 */
export function readBody(body: unknown): string | Uint8Array | undefined {
  if (isMissing(body) || isEmptyObject(body)) return undefined;
  if (typeof body === 'string') return body;
  if (ArrayBuffer.isView(body) || /^(Shared)?ArrayBuffer$/.test(typeTag(body))) return bytesOf(body as ArrayBuffer);
  const hint = 'a stream has to be read first, and a parsed body is not what was signed';
  const expected = 'text or bytes as they were received';
  throw new VerifyError('InvalidRequest', optionMessage('request.body', expected, `${typeTag(body)} (${hint})`));
}

const isEmptyObject = (body: unknown): boolean => isObject(body) && Object.keys(body).length === 0;

/**
 * Checks that a body was given if the headers announce one. Otherwise a server that reads no body for a GET would have an empty body
 * verified, and pass on another that nobody signed.
 */
export function checkBody(wire: Wire): Refused | undefined {
  const lengths = headerValues(wire, 'content-length');
  const isChunked = headerValues(wire, 'transfer-encoding').length > 0;
  if (lengths.length === 0 && (!isChunked || wire.body !== undefined)) return undefined;
  const given = byteLength(wire.body ?? '');
  const isWhole = !isChunked && lengths.length === 1 && /^\d+$/.test(lengths[0]!) && Number(lengths[0]) === given;
  if (isWhole) return undefined;
  const announced = isChunked ? 'Transfer-Encoding' : `Content-Length '${lengths.join(', ').slice(0, 80)}'`;
  const unread = wire.body === undefined ? ` None was given.${HOW_TO_READ}` : '';
  return refuse(
    'BodyMismatch',
    `The body of ${given} bytes is not the one that the header ${announced} announces.${unread}`,
  );
}

/** The hint that a compressed body must not be inflated first: some parsers do so, such as Express's `raw`, and give what was not signed. */
export function compressionHint(wire: Wire): string {
  const encoding = headerValues(wire, 'content-encoding').join(', ');
  if (encoding === '' || encoding === 'identity') return '';
  return ` The body came as Content-Encoding '${encoding.slice(0, 80)}': give it as it was received, before anything inflates it.`;
}

const byteLength = (body: string | Uint8Array): number =>
  typeof body === 'string' ? new TextEncoder().encode(body).length : body.length;
