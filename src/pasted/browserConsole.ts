/** Reads the console of Chrome, Firefox or Safari, which shows requests that were refused, or whose answers were hidden. */
import type { Refusal } from '../explain/index.js';
import { readBodyAlone } from './bodyAlone.js';
import { linesOf } from './heads.js';
import type { Pasted } from './types.js';

/** Chrome's line where CORS hid the answer. After `redirected from` comes the URL that the page called. */
const CHROME = /Access to [\w ]{1,40} at '([^']+)' (?:\(redirected from '([^']+)'\) )?from origin /;
/** Firefox's line where CORS hid the answer; the URL ends at the full stop. */
const FIREFOX = /disallows reading the remote resource at (\S+)/;
/** Safari's line where CORS hid the answer. */
const SAFARI = /(?:Fetch API|XMLHttpRequest|EventSource) cannot load (\S+) due to access control checks/;
/** A request in Chrome and Safari: `POST https://… net::ERR_FAILED 403 (Forbidden)`, `GET https://… 403 (Forbidden)`. */
const REQUEST = /(?:^|\s)([A-Z]{3,7}) (https?:\/\/\S+) (?:net::(ERR_[A-Z_]+) ?)?(\d{3})?/;
/** Safari's lines about CORS that name only the page. */
const NO_ORIGIN = /is not allowed by Access-Control-Allow-Origin|Preflight response is not successful/;
/** The errors that fetch throws, which consoles print where they are not caught. */
const THROWN =
  /(Failed to fetch|NetworkError when attempting to fetch resource|Load failed|Network Error|net::ERR_FAILED)/;
/** Chrome's line about an answer, which shows the URL beside the text and not in it. */
const STATUS = /the server responded with a status of (\d{3})/;

/** A line of the console. */
interface Seen {
  readonly url?: string | undefined;
  readonly method?: string | undefined;
  /** Undefined where the browser hid the answer. */
  readonly status?: number | undefined;
}

/**
 * Reads what a console shows.
 * @param text What was pasted.
 * @returns A refusal for each URL; `undefined` where the text is from no console.
 */
export function readConsole(text: string): Pasted[] | undefined {
  const lines = linesOf(text.replace(/ resource at\r?\n/g, ' resource at ')); // Firefox's, wrapped
  const read = lines.map(readLine);
  const seen = read.filter((line) => line !== undefined);
  if (seen.length === 0) return undefined;
  const printed = readBodyAlone(lines.filter((_, i) => read[i] === undefined).join('\n'));
  const body = printed && 'body' in printed ? printed.body : '';
  const named = seen.filter(({ url }) => url !== undefined);
  return (named.length > 0 ? mergeByUrl(named) : seen.slice(0, 1)).map((line) => pastedOf(line, body));
}

function readLine(line: string): Seen | undefined {
  const [, asked, from] = CHROME.exec(line) ?? [];
  if (asked !== undefined) return { url: from ?? asked };
  const firefox = FIREFOX.exec(line)?.[1];
  if (firefox !== undefined) return { url: firefox.endsWith('.') ? firefox.slice(0, -1) : firefox };
  const safari = SAFARI.exec(line)?.[1];
  if (safari !== undefined) return { url: safari };
  const [, method, url, hidden, status] = REQUEST.exec(line) ?? [];
  if (url !== undefined && (hidden !== undefined || isRefusal(status))) {
    if (method === 'OPTIONS') return { url }; // a preflight: the page's own request was not sent
    return { url, method, status: hidden === undefined ? Number(status) : undefined };
  }
  if (NO_ORIGIN.test(line) || THROWN.test(line)) return {};
  const stated = STATUS.exec(line)?.[1];
  return isRefusal(stated) ? { status: Number(stated) } : undefined;
}

const isRefusal = (status: string | undefined): boolean => Number(status ?? 0) >= 400;

/** Joins the lines about one URL: one may name the method, and another that the answer was hidden. */
function mergeByUrl(lines: readonly Seen[]): Seen[] {
  const merged = new Map<string | undefined, Seen>();
  for (const line of lines) {
    const before = merged.get(line.url);
    if (before === undefined) merged.set(line.url, line);
    else {
      const isHidden = before.status === undefined || line.status === undefined;
      merged.set(line.url, { ...before, method: before.method ?? line.method, ...(isHidden && { status: undefined }) });
    }
  }
  return [...merged.values()];
}

function pastedOf({ url, method, status }: Seen, body: unknown): Pasted {
  const signed = url === undefined ? undefined : { url, ...(method !== undefined && { method }) };
  return { kind: 'console', refusal: refusalOf(status, body), signed };
}

function refusalOf(status: number | undefined, body: unknown): Refusal {
  // Each browser has its own message; `explain` knows this one of Chrome's.
  if (status === undefined) return { networkError: new TypeError('Failed to fetch') };
  return { status, headers: {}, body };
}
