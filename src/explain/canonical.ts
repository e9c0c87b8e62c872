/** A canonical request, line by line. */

/** The parts of a canonical request, each as it stands there. */
export interface Canonical {
  method: string;
  path: string;
  query: string;
  /** Values by lower-case name. */
  headers: Map<string, string>;
  signedHeaders: string;
  payloadHash: string;
}

/** The three lines of a string to sign that can differ. */
export interface StringToSign {
  amzDate: string;
  scope: string;
  hash: string;
}

/**
 * Reads a canonical request.
 * @returns `undefined` where it is none.
 */
export function parseCanonical(text: string): Canonical | undefined {
  const lines = text.replaceAll('\r', '').split('\n');
  const [method, path, query] = lines;
  const payloadHash = lines.at(-1);
  const signedHeaders = lines.at(-2);
  if (lines.length < 6 || !method || !path?.startsWith('/') || query === undefined) return undefined;
  if (!payloadHash || signedHeaders === undefined) return undefined;
  const headers = new Map<string, string>();
  for (const line of lines.slice(3, -2)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1));
  }
  return { method, path, query, headers, signedHeaders, payloadHash };
}

/**
 * Reads a string to sign.
 * @returns `undefined` where it is none.
 */
export function parseStringToSign(text: string): StringToSign | undefined {
  const [algorithm, amzDate, scope, hash] = text.replaceAll('\r', '').split('\n');
  if (!algorithm?.startsWith('AWS4-') || !amzDate || !scope || !hash) return undefined;
  return { amzDate, scope, hash };
}

/** The pairs of a canonical query, still encoded. */
export function queryPairs(query: string): [name: string, value: string][] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    });
}

/** Percent-decoded once; the text itself where it cannot be. */
export function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Percent-decoded until nothing changes any more. */
export function decodeFully(text: string): string {
  let [before, after] = [text, decodeOnce(text)];
  for (let i = 0; i < 4 && before !== after; i++) [before, after] = [after, decodeOnce(after)];
  return after;
}
