/** Reads responses so that the app can still read them, and discards those that nobody reads. */
import { MAX_REFUSAL_LENGTH } from '../util/index.js';

/** A header's value; empty where it is missing or hidden from the page. */
export const headerOf = (response: Response, name: string): string => response.headers.get(name) ?? '';

const texts = new WeakMap<Response, Promise<string>>();

/**
 * Reads the text of an error answer from a clone, so that the app can still read the response. It is read only once.
 * @param response A response that has not been read.
 * @returns The text; empty where the body is no text, is too long for a refusal, or breaks off.
 */
export function readErrorText(response: Response): Promise<string> {
  const text = texts.get(response) ?? readCopy(response);
  texts.set(response, text);
  return text;
}

async function readCopy(response: Response): Promise<string> {
  // Streams of events and the like may never end.
  if (!/json|xml|text\/plain/.test(headerOf(response, 'content-type'))) return '';
  if (Number(headerOf(response, 'content-length')) > MAX_REFUSAL_LENGTH) return '';
  try {
    return await readStart(response.clone());
  } catch {
    return ''; // the app gets the error when it reads the response
  }
}

async function readStart(copy: Response): Promise<string> {
  if (typeof copy.body?.getReader !== 'function') return await copy.text(); // some platforms' responses have no stream
  const reader: ReadableStreamDefaultReader<Uint8Array> = copy.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let length = 0; length <= MAX_REFUSAL_LENGTH;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.length;
    text += decoder.decode(value, { stream: true });
  }
  reader.cancel().catch(() => undefined);
  return '';
}

/** Frees the connection of a response that nobody reads. Some fetch libraries have Node's streams as bodies. */
export function discardBody(response: Response): void {
  const body = response.body as Partial<ReadableStream & { destroy(): void }> | null;
  if (body?.cancel) body.cancel().catch(() => undefined);
  else body?.destroy?.();
}

/**
 * Tells whether a fetch has followed a redirect though it was asked not to, and whether that led to another origin.
 * @param response The response of that fetch.
 * @param url The URL that was called.
 * @returns `no`; `within` for a redirect within the origin, `elsewhere` for one to another; `unknown` for a response without a URL,
 *   as `new Response` makes it.
 */
export function followedRedirect(response: Response, url: string): 'no' | 'within' | 'elsewhere' | 'unknown' {
  const { redirected, url: last } = response as Partial<Response>; // React Native's has no `redirected`
  if (!last) return 'unknown';
  try {
    const [from, to] = [new URL(url), new URL(last)];
    to.hash = '';
    if (!(redirected ?? from.href !== to.href)) return 'no';
    return from.origin === to.origin ? 'within' : 'elsewhere';
  } catch {
    return 'unknown';
  }
}

/** Sets `redirected` on a response and its clones, where the platform allows it. */
export function markRedirected(response: Response): Response {
  const copy = response.clone.bind(response);
  const clone = (): Response => markRedirected(copy());
  Reflect.defineProperty(response, 'redirected', { value: true, configurable: true });
  Reflect.defineProperty(response, 'clone', { value: clone, configurable: true, writable: true });
  return response;
}

const READING_METHODS = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const;

/**
 * Calls a function once a response's body has been read by one of its methods. Reading the stream `body` itself goes unnoticed.
 * @param response A response that has not been read.
 * @param done Called at once where there is no body.
 */
export function onceRead(response: Response, done: () => void): void {
  if (!response.body) {
    done();
    return;
  }
  for (const name of READING_METHODS) {
    const read = Reflect.get(response, name) as (() => Promise<unknown>) | undefined; // not every runtime has all methods
    if (read) Reflect.set(response, name, () => read.call(response).finally(done));
  }
}
