/** Percent-decoding that never throws. */

/** Percent-decodes a text once. A text that cannot be decoded is returned unchanged. */
export function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Percent-decodes a text five times, which is as often as proxies and clients together may have encoded it. */
export function decodeFully(text: string): string {
  let decoded = text;
  for (let i = 0; i < 5; i++) decoded = decodeOnce(decoded);
  return decoded;
}
