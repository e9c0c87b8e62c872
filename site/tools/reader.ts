/** The refusal reader: what was pasted, explained, and both sides line by line. */
import { compareLines } from '../../src/explain/compareLines.js';
import type { ComparedLine } from '../../src/explain/compareLines.js';
import { explain } from '../../src/explain/index.js';
import type { Explanation, SignedParts } from '../../src/explain/index.js';
import { explainPasted, readPasted } from '../../src/pasted/index.js';
import type { Pasted } from '../../src/pasted/index.js';
import { parseJson } from '../../src/util/index.js';
import { afterTyping, find, link, make } from './dom.js';

/** Refusals of a local gateway, made when the site was built: see lib/examples.mjs. */
declare const EXAMPLES: readonly { readonly label: string; readonly request: string; readonly refusal: string }[];

const refusalField = find('refusal') as HTMLTextAreaElement;
const requestField = find('request') as HTMLTextAreaElement;
const result = find('result');
/** For who does not see the result: its first words. */
const summary = find('summary');

interface Explained extends Pasted {
  readonly explanation: Explanation | undefined;
}

/** What was pasted, with the request of the second field where the first does not show it. */
function readFields(): Explained[] {
  const [refusal, request] = [refusalField.value, requestField.value.trim()];
  if (request === '') return readPasted(refusal).map((pasted) => ({ ...pasted, explanation: explainPasted(pasted) }));
  const given = readSignedObject(request);
  const pasted = given
    ? readPasted(refusal).map((one) => ({ ...one, signed: given }))
    : readPasted(`${request}\n\n${refusal}`);
  return pasted.map((one) => ({ ...one, explanation: explain(one.refusal, one.signed) })); // the second field asks for what was signed
}

/** What `signRequest` returned, as JSON. */
function readSignedObject(text: string): SignedParts | undefined {
  const value = text.startsWith('{') ? parseJson(text) : undefined;
  return typeof (value as { url?: unknown } | undefined)?.url === 'string' ? (value as SignedParts) : undefined;
}

function show(): void {
  if (refusalField.value.trim() === '') {
    result.replaceChildren();
    summary.textContent = '';
    return;
  }
  try {
    result.replaceChildren(...readFields().map(showRefusal));
    summary.textContent = [...result.querySelectorAll('h2, .cause')].map((part) => part.textContent).join(' ');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    result.replaceChildren(make('p', { class: 'problem' }, message));
    summary.textContent = message;
  }
}

function showRefusal({ refusal, signed, explanation }: Explained): HTMLElement {
  const about = signed === undefined ? '' : `${signed.method ?? 'GET'} ${signed.url.split('?')[0] ?? ''}`;
  const section = make('section', { class: 'refusal' });
  if (about !== '') section.append(make('p', { class: 'about mono' }, about));
  if (explanation) {
    const { code, cause, difference, advice } = explanation;
    section.append(make('h2', {}, link(`e/${code}/index.html`, code)), make('p', { class: 'cause' }, cause));
    if (difference !== undefined) section.append(make('pre', { tabindex: '0', class: 'wrapped' }, difference));
    section.append(make('h3', {}, 'What to do'), ...advice.split('\n').map((line) => make('p', {}, line)));
  } else {
    section.append(
      make('p', {}, 'This is no refusal of a signature that is known here: the API itself may have answered.'),
    );
  }
  const lines = compareLines(refusal, signed);
  if (lines)
    section.append(
      showLines('Canonical request', lines.canonicalRequest),
      showLines('String to sign', lines.stringToSign),
    );
  return section;
}

function showLines(title: string, lines: readonly ComparedLine[]): HTMLElement {
  const [isSignedKnown, isSeenKnown] = [
    lines.some(({ signed }) => signed != null),
    lines.some(({ seen }) => seen != null),
  ];
  const isBoth = isSignedKnown && isSeenKnown;
  const notes: Record<string, string> = {
    both: 'What was signed and what the gateway saw; a line that differs stands twice.',
    signed: 'As it was signed. The answer does not say what the gateway saw.',
    seen: 'As the gateway saw it. Paste the request that was signed to compare.',
  };
  const only = isSignedKnown ? 'signed' : 'seen';
  const rows = lines.flatMap((line) => (isBoth ? rowsOf(line) : [row('same', '', line.name, line[only] ?? null)]));
  const table = make('table', { class: 'lines' }, make('tbody', {}, ...rows));
  return make(
    'div',
    {},
    make('h3', {}, title),
    make('p', { class: 'quiet' }, notes[isBoth ? 'both' : only] ?? ''),
    make('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': title }, table),
  );
}

/** One row for a line that arrived as it was signed, two for one that did not. */
function rowsOf({ name, signed, seen }: ComparedLine): HTMLElement[] {
  if (signed === seen) return [row('same', '', name, signed ?? null)];
  if (signed === undefined) return [row('unknown', '?', name, seen ?? null, 'seen; what was signed is not known here')];
  if (seen === undefined) return [row('unknown', '?', name, signed, 'signed; what the gateway saw is not told')];
  return [row('lost', '−', name, signed, 'signed'), row('came', '+', name, seen, 'seen')];
}

function row(kind: string, mark: string, name: string, value: string | null, note = ''): HTMLElement {
  const shown =
    value === null ? make('em', {}, 'not there') : make('code', {}, kind === 'same' ? shorten(value) : value || ' ');
  return make(
    'tr',
    { class: kind },
    make('td', { class: 'mark' }, mark),
    make('th', { scope: 'row' }, name, ...(note === '' ? [] : [make('small', {}, note)])),
    make('td', {}, shown),
  );
}

/** A value that is the same on both sides, without the middle of a long one, such as a session token. */
const shorten = (value: string): string =>
  value.length > 160 ? `${value.slice(0, 48)} … ${value.slice(-16)} (${value.length} characters)` : value || ' ';

for (const field of [refusalField, requestField]) field.addEventListener('input', afterTyping(show));
find('examples').append(
  ...EXAMPLES.map(({ label, request, refusal }) => {
    const button = make('button', { type: 'button' }, label);
    button.addEventListener('click', () => {
      [requestField.value, refusalField.value] = [request, refusal];
      show();
    });
    return button;
  }),
);
find('clear').addEventListener('click', () => {
  [requestField.value, refusalField.value] = ['', ''];
  show();
  refusalField.focus();
});
show(); // what the browser has kept of an earlier visit
