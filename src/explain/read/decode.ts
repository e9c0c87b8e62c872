/** Percent-decoding that never throws. */

/** Percent-decoded once; the text itself where it cannot be. */
export function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Percent-decoded until nothing changes any more, five times at most. */
export function decodeFully(text: string): string {
  let [before, after] = [text, decodeOnce(text)];
  for (let i = 0; i < 4 && before !== after; i++) [before, after] = [after, decodeOnce(after)];
  return after;
}
