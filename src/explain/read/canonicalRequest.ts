/** Reads a canonical request and a string to sign, line by line. */
import type { CanonicalRequest, StringToSign } from './types.js';

/**
 * Reads a canonical request: method, path, query, a line for each header, an empty line, the signed headers, the payload hash.
 * @returns `undefined` where it is none.
 */
export function parseCanonicalRequest(text: string): CanonicalRequest | undefined {
  const lines = linesOf(text);
  if (lines.length < 7) return undefined; // with one header, the host
  const [method, path, query] = lines as [string, string, string];
  const [signedHeaders, payloadHash] = lines.slice(-2) as [string, string];
  if (method === '' || !path.startsWith('/') || payloadHash === '') return undefined;
  return { method, path, query, headers: parseHeaderLines(lines.slice(3, -2)), signedHeaders, payloadHash };
}

function parseHeaderLines(lines: readonly string[]): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon), line.slice(colon + 1));
  }
  return headers;
}

/**
 * Reads a string to sign: algorithm, date, credential scope, hash of the canonical request.
 * @returns `undefined` where it is none.
 */
export function parseStringToSign(text: string): StringToSign | undefined {
  const [algorithm = '', amzDate, scope, hash] = linesOf(text);
  if (!algorithm.startsWith('AWS4-') || !amzDate || !scope || !hash) return undefined;
  return { amzDate, scope, hash };
}

/** The lines of a text, without the carriage returns of Windows. */
const linesOf = (text: string): string[] => text.replace(/\r/g, '').split('\n');
