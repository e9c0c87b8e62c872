/** What a response tells without being used up, and the end of one that no one reads. */

/** A header's value; empty where it is missing or hidden from the page. */
export const headerOf = (response: Response, name: string): string => response.headers.get(name) ?? '';

/** Longer bodies are no refusals, in bytes. The longest refusals repeat the canonical request. */
const MAX_LENGTH = 65_536;

const texts = new WeakMap<Response, Promise<string>>();

/**
 * The text of an error, read once, and from a copy: the response itself stays as it is.
 * @param response Not read yet.
 * @returns Empty for what is no text, is too long for a refusal, or breaks off.
 */
export function readErrorText(response: Response): Promise<string> {
  const text = texts.get(response) ?? readCopy(response);
  texts.set(response, text);
  return text;
}

async function readCopy(response: Response): Promise<string> {
  // An endless stream is no refusal, and need not be read.
  if (!/json|xml|text\/plain/.test(headerOf(response, 'content-type'))) return '';
  if (Number(headerOf(response, 'content-length')) > MAX_LENGTH) return '';
  try {
    return await readStart(response.clone());
  } catch {
    return ''; // whoever reads the response itself gets the error
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

/** Frees the connection of a response that no one reads. Some fetches have streams of Node's. */
export function discardBody(response: Response): void {
  const body = response.body as Partial<ReadableStream & { destroy(): void }> | null;
  if (body?.cancel) body.cancel().catch(() => undefined);
  else body?.destroy?.();
}

/**
 * Whether a fetch that was asked to leave redirects to us has followed one by itself.
 * @param response What it gave.
 * @param url What was asked for.
 * @returns `unknown` where neither `redirected` nor `url` tells: a Response that someone has made.
 */
export function hasFollowed(response: Response, url: string): 'no' | 'within' | 'elsewhere' | 'unknown' {
  const { redirected, url: last } = response as Partial<Response>; // React Native's knows no `redirected`
  if (!last) return 'unknown';
  const [from, to] = [new URL(url), new URL(last, url)];
  from.hash = to.hash = '';
  if (redirected ?? from.href !== to.href) return from.origin === to.origin ? 'within' : 'elsewhere';
  return 'no';
}

/** Has a response and its copies tell that redirects led to it, as far as the platform lets us. */
export function markRedirected(response: Response): Response {
  Reflect.defineProperty(response, 'redirected', { value: true, configurable: true });
  const clone = (): Response => markRedirected(Response.prototype.clone.call(response));
  Reflect.defineProperty(response, 'clone', { value: clone, configurable: true, writable: true });
  return response;
}

const READING_METHODS = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const;

/**
 * Calls a function once a response's body has been read, as far as that can be known: where the app reads the stream
 * itself, it cannot.
 * @param response Not read yet.
 * @param done Called at once where there is no body.
 */
export function onceRead(response: Response, done: () => void): void {
  if (!response.body) {
    done();
    return;
  }
  for (const name of READING_METHODS) {
    const read = Reflect.get(response, name) as (() => Promise<unknown>) | undefined; // some runtimes have only some
    if (read) Reflect.set(response, name, () => read.call(response).finally(done));
  }
}
