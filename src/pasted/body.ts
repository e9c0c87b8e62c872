/** Where an answer's body ends in a text that goes on behind it. */

/** What curl's log goes on with, on the same line, where a body has no line break at its end. */
const LOG_LINES = ['* Connection #', '* Closing connection', '* Curl_http_done', '* TLSv1.', '* shutting down'];

/**
 * Removes what does not belong to the body: a log that goes on, a shell's prompt, the size of an HTTP chunk.
 * @param text The body, and what follows on it.
 * @returns The body.
 */
export function tidyBody(text: string): string {
  const body = withoutChunkSize(text.trim());
  if (body.startsWith('{') || body.startsWith('[')) return body.slice(0, endOfJson(body));
  const ends = LOG_LINES.map((line) => body.indexOf(line)).filter((at) => at >= 0);
  const own = body.slice(0, Math.min(body.length, ...ends));
  return own.startsWith('<') ? own.slice(0, own.lastIndexOf('>') + 1) : own.trimEnd();
}

/** In front of a body that was sent in chunks, and was copied off the wire. */
function withoutChunkSize(text: string): string {
  const size = /^[\da-fA-F]{1,8}\r?\n(?=[{[<])/.exec(text)?.[0] ?? '';
  return text.slice(size.length);
}

/**
 * Where a value of JSON ends. Line breaks within its texts, which people and terminals put there, are let through.
 * @param text Begins with `{` or `[`.
 * @returns The index behind it; the text's length where it does not end.
 */
export function endOfJson(text: string): number {
  let depth = 0;
  let isInText = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (isInText) {
      if (char === '\\') i++;
      else if (char === '"') isInText = false;
    } else if (char === '"') isInText = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    if (depth === 0) return i + 1;
  }
  return text.length;
}
