/** A `curl` command: what a browser's "Copy as cURL" gives, or what someone typed. */
import { readHeaderLine } from './heads.js';
import { readCommand } from './shellWords.js';
import { shownBody, signedPartsOf, withUnknownBody } from './signedParts.js';
import type { Header, RequestAndRest } from './types.js';

/** Short options that take a value (curl 8.10's manual). */
const SHORT_WITH_VALUE = 'XHdAbcCDeEFhKmoPQrtTuUwxyYz';
/** The usual long options without a value. All others are assumed to have one. */
const LONG_ALONE = /^--(compressed|insecure|verbose|silent|show-error|include|location|location-trusted|fail|fail-with-body|globoff|get|head|http[\d.]+|http2-prior-knowledge|ipv[46]|tlsv[\d.]+|path-as-is|no-[a-z-]+|trace-time|progress-bar|raw|next|ssl-no-revoke|parallel)$/; // prettier-ignore
/** Options whose value is the body. */
const DATA = /^(-d|--data|--data-raw|--data-binary|--data-ascii|--json)$/;
/** Options from which curl makes a body that the command does not show. */
const MADE = /^(-F|--form|--form-string|-T|--upload-file|--data-urlencode)$/;

/** What is read from the options. */
interface Options {
  url?: string;
  method?: string;
  readonly headers: Header[];
  readonly data: string[];
  isMade: boolean;
  isHead: boolean;
  isQuery: boolean;
}

/**
 * Reads a command at the beginning of a text; a prompt may stand in front of it.
 * @param text What was pasted.
 * @returns `undefined` where there is no command with a URL.
 */
export function readCopiedCurl(text: string): RequestAndRest | undefined {
  const lineEnd = text.indexOf('\n');
  const start = startOfCommand(lineEnd < 0 ? text : text.slice(0, lineEnd));
  if (start === undefined) return undefined;
  const { words, rest } = readCommand(text.slice(start));
  const options = readOptions(words);
  if (options.url === undefined) return undefined;
  return { kind: 'curl', signed: signedOf(options, options.url), rest };
}

/** The signs that prompts end with. */
const PROMPTS = ['$', '#', '%', '>', '❯'];

function startOfCommand(line: string): number | undefined {
  const start = line.length - line.trimStart().length;
  if (/^curl(\.exe)?\s/.test(line.slice(start))) return start + 'curl'.length;
  const ends = PROMPTS.map((end) => line.indexOf(`${end} curl `)).filter((at) => at >= 0);
  return ends.length === 0 ? undefined : Math.min(...ends) + '$ curl'.length;
}

function readOptions(words: readonly string[]): Options {
  const options: Options = { headers: [], data: [], isMade: false, isHead: false, isQuery: false };
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === '.exe') continue;
    const [name, value, isNextTaken] = splitOption(word, words[i + 1]);
    if (isNextTaken) i++;
    if (name === '') options.url ??= word;
    else readOption(options, name, value);
  }
  return options;
}

/** The option's name, its value, and whether that is the next word. `-sSXPOST` has it in the word itself. */
function splitOption(word: string, next = ''): [name: string, value: string, isNextTaken: boolean] {
  if (!word.startsWith('-') || word === '-') return ['', '', false];
  if (word.startsWith('--')) return LONG_ALONE.test(word) ? [word, '', false] : [word, next, true];
  const at = Array.from(word).findIndex((letter, i) => i > 0 && SHORT_WITH_VALUE.includes(letter));
  if (at < 0) return [word, '', false];
  const value = word.slice(at + 1);
  return [`-${word.charAt(at)}`, value === '' ? next : value, value === ''];
}

function readOption(options: Options, name: string, value: string): void {
  if (name === '-X' || name === '--request') options.method = value;
  else if (name === '--url') options.url ??= value;
  else if (name === '-H' || name === '--header') options.headers.push(...headerIn(value));
  else if (name === '-A' || name === '--user-agent') options.headers.push(['User-Agent', value]);
  else if (name === '-b' || name === '--cookie') options.headers.push(['Cookie', value]);
  else if (DATA.test(name)) readData(options, name, value);
  else if (MADE.test(name)) options.isMade = true;
  else if (name === '--get' || /^-[a-zA-Z]*G/.test(name)) options.isQuery = true;
  else if (name === '--head' || /^-[a-zA-Z]*I/.test(name)) options.isHead = true;
}

/** `name;` sends a header without a value, `name:` sends none. */
function headerIn(text: string): Header[] {
  if (text.endsWith(';') && !text.includes(':')) return [[text.slice(0, -1), '']];
  const header = readHeaderLine(text);
  return header === undefined || header[1] === '' ? [] : [header];
}

function readData(options: Options, name: string, value: string): void {
  if (name !== '--data-raw' && value.startsWith('@')) options.isMade = true; // the body is in a file, which is not opened
  options.data.push(value);
  if (name !== '--json') return;
  const given = new Set(options.headers.map(([header]) => header.toLowerCase()));
  if (!given.has('content-type')) options.headers.push(['Content-Type', 'application/json']);
  if (!given.has('accept')) options.headers.push(['Accept', 'application/json']);
}

function signedOf(options: Options, url: string): RequestAndRest['signed'] {
  const { headers, data, isMade, isHead, isQuery } = options;
  const hasBody = (isMade || data.length > 0) && !isQuery;
  const method = options.method ?? (hasBody ? 'POST' : isHeadOrGet(isHead));
  const target = /^https?:\/\//i.test(url) ? url : `http://${url}`; // curl's own default
  const body = data.join('&');
  const mark = target.includes('?') ? '&' : '?';
  const whole = isQuery && body !== '' ? target + mark + body : target;
  const parts = signedPartsOf({ method, target: whole, headers }, hasBody && !isMade ? [shownBody(body)] : [], 'https');
  return hasBody && isMade ? withUnknownBody(parts) : parts;
}

const isHeadOrGet = (isHead: boolean): string => (isHead ? 'HEAD' : 'GET');
