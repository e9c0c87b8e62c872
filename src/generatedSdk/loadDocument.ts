/** Loads an API's export at run time. */
import { RequestError } from '../errors.js';
import { invalidOption, parseJson } from '../util/index.js';

/**
 * Gets a document from its text, or from where it is.
 * @param source The JSON text, or the URL: absolute, or in a page relative to it.
 * @param send Fetches the URL.
 * @throws SigV4Error `InvalidOption` for text that is neither JSON nor a URL; RequestError where the URL gives none
 */
export async function loadDocument(source: string | URL, send: typeof fetch): Promise<unknown> {
  if (typeof source === 'string' && /^\s*\{/.test(source)) {
    const document = parseJson(source);
    if (document === undefined) throw invalidOption('document', 'valid JSON', source);
    return document;
  }
  const url = String(source);
  if (/[\r\n]/.test(url)) throw invalidOption('document', 'JSON or a URL; YAML has to be converted first', source);
  const call = { method: 'GET', url };
  let response: Response;
  try {
    response = await send(url);
  } catch (cause) {
    throw new RequestError('NetworkError', "The API's document could not be loaded.", { ...call, cause });
  }
  const document = parseJson(await response.text());
  if (response.ok && document !== undefined) return document;
  const what = response.ok ? 'is not JSON (YAML has to be converted first)' : `was answered with ${response.status}`;
  throw new RequestError('InvalidResponse', `The API's document ${what}.`, call);
}
