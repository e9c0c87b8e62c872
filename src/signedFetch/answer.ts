/** What an answer's body says of an error. */

/** A header's value; empty where it is missing or hidden from the page. */
export const headerOf = (response: Response, name: string): string => response.headers.get(name) ?? '';

/** Longer bodies are no refusals, in bytes. The longest repeat the canonical request. */
const MAX_LENGTH = 65_536;

const peeked = new WeakMap<Response, Promise<string>>();

/**
 * A body's text, read once, and from a copy: the response itself stays as it is.
 * @param response Not read yet.
 * @returns Empty for what is no text, is too long for a refusal, or breaks off.
 */
export function peek(response: Response): Promise<string> {
  const text = peeked.get(response) ?? readCopy(response);
  peeked.set(response, text);
  return text;
}

async function readCopy(response: Response): Promise<string> {
  // An endless stream is no refusal, and need not be read.
  if (!/json|xml|text\/plain/.test(headerOf(response, 'content-type'))) return '';
  if (Number(headerOf(response, 'content-length')) > MAX_LENGTH) return '';
  try {
    return await readStart(response.clone());
  } catch {
    return ''; // the caller will see
  }
}

async function readStart(copy: Response): Promise<string> {
  if (typeof copy.body?.getReader !== 'function') return await copy.text(); // fetches that have no streams
  const reader: ReadableStreamDefaultReader<Uint8Array> = copy.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let length = 0; length <= MAX_LENGTH;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    text += decoder.decode(value, { stream: true });
  }
  reader.cancel().catch(() => undefined);
  return '';
}
