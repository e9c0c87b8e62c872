/** Removes secrets from text that is shown. */
import { SigV4ClientError, wellFormed } from '../sigv4/index.js';

const HIDDEN = '[hidden]';

/**
 * Finds secrets other than JWTs in text: tokens, Authorization headers, signatures in queries, passwords in addresses. Group 1 is
 * kept, the rest hidden.
 */
const SECRET_PATTERNS: readonly RegExp[] = [
  /(x-amz-security-token["']?\s*[:=]\s*["']?)(?:[^\s"'\\&,]|\\\/|\\u[\da-f]{4})+/gi,
  /(AWS4-[\w-]{1,40}\s+Credential=)[^"'\n\\]+/g,
  /\b((?:Bearer|Basic)\s+)[\w.~+/-]{16,}=*/g,
  /(X-Amz-Signature=)[0-9a-f]+/gi,
  /(:\/\/[^\s/?#@:]*:)[^\s/?#@]+(?=@)/g,
];

/**
 * Removes secrets from a text before it is shown.
 * @param text Any text, such as a response's body or a service's message.
 * @param secrets Values to hide wherever they stand. Tokens, Authorization headers and signed queries are hidden unasked.
 * @returns The text with `[hidden]` in place of each secret.
 */
export function redact(text: string, secrets: readonly (string | undefined)[] = []): string {
  let shown = text;
  for (const secret of secrets) {
    // Hiding shorter ones would remove ordinary words; every password policy of Cognito asks for at least 6 characters.
    if (typeof secret !== 'string' || secret.length < 4) continue;
    for (const spelling of spellingsOf(secret)) shown = shown.split(spelling).join(HIDDEN);
  }
  shown = shown.replace(/[\w.-]+/g, hideJwt);
  for (const pattern of SECRET_PATTERNS) shown = shown.replace(pattern, `$1${HIDDEN}`);
  return shown;
}

/** The spellings of a secret: as it is, as in a URL, and with the escapes in JSON of PHP (`\/`) and others (`\u002f`). */
function spellingsOf(secret: string): Set<string> {
  const slashes = ['\\/', '\\u002f', '\\u002F'].map((slash) => secret.split('/').join(slash));
  const signs = secret.replace(/[+=/]/g, (sign) => '\\u00' + sign.charCodeAt(0).toString(16));
  return new Set([
    secret,
    encodeURIComponent(wellFormed(secret)),
    ...slashes,
    signs,
    signs.toUpperCase().replace(/\\U/g, '\\u'),
  ]);
}

/**
 * Hides a JWT (an ID token, an access token, or a refresh token, which is encrypted) at the end of a word. Not by one regular
 * expression: it would search to the end again from each place where a JWT may begin, which takes quadratic time.
 */
function hideJwt(word: string): string {
  const parts = word.split('.');
  let start = 0;
  for (const [i, part] of parts.entries()) {
    const at = parts[i + 1] && parts.length > i + 2 ? part.search(/\beyJ[\w-]{8}/) : -1;
    if (at >= 0) return word.slice(0, start + at) + HIDDEN;
    start += part.length + 1;
  }
  return word;
}

const KEPT_PROPERTIES = [
  'code',
  'errno',
  'syscall',
  'hostname',
  'address',
  'port',
  'status',
  'statusCode',
  'requestId',
];

/**
 * A copy of an error that is fit to be another error's `cause`: name, message, stack, diagnostic fields and its own cause,
 * without secrets and without the objects (requests, responses) that clients hang on their errors. Never throws.
 * @param error What was caught.
 * @param secrets Values to hide wherever they stand.
 * @param depth How many errors it is the cause of. Causes deeper than four are left out.
 * @returns Errors of this library as they are, anything else as a copy.
 */
export function safeCause(error: unknown, secrets?: readonly (string | undefined)[], depth = 0): Error {
  if (attempt(() => error instanceof SigV4ClientError)) return error as SigV4ClientError;
  const read = (property: string): unknown => {
    const value = attempt((): unknown => Reflect.get(error as object, property));
    return typeof value === 'string' ? redact(value, secrets) : value;
  };
  const message = read('message');
  // Known by its `message`: errors of another realm (a frame, a vm) are not `instanceof Error`.
  if (typeof message !== 'string') {
    return new Error(typeof error === 'string' ? redact(error, secrets) : `thrown: ${typeof error}`);
  }
  const name = read('name');
  const stack = read('stack');
  const cause = read('cause');
  const copy = new Error(message);
  const shownName = typeof name === 'string' ? name : 'Error';
  define(copy, 'name', shownName);
  if (cause !== undefined && depth <= 3) define(copy, 'cause', safeCause(cause, secrets, depth + 1));
  copy.stack = typeof stack === 'string' ? stack : `${shownName}: ${message}`;
  for (const property of KEPT_PROPERTIES) {
    const value = read(property);
    if (typeof value === 'string' || typeof value === 'number') Object.assign(copy, { [property]: value });
  }
  return copy;
}

/** Defines a property as built-in errors have theirs: not enumerable. */
function define(error: Error, property: string, value: unknown): void {
  Object.defineProperty(error, property, { value, configurable: true, writable: true });
}

/** Reads a value; `undefined` where reading throws, as it can with getters and proxies. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Access key ids, and the beginnings of JWTs and of Authorization headers. */
const KEY_OR_TOKEN = /(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12}|eyJ[\w-]{8}|\b(?:Basic|Bearer) [\w.~+/-]{16}/;

/** How long an AWS secret access key is. */
const SECRET_KEY_LENGTH = 40;

/**
 * Whether a text holds what looks like a key or a token, and is better not shown: an AWS access key id or secret access key, a
 * JWT, or a long text that looks random. Regions, addresses, UUIDs and the ids of Cognito's pools and app clients do not.
 * @param text Any text, such as what came where an id was expected.
 * @returns Whether it does. A password can look like anything, so `false` promises nothing.
 */
export function looksSecret(text: string): boolean {
  if (KEY_OR_TOKEN.test(text)) return true;
  const words = text.match(/[\w+/=-]{30,}/g) ?? [];
  return words.some((word) => isRandom(word) || holdsSecretKey(word));
}

/** Whether a word looks random: 30 letters and digits on end, or a change of letter case or to a digit more often than in names. */
function isRandom(word: string): boolean {
  if (word.split(/[^A-Za-z0-9]/).some((part) => part.length >= 30 && /\d/.test(part))) return true;
  const changes = word.match(/[a-z](?=[A-Z])|[A-Za-z](?=\d)|\d(?=[A-Za-z])/g) ?? [];
  return isMixed(word) && changes.length / word.length > 0.28;
}

/** Whether a word holds 40 base64 characters in a row with other characters around them. */
function holdsSecretKey(word: string): boolean {
  const isInWord = (at: number): boolean => /[A-Za-z0-9]/.test(word.charAt(at));
  for (let start = 0, end = SECRET_KEY_LENGTH; end <= word.length; start++, end++) {
    if (isInWord(start - 1) || isInWord(end)) continue;
    const part = word.slice(start, end);
    if (isMixed(part) && !/[^\w+/]|_/.test(part)) return true;
  }
  return false;
}

function isMixed(text: string): boolean {
  return /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text);
}

/**
 * The parts of a text that look secret, to be hidden wherever they stand.
 * @param text Any text, such as a service's message that repeats an id.
 */
export function secretsIn(text: string): readonly string[] {
  return (text.match(/[\w+/=.-]{16,}/g) ?? []).filter(looksSecret);
}
