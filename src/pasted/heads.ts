/** First lines and headers of HTTP messages (RFC 9112, sections 3 and 4; RFC 9113, section 8.3). */
import type { Header, ResponseHead } from './types.js';

/** The lines of a text, whichever system it comes from. */
export const linesOf = (text: string): string[] =>
  text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));

/**
 * Reads `POST /notes HTTP/1.1`.
 * @param line A line.
 * @returns `undefined` where it is none.
 */
export function readRequestLine(line: string): { method: string; target: string } | undefined {
  const [method = '', target = '', version = '', ...more] = line.trimEnd().split(' ');
  const isRequest = /^[A-Z]{1,20}$/.test(method) && /^HTTP\/\d(\.\d)?$/.test(version) && more.length === 0;
  return isRequest && target !== '' ? { method, target } : undefined;
}

/**
 * Reads `HTTP/1.1 403 Forbidden`, or `HTTP/2 403`.
 * @param line A line.
 * @returns The answer, as yet without headers; `undefined` where it is none.
 */
export function readStatusLine(line: string): ResponseHead | undefined {
  const status = /^HTTP\/\d(?:\.\d)? (\d{3})(?: |$)/.exec(line)?.[1];
  return status === undefined ? undefined : { status: Number(status), headers: [] };
}

/**
 * Reads `name: value`, pseudo headers such as `:path: /notes` included.
 * @param line A line.
 * @returns `undefined` where it is none.
 */
export function readHeaderLine(line: string): Header | undefined {
  const colon = line.indexOf(':', 1);
  const name = line.slice(0, Math.max(colon, 0));
  return /^:?[\w!#$%&'*+.^`|~-]+$/.test(name) ? [name, line.slice(colon + 1).trim()] : undefined;
}

/**
 * The first value of a header.
 * @param headers The headers.
 * @param name Its name in lower case.
 */
export const headerOf = (headers: readonly Header[], name: string): string | undefined =>
  headers.find(([given]) => given.toLowerCase() === name)?.[1];
