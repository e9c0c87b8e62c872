/** HTTP messages as they go over the wire: a request, an answer, or one behind the other. */
import { tidyBody } from './body.js';
import { linesOf, readHeaderLine, readRequestLine, readStatusLine } from './heads.js';
import { shownBody, signedPartsOf } from './signedParts.js';
import type { ShownBody } from './signedParts.js';
import type { Header, Pasted, RequestAndRest, RequestHead } from './types.js';

/**
 * Reads a request at the beginning of a text, up to the answer that follows on it.
 * @param text What was pasted.
 * @returns `undefined` where there is none.
 */
export function readRawRequest(text: string): RequestAndRest | undefined {
  const lines = linesOf(text.trimStart());
  const [first, headers, bodyStart] = readHead(lines);
  const head = readRequestLine(first) ?? (first.startsWith(':') ? readPseudoHead(headers) : undefined);
  if (head === undefined) return undefined;
  const answer = lines.findIndex((line, i) => i >= bodyStart && readStatusLine(line) !== undefined);
  const shown = lines.slice(bodyStart, answer < 0 ? lines.length : answer);
  // Where no status line follows, an answer's body alone may stand there, which nothing tells from that of the request.
  const body = answer < 0 ? [] : bodiesOf(shown);
  const rest = answer < 0 ? shown : lines.slice(answer);
  return { kind: 'http', signed: signedPartsOf({ ...head, headers }, body, 'https'), rest: rest.join('\n') };
}

/** The first line, the headers, and where the body begins. Pseudo headers stand in place of a first line. */
function readHead(lines: readonly string[]): [first: string, headers: Header[], bodyStart: number] {
  const first = lines[0] ?? '';
  const headers: Header[] = [];
  let at = first.startsWith(':') ? 0 : 1;
  for (; at < lines.length && lines[at]!.trim() !== ''; at++) {
    const header = readHeaderLine(lines[at]!);
    if (header === undefined) break; // copied without the empty line
    headers.push(header);
  }
  return [first, headers, lines[at]?.trim() === '' ? at + 1 : at];
}

function readPseudoHead(headers: readonly Header[]): Omit<RequestHead, 'headers'> | undefined {
  const pseudo = new Map(headers.filter(([name]) => name.startsWith(':')));
  const [method, target] = [pseudo.get(':method'), pseudo.get(':path')];
  return method === undefined || target === undefined ? undefined : { method, target };
}

/** What the body may be: nothing tells whether the line breaks at its end are its own. */
function bodiesOf(lines: readonly string[]): ShownBody[] {
  const text = lines.join('\n');
  const trimmed = text.trim();
  return trimmed === '' ? [] : [trimmed, text, `${trimmed}\n`, lines.join('\r\n').trim()].map(shownBody);
}

/**
 * Reads an answer at the beginning of a text.
 * @param text What was pasted. Of several answers, such as a redirect's before the last, the last counts.
 * @returns `undefined` where there is none; with a status below 400 where nothing was refused.
 */
export function readRawAnswer(text: string): Extract<Pasted['refusal'], { status: number }> | undefined {
  const lines = linesOf(text.trimStart());
  if (readStatusLine(lines[0] ?? '') === undefined) return undefined;
  const start = lines.reduce((last, line, i) => (readStatusLine(line) === undefined ? last : i), 0);
  const [first, headers, bodyStart] = readHead(lines.slice(start));
  const status = readStatusLine(first)?.status ?? 0;
  return { status, headers, body: tidyBody(lines.slice(start + bodyStart).join('\n')) };
}
