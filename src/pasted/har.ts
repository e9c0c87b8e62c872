/** HTTP archives (HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/), as browsers and proxies export them. */
import { isObject } from '../util/index.js';
import type { Refusal } from '../explain/index.js';
import { headerOf } from './heads.js';
import { isSigned, shownBody, signedPartsOf, withUnknownBody } from './signedParts.js';
import type { Header, Pasted } from './types.js';

/**
 * Reads an archive.
 * @param value What was parsed.
 * @returns Its refused requests, in order; `undefined` where it is no archive.
 */
export function readHar(value: unknown): Pasted[] | undefined {
  const log = field(value, 'log');
  const entries = field(log, 'entries');
  return Array.isArray(entries) ? entries.flatMap((entry) => readEntry(entry) ?? []) : undefined;
}

function readEntry(entry: unknown): Pasted | undefined {
  const request = field(entry, 'request');
  const response = field(entry, 'response');
  const url = field(request, 'url');
  const status = field(response, 'status');
  if (typeof url !== 'string' || typeof status !== 'number') return undefined;
  const headers = headersOf(field(request, 'headers'));
  const answered = headersOf(field(response, 'headers'));
  // Without a status: blocked, by CORS more often than not. Chrome writes 0, Playwright -1.
  const isFailed = status >= 400 || status <= 0;
  const isAws = isSigned({ url, headers }) || headerOf(answered, 'x-amzn-errortype') !== undefined;
  if (!isFailed || !isAws || isPreflight(headers)) return undefined;
  const refusal: Refusal =
    status <= 0
      ? { networkError: new TypeError('Failed to fetch') }
      : { status, headers: answered, body: contentOf(field(response, 'content')) };
  return { kind: 'har', refusal, signed: signedOf(request, url, headers) };
}

function signedOf(request: unknown, url: string, headers: Header[]): Pasted['signed'] {
  const method = field(request, 'method');
  const posted = field(request, 'postData');
  const text = field(posted, 'text');
  const isShown = typeof text === 'string' && field(posted, 'encoding') !== 'base64';
  const withoutPath = headers.filter(([name]) => name.toLowerCase() !== ':path'); // `url` has it, with its host
  const head = { method: typeof method === 'string' ? method : 'GET', target: url, headers: withoutPath };
  const parts = signedPartsOf(head, isShown ? [shownBody(text)] : [], 'https');
  // A form may be there as parameters alone: how they were written is not known.
  const isSent = parts.body !== undefined || Number(field(request, 'bodySize')) > 0 || isObject(posted);
  return isSent && parts.body === undefined && text !== '' ? withUnknownBody(parts) : parts;
}

/** Asked by the browser, not by the page: it is never signed. */
const isPreflight = (headers: readonly Header[]): boolean =>
  headerOf(headers, 'access-control-request-method') !== undefined;

function headersOf(value: unknown): Header[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((header: unknown): Header[] => {
    const [name, text] = [field(header, 'name'), field(header, 'value')];
    return typeof name === 'string' && typeof text === 'string' ? [[name, text]] : [];
  });
}

function contentOf(content: unknown): string {
  const text = field(content, 'text');
  if (typeof text !== 'string') return '';
  return field(content, 'encoding') === 'base64' ? decodeBase64(text) : text;
}

function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  } catch {
    return ''; // no base64
  }
}

/** A field of what may be anything; of its own, since an archive's names are a stranger's. */
const field = (value: unknown, name: string): unknown =>
  isObject(value) && Object.prototype.hasOwnProperty.call(value, name) ? Reflect.get(value, name) : undefined;
