/** What "Copy as fetch" gives in Chrome and Firefox: `fetch("https://…", { … })`, whose argument is JSON. It is not run. */
import { isObject, parseJson } from '../util/index.js';
import { endOfJson } from './body.js';
import { shownBody, signedPartsOf } from './signedParts.js';
import type { Header, RequestAndRest } from './types.js';

/**
 * Reads a call of fetch at the beginning of a text.
 * @param text What was pasted.
 * @returns `undefined` where there is none.
 */
export function readCopiedFetch(text: string): RequestAndRest | undefined {
  const start = /^\s*(?:await )?fetch\(\s*(?=")/.exec(text)?.[0];
  if (start === undefined) return undefined;
  const from = text.slice(start.length);
  const end = endOfText(from);
  const url = parseJson(from.slice(0, end));
  if (typeof url !== 'string') return undefined;
  const behind = from.slice(end).trimStart();
  if (!behind.startsWith(',')) return { kind: 'console', signed: { url }, rest: withoutClosing(behind) };
  const given = behind.slice(1).trimStart();
  const objectEnd = given.startsWith('{') ? endOfJson(given) : 0;
  const init = parseJson(given.slice(0, objectEnd));
  return isObject(init)
    ? { kind: 'console', signed: signedOf(url, init), rest: withoutClosing(given.slice(objectEnd)) }
    : undefined;
}

function signedOf(url: string, init: Record<string, unknown>): RequestAndRest['signed'] {
  const method = typeof init.method === 'string' ? init.method : 'GET';
  const headers = isObject(init.headers) ? init.headers : {};
  const pairs = Object.entries(headers).flatMap(([name, value]): Header[] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  const bodies = typeof init.body === 'string' ? [shownBody(init.body)] : [];
  return signedPartsOf({ method, target: url, headers: pairs }, bodies, 'https');
}

/** Where a text in quotation marks ends, which is where the array around it would. */
function endOfText(text: string): number {
  let at = 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

/** What is done with the answer, such as `.then(…)`, stands on the same line. */
function withoutClosing(text: string): string {
  const lineEnd = text.indexOf('\n');
  return lineEnd < 0 ? '' : text.slice(lineEnd + 1);
}
