/** Percent-decoding that never throws. */

/** Percent-decodes a text once. A text that cannot be decoded is returned unchanged. */
export function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Percent-decodes a text until it no longer changes, five times at most. */
export function decodeFully(text: string): string {
  let [before, after] = [text, decodeOnce(text)];
  for (let i = 0; i < 4 && before !== after; i++) [before, after] = [after, decodeOnce(after)];
  return after;
}
