/**
 * AWS Signature Version 4 for Amazon API Gateway and other services, in one file: it works alone in any app that has
 * crypto-js, in place of the old `sigV4Client.js`.
 * Specification: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import CryptoJS from 'crypto-js/core.js';
import HmacSHA256 from 'crypto-js/hmac-sha256.js';
import SHA256 from 'crypto-js/sha256.js';

/** Base of every error of this library: a literal `code`, the `cause` kept, and never a secret in its message. */
export class SigV4ClientError<Code extends string = string> extends Error {
  /** The class's name. */ override readonly name: string = 'SigV4ClientError';
  /** What went wrong, as a literal to switch on. */ readonly code: Code;

  constructor(code: Code, message: string, options?: { cause?: unknown }) {
    super(message);
    this.code = code;
    if (options?.cause !== undefined) Object.defineProperty(this, 'cause', { value: options.cause });
  }
}

type Part =
  'Credentials' | 'Endpoint' | 'Option' | 'Method' | 'Path' | 'Query' | 'Header' | 'Body' | 'Date' | 'ExpiresIn';
/** Which input cannot be signed. */
export type SigV4ErrorCode = `Invalid${Part}`;

/** Input that cannot be signed: the message names the `option`, what was expected and what came. */
export class SigV4Error extends SigV4ClientError<SigV4ErrorCode> {
  override readonly name = 'SigV4Error';
  /** The option's name, such as `endpoint` or `headers['X-Note']`. */ readonly option: string;

  constructor(code: SigV4ErrorCode, option: string, expected: string, came: unknown, cause?: unknown) {
    super(code, `${option}: expected ${expected}, got ${describe(came, option)}`, { cause });
    this.option = option;
  }
}

/** What hashes: crypto-js unless `hash` names another, such as `nodeHash` of `sigv4-client/hash/node`. */
export interface HashEngine {
  /** SHA-256 of bytes, or of text as UTF-8, in lower-case hex. */
  sha256(data: string | Uint8Array): string;
  /** HMAC-SHA-256 under `key`: gives a function from a message to its lower-case hex. */
  hmac(key: string | Uint8Array): (message: string) => string;
}

type Pair = readonly [name: string, value: string];
type Optional<T> = T | null | undefined;
/** A value in the query; numbers and booleans become text. */
export type QueryValue = Optional<string | number | boolean | bigint>;
/** Arrays repeat their key; `null` and `undefined` are left out. */
export type QueryParams = Readonly<Record<string, QueryValue | readonly QueryValue[]>> | Iterable<Pair>;
/** A record, `Headers`, or pairs; repeated names are joined by `, `, `null` and `undefined` left out. */
export type HeaderParams = Readonly<Record<string, Optional<string | number | boolean>>> | Iterable<Pair>;
/** Text and bytes go out as they are, `URLSearchParams` as a form, everything else as JSON. */
export type RequestBody = Optional<string | number | boolean | object>;
/** A body in the form that goes out. */
export type SignedBody = Extract<NonNullable<RequestInit['body']>, string | ArrayBuffer | ArrayBufferView>;

/** What `newClient` takes. */
export interface ClientConfig {
  /** Access key id, as in `AWS.config.credentials.accessKeyId`. */
  accessKey: string;
  /** Secret access key. Appears in no property, error or log. */
  secretKey: string;
  /** Session token of temporary credentials. */
  sessionToken?: Optional<string>;
  /** `https:`, `http:`, `wss:` or `ws:`, a host, and the path that all requests share, such as the stage. */
  endpoint: string;
  /** Default: read from an AWS endpoint's host, else `us-east-1`. */
  region?: Optional<string>;
  /** Signing name of the service. Default: read from an AWS endpoint's host, else `execute-api`. */
  serviceName?: Optional<string>;
  /** `Accept` of requests that bring none. Default `application/json`. */
  defaultAcceptType?: Optional<string>;
  /** `Content-Type` of requests that bring none. Default `application/json`. */
  defaultContentType?: Optional<string>;
  /** `false` gives the old client's bytes: the token unsigned, `us-east-1` where no region is given. Default `true`. */
  signSessionToken?: boolean | undefined;
  /** Send the payload hash as a signed `x-amz-content-sha256`. Default `false`, for `s3` `true`. */
  signBody?: boolean | undefined;
  /** Resolve `.`, `..` and `//` in the canonical path. Default `true`, for `s3` `false`. */
  normalizePath?: boolean | undefined;
  /** Engine in place of crypto-js. */
  hash?: HashEngine | undefined;
  /** The clock. Default `Date.now`. */
  now?: (() => Date | number) | undefined;
}

/** What `signRequest` takes. */
export interface RequestToSign {
  /** Default `GET`. */
  method?: string | undefined;
  /** Path below the endpoint's, with or without a query; percent-encoded where it is not yet. */
  path?: string | undefined;
  /** Added to the query of `path`. */ queryParams?: Optional<QueryParams>;
  /** The signer's own, such as `Authorization`, replace those given here. */ headers?: Optional<HeaderParams>;
  /** Not sent on GET and HEAD. */
  body?: RequestBody;
  /** Signing time. Default: the client's clock. */
  date?: Date | number | undefined;
  /** Hex SHA-256 of the body where it is known already, or `UNSIGNED-PAYLOAD` for services that allow it. */
  payloadHash?: string | undefined;
}

/** What `presignUrl` takes. */
export type RequestToPresign = Omit<RequestToSign, 'body'> & {
  /** How long the URL is valid, in seconds, 1 to 604800. Default 300. */ expiresIn?: number | undefined;
};
/** `fetch(signed.url, signed)` sends exactly what was signed. */
export interface SignedRequest {
  /** Absolute, with its query. */ url: string;
  /** In upper case. */ method: string;
  /** Those that were given, and the signer's own; without `Host`, which every client sends by itself. */
  headers: Record<string, string>;
  /** Missing where there is none. */ body?: SignedBody;
}

/** Signs requests to one endpoint. */
export interface SigV4Client {
  /** Scheme and host of the configured one. */ readonly endpoint: string;
  /** Its path. */ readonly pathComponent: string;
  /** As configured or found out. */ readonly region: string;
  /** As configured or found out. */ readonly serviceName: string;
  /**
   * Signs a request with an `Authorization` header.
   * @throws SigV4Error for input that cannot be signed
   * @example const signed = client.signRequest({ method: 'POST', path: '/notes', body: { text: 'Hello' } });
   */
  signRequest(request: RequestToSign): SignedRequest;
  /**
   * Signs a URL in its query: a link that works until it expires, or a `wss:` address for a WebSocket API.
   * @throws SigV4Error for input that cannot be signed
   * @example new WebSocket(client.presignUrl({ expiresIn: 60 }));
   */
  presignUrl(request?: RequestToPresign): string;
}

// ---- Hashing -------------------------------------------------------------------------------------------------------

const HEX = Array.from({ length: 256 }, (_, byte) => (byte + 256).toString(16).slice(1));
const hexToBytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
/** Lone surrogates become U+FFFD, as in TextEncoder and fetch. */
const wellFormed = (text: string): string => text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD');
const toWordArray = (data: string | Uint8Array) =>
  typeof data === 'string'
    ? CryptoJS.enc.Utf8.parse(wellFormed(data))
    : CryptoJS.enc.Hex.parse(Array.from(data, (byte) => HEX[byte]).join(''));

/** The public calls of crypto-js, for where its block function or TextEncoder is missing (jsdom). */
const publicCallsHash: HashEngine = {
  sha256: (data) => SHA256(toWordArray(data)).toString(),
  hmac: (key) => (message) => HmacSHA256(toWordArray(message), toWordArray(key)).toString(),
};

/**
 * crypto-js's SHA-256 block function on reused typed arrays: a quarter of the time of its public calls, which goes into
 * the objects and arrays that they make for every call. The HMAC key's blocks are hashed once per key.
 */
function createBlockHash(): HashEngine {
  interface Blocks {
    _hash: { words: ArrayLike<number> };
    _doProcessBlock(words: Int32Array, offset: number): void;
  }
  const hasher = CryptoJS.algo.SHA256.create() as unknown as Blocks;
  const INITIAL = Int32Array.from(hasher._hash.words);
  const state = new Int32Array(8);
  const words = new Int32Array(16);
  const last = new DataView(new ArrayBuffer(128)); // the end of the message, padded to one or two blocks
  const encoder = new TextEncoder();
  const short = new Uint8Array(12288); // reused for text of up to 4096 units, each at most 3 bytes
  const shortView = new DataView(short.buffer);
  hasher._hash = { words: state };

  function processBlock(view: DataView, offset: number): void {
    for (let i = 0; i < 16; i++) words[i] = view.getInt32(offset + i * 4);
    hasher._doProcessBlock(words, 0);
  }

  /** Hashes the message's `rest` bytes in `last`, and the padding. */
  function finish(rest: number, total: number): string {
    const padded = rest < 56 ? 64 : 128;
    last.setUint8(rest, 0x80);
    for (let i = rest + 1; i < padded - 8; i++) last.setUint8(i, 0);
    last.setUint32(padded - 8, total / 0x20000000);
    last.setUint32(padded - 4, total << 3);
    for (let i = 0; i < padded; i += 64) processBlock(last, i);
    let hex = '';
    for (let i = 0; i < 32; i++) hex += HEX[(state[i >> 2]! >>> (24 - (i & 3) * 8)) & 255]!;
    return hex;
  }

  /** Hashes `data` behind the `before` bytes that led to the state `from`. */
  function update(data: string | Uint8Array, from: Int32Array, before: number): string {
    const isShort = typeof data === 'string' && data.length <= 4096;
    const bytes = typeof data !== 'string' ? data : isShort ? short : encoder.encode(data);
    const { written: length = 0 } = isShort ? encoder.encodeInto(data, short) : { written: bytes.length };
    const view = isShort ? shortView : new DataView(bytes.buffer, bytes.byteOffset, length);
    const whole = length & ~63;
    state.set(from);
    for (let i = 0; i < whole; i += 64) processBlock(view, i);
    for (let i = whole; i < length; i++) last.setUint8(i - whole, bytes[i]!);
    return finish(length - whole, before + length);
  }

  function keyState(key: Uint8Array, pad: number): Int32Array {
    for (let i = 0; i < 64; i++) last.setUint8(i, (key[i] ?? 0) ^ pad);
    state.set(INITIAL);
    processBlock(last, 0);
    return state.slice();
  }

  return {
    sha256: (data) => update(data, INITIAL, 0),
    hmac(key) {
      const given = typeof key === 'string' ? encoder.encode(key) : key;
      const block = given.length > 64 ? hexToBytes(update(given, INITIAL, 0)) : given;
      const [inner, outer] = [keyState(block, 0x36), keyState(block, 0x5c)];
      return (message) => {
        update(message, inner, 64);
        for (let i = 0; i < 8; i++) last.setInt32(i * 4, state[i]!);
        state.set(outer);
        return finish(32, 64 + 32);
      };
    },
  };
}

/** The block function is no public part of crypto-js: used only where it gives the figure of FIPS 180-4. */
function createCryptoJsHash(): HashEngine {
  try {
    const engine = createBlockHash();
    return engine.sha256('abc').startsWith('ba7816bf8f01cfea414140de5dae2223') ? engine : publicCallsHash;
  } catch {
    return publicCallsHash;
  }
}
/** The default engine: crypto-js. */
export const cryptoJsHash: HashEngine = /* @__PURE__ */ createCryptoJsHash();
/** SHA-256 of bytes, or of text as UTF-8, in lower-case hex, with crypto-js. */
export const sha256Hex = (data: string | Uint8Array): string => cryptoJsHash.sha256(data);

// ---- The four stages of the specification --------------------------------------------------------------------------

const ALGORITHM = 'AWS4-HMAC-SHA256';
const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'; // of no bytes (FIPS 180-4)
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';
const PLAIN_PATH = /^(?:\/[\w~-][\w.~-]*)+\/?$/; // neither encoding nor normalizing changes it
const percent = (char: string): string => '%' + char.charCodeAt(0).toString(16).toUpperCase();

/** RFC 3986: everything but the unreserved characters is percent-encoded. */
const encodeRfc3986 = (text: string): string =>
  /^[\w.~-]*$/.test(text) ? text : encodeURIComponent(wellFormed(text)).replace(/[!'()*]/g, percent);

const encodePath = (path: string): string => path.split('/').map(encodeRfc3986).join('/');

/** What S3 makes of a path before it encodes it. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a stray '%' stands for itself
  }
}

function canonicalPath(path: string, normalize: boolean, doubleEncode: boolean): string {
  if (PLAIN_PATH.test(path)) return path;
  const encode = (wire: string) => encodePath(doubleEncode ? wire : decodePath(wire));
  if (!normalize) return encode(path);
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(segment);
  }
  const end = kept.length > 0 && /\/\.{0,2}$/.test(path) ? '/' : '';
  return encode('/' + kept.join('/') + end);
}

const inOrder = (a: Pair, b: Pair): boolean => a[0] < b[0] || (a[0] === b[0] && a[1] <= b[1]);

function canonicalQuery(query: Iterable<Pair>): string {
  const pairs: Pair[] = [];
  for (const [name, value] of query) pairs.push([encodeRfc3986(name), encodeRfc3986(value)]);
  if (pairs.length > 1) pairs.sort((a, b) => (inOrder(a, b) ? -1 : 1));
  let text = '';
  for (const pair of pairs) text += (text && '&') + pair[0] + '=' + pair[1];
  return text;
}

/** Trims, and folds inner space. Looks for a space first: session tokens have none, and are long. */
const fold = (value: string): string =>
  value.includes(' ') || value.includes('\t') || value.includes('\n')
    ? value.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '')
    : value;

/** Each header in a line, sorted by lower-case name, values trimmed and inner space folded; and the names alone. */
function canonicalHeaders(headers: Iterable<Pair>): { lines: string; names: string } {
  const pairs: [string, string][] = [];
  for (const [given, value] of headers) {
    const name = given.toLowerCase();
    const folded = fold(value);
    let i = pairs.length;
    while (i > 0 && pairs[i - 1]![0] > name) i--;
    if (i > 0 && pairs[i - 1]![0] === name) pairs[i - 1]![1] += ',' + folded;
    else pairs.splice(i, 0, [name, folded]);
  }
  let [lines, names] = ['', ''];
  for (const [name, value] of pairs) {
    lines += name + ':' + value + '\n';
    names += (names && ';') + name;
  }
  return { lines, names };
}

/** What a canonical request is made of. */
export interface CanonicalRequestInput {
  /** In upper case. */ method: string;
  /** As on the wire, without the query. */ path: string;
  /** Decoded, in any order. */ query: Iterable<Pair>;
  /** Those to sign, in any case and order; repeats are joined by a comma. */ headers: Iterable<Pair>;
  /** Hex SHA-256 of the body, or `UNSIGNED-PAYLOAD`. */ payloadHash: string;
  /** Resolve `.`, `..` and `//`. Default `true`; S3 wants `false`. */ normalizePath?: boolean | undefined;
  /** Encode the path once more. Default `true`; S3 wants `false`. */ doubleEncodePath?: boolean | undefined;
}

function canonicalize(input: CanonicalRequestInput, normalizePath = true, doubleEncodePath = true) {
  const { method, payloadHash } = input;
  const path = canonicalPath(input.path, normalizePath, doubleEncodePath);
  const query = canonicalQuery(input.query);
  const { lines, names } = canonicalHeaders(input.headers);
  return { query, names, text: `${method}\n${path}\n${query}\n${lines}\n${names}\n${payloadHash}` };
}

/** Stage 1 of the specification, "Create a canonical request". */
export const createCanonicalRequest = (input: CanonicalRequestInput): string =>
  canonicalize(input, input.normalizePath, input.doubleEncodePath).text;

/** What a string to sign is made of. */
export interface StringToSignInput {
  /** Such as `20150830T123600Z`. */ amzDate: string;
  /** `date/region/service/aws4_request`. */ credentialScope: string;
  /** What stage 1 gave. */ canonicalRequest: string;
}
/** Stage 2, "Create a string to sign". */
export const createStringToSign = (input: StringToSignInput, hash: HashEngine = cryptoJsHash): string =>
  `${ALGORITHM}\n${input.amzDate}\n${input.credentialScope}\n${hash.sha256(input.canonicalRequest)}`;

/** What a signing key is made of. */
export interface SigningKeyInput {
  /** Appears in no error. */ secretAccessKey: string;
  /** The day, such as `20150830`. */ date: string;
  /** Such as `eu-west-1`. */ region: string;
  /** Signing name, such as `execute-api`. */ service: string;
}
/** Stage 3, "Derive a signing key", for a day, a region and a service. */
export function deriveSigningKey(input: SigningKeyInput, hash: HashEngine = cryptoJsHash): Uint8Array {
  const next = (key: string | Uint8Array, part: string) => hexToBytes(hash.hmac(key)(part));
  const dateKey = next('AWS4' + input.secretAccessKey, input.date);
  return next(next(next(dateKey, input.region), input.service), 'aws4_request');
}

/** Stage 4, "Calculate the signature", in lower-case hex. */
export const calculateSignature = (signingKey: Uint8Array, stringToSign: string, hash = cryptoJsHash): string =>
  hash.hmac(signingKey)(stringToSign);

// ---- Input ---------------------------------------------------------------------------------------------------------

/** What came. Text is shown where the option is no secret and cannot hold one. */
function describe(value: unknown, option = ''): string {
  if (value === '') return 'an empty string';
  const isPublic = /^(endpoint|method|region|serviceName)$/.test(option);
  if (typeof value === 'string') {
    return isPublic && !/[@?#]/.test(value) ? JSON.stringify(value) : `a string of ${value.length} characters`;
  }
  if (typeof value === 'number') return /secret|token|access/i.test(option) ? 'a number' : String(value);
  if (typeof value === 'object') return Object.prototype.toString.call(value).slice(8, -1);
  return value === undefined ? 'undefined' : `a ${typeof value}`;
}

/** A key, token or name. */
function word(value: unknown, option: string, code: SigV4ErrorCode): string {
  if (typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)) return value;
  throw new SigV4Error(code, option, 'a non-empty string of printable ASCII without spaces', value);
}
const optionalWord = (value: unknown, option: string, code: SigV4ErrorCode = 'InvalidOption'): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : word(value, option, code);

const AWS_HOST =
  /(?:^|\.)(?:([a-z\d-]+?)(?:-fips)?(?:\.dualstack)?\.)?([a-z]{2}(?:-[a-z]+)+-\d)\.(?:(es|aoss)\.|vpce\.)?(?:amazonaws\.com(?:\.cn)?|on\.aws|api\.aws)$/;
const SIGNING_NAMES: Record<string, string> = {
  'lambda-url': 'lambda',
  'appsync-api': 'appsync',
  'appsync-realtime-api': 'appsync',
};
const ENDPOINT = 'https://host/path without query, fragment or user';
interface Endpoint {
  given: unknown;
  origin: string;
  path: string;
  host: string;
  region?: string;
  service?: string;
}
let lastEndpoint: Endpoint | undefined;

/** The endpoint's parts, and the region and service that an AWS host states. Remembers the last: apps have one. */
function parseEndpoint(given: unknown): Endpoint {
  if (lastEndpoint && lastEndpoint.given === given) return lastEndpoint;
  const text = typeof given === 'string' ? given : '';
  const [, origin = '', path = ''] = /^((?:https?|wss?):\/\/[^\s/?#@\\]+)(\/[^?#]*)?$/i.exec(text) ?? [];
  let url: URL;
  try {
    url = new URL(origin);
  } catch {
    throw new SigV4Error('InvalidEndpoint', 'endpoint', ENDPOINT, given);
  }
  const hostname = url.hostname.replace(/(^|\.)s3\.amazonaws\.com$/, '$1s3.us-east-1.amazonaws.com');
  const [, label = '', region, search] = AWS_HOST.exec(hostname) ?? [];
  const service = search ?? SIGNING_NAMES[label] ?? label;
  return (lastEndpoint = { given, origin, path, host: url.host, ...(region && service && { region, service }) });
}

function entriesOf(given: unknown, option: string, code: SigV4ErrorCode): Iterable<readonly [string, unknown]> {
  if (given === undefined || given === null) return [];
  if (typeof given !== 'object') throw new SigV4Error(code, option, 'an object', given);
  return Symbol.iterator in given ? (given as Iterable<Pair>) : Object.entries(given);
}

const isText = (value: unknown): value is string | number | boolean | bigint =>
  typeof value === 'string' || /^(number|boolean|bigint)$/.test(typeof value);

function headerText(value: unknown, option: string): string {
  const text = isText(value) ? String(value).replace(/^[ \t]+|[ \t]+$/g, '') : '\n';
  if (!/[^\t\x20-\x7e\x80-\xff]/.test(text)) return text;
  throw new SigV4Error('InvalidHeader', option, 'a line of Latin-1 text', value);
}

/** By lower-case name: the name as given, and the value. */
function readHeaders(headers: Optional<HeaderParams>): Map<string, Pair> {
  const read = new Map<string, Pair>();
  for (const [name, value] of entriesOf(headers, 'headers', 'InvalidHeader')) {
    if (value === undefined || value === null) continue;
    if (!/^(?!__proto__$)[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      throw new SigV4Error('InvalidHeader', `headers['${name}']`, 'a legal name', name);
    }
    const text = headerText(value, `headers['${name}']`);
    const before = read.get(name.toLowerCase());
    read.set(name.toLowerCase(), before ? [before[0], before[1] + ', ' + text] : [name, text]);
  }
  return read;
}

function readQuery(params: Optional<QueryParams>, pairs: Pair[]): Pair[] {
  for (const [name, given] of entriesOf(params, 'queryParams', 'InvalidQuery')) {
    for (const value of Array.isArray(given) ? (given as unknown[]) : [given]) {
      if (value === undefined || value === null) continue;
      if (!isText(value)) {
        throw new SigV4Error('InvalidQuery', `queryParams['${name}']`, 'text, numbers or booleans', value);
      }
      pairs.push([name, String(value)]);
    }
  }
  return pairs;
}

/** The body as it goes out. JSON text is made once: what is signed is what is sent. */
function serializeBody(body: RequestBody): SignedBody | undefined {
  if (body === undefined || body === null) return undefined;
  const type = describe(body);
  if (typeof body === 'string' || ArrayBuffer.isView(body) || type === 'ArrayBuffer') return body as SignedBody;
  if (type === 'URLSearchParams') return (body as URLSearchParams).toString();
  const isJson = typeof body !== 'object' || 'toJSON' in body || (/^(Object|Array)$/.test(type) && !('pipe' in body));
  let cause: unknown;
  try {
    const text = isJson ? (JSON.stringify(body) as string | undefined) : undefined;
    if (text !== undefined) return text;
  } catch (error) {
    cause = error; // a BigInt or a circle
  }
  const expected = 'text, bytes, URLSearchParams or JSON (createSignedFetch takes Blob, FormData and streams)';
  throw new SigV4Error('InvalidBody', 'body', expected, body, cause);
}

const bytesOf = (body: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(body) ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength) : new Uint8Array(body);

const TWO_DIGITS = Array.from({ length: 60 }, (_, n) => String(100 + n).slice(1));
let lastDay = { day: NaN, text: '' };

/** ISO 8601's basic format, `20150830T123600Z`. Remembers the day, since `toISOString` is slow. */
function toAmzDate(date: Date | number): string {
  const second = typeof date === 'number' || describe(date) === 'Date' ? Math.floor(Number(date) / 1000) : NaN;
  const isDate = second >= 0 && second < 253402300800; // the year 10000
  if (!isDate) throw new SigV4Error('InvalidDate', 'date', 'a valid Date, or milliseconds since 1970', date);
  const day = Math.floor(second / 86400);
  if (day !== lastDay.day)
    lastDay = { day, text: new Date(second * 1000).toISOString().slice(0, 10).replace(/-/g, '') };
  const [hours, minutes, seconds] = [Math.floor(second / 3600) % 24, Math.floor(second / 60) % 60, second % 60];
  return `${lastDay.text}T${TWO_DIGITS[hours]!}${TWO_DIGITS[minutes]!}${TWO_DIGITS[seconds]!}Z`;
}

// ---- The client ----------------------------------------------------------------------------------------------------

const AUTHORIZATION = 'Authorization';
const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded;charset=UTF-8';
const CONTENT_HASH = 'x-amz-content-sha256';
const SIGNER_HEADERS = /^(authorization|host|x-amz-date|x-amz-security-token)$/;
const SIGNER_PARAMS = /^x-amz-(algorithm|credential|date|expires|security-token|signature|signedheaders)$/i;
/** Browsers drop these, and fetch or proxies rewrite them: sent as given, never signed. */
const UNSIGNED_HEADERS =
  /^(accept-(charset|encoding)|access-control-request-.+|cache-control|connection|content-length|cookie2?|date|dnt|expect|keep-alive|origin|pragma|proxy-.+|referer|sec-.+|set-cookie2?|te|trailer|transfer-encoding|upgrade|user-agent|via|x-amzn-trace-id|x-forwarded-.+)$/;
type Signer = (stringToSign: string) => string;
const signers = new WeakMap<HashEngine, Map<string, { fingerprint: string; sign: Signer }>>();

/**
 * Signs with the key of a day, region and service. Kept for clients that are made anew for every call: at most 32, none
 * of another day once a new one comes, and of the secret only a hash.
 */
function signerOf(hash: HashEngine, accessKey: string, secretAccessKey: string, scope: string): Signer {
  const known = signers.get(hash) ?? new Map<string, { fingerprint: string; sign: Signer }>();
  const fingerprint = hash.sha256(secretAccessKey);
  const found = known.get(accessKey + scope);
  if (found?.fingerprint === fingerprint) return found.sign;
  const [date = '', region = '', service = ''] = scope.split('/');
  for (const [id] of known) if (known.size >= 32 || !id.includes(date)) known.delete(id);
  const sign = hash.hmac(deriveSigningKey({ secretAccessKey, date, region, service }, hash));
  signers.set(hash, known.set(accessKey + scope, { fingerprint, sign }));
  return sign;
}

/**
 * A client that signs requests to one endpoint with one set of credentials.
 * @throws SigV4Error for a missing or malformed option
 * @example
 * const client = newClient({ accessKey, secretKey, sessionToken, endpoint: 'https://abc.execute-api.eu-west-1.amazonaws.com/dev' });
 * const signed = client.signRequest({ method: 'GET', path: '/notes', queryParams: { limit: 10 } });
 * const response = await fetch(signed.url, signed);
 */
export function newClient(config: ClientConfig): SigV4Client {
  if (describe(config) !== 'Object') throw new SigV4Error('InvalidOption', 'config', 'an object', config);
  const { signSessionToken = true, hash = cryptoJsHash, now = Date.now } = config;
  const accessKey = word(config.accessKey, 'accessKey', 'InvalidCredentials');
  const secretKey = word(config.secretKey, 'secretKey', 'InvalidCredentials');
  const sessionToken = optionalWord(config.sessionToken, 'sessionToken', 'InvalidCredentials');
  const { origin, path: basePath, host, ...stated } = parseEndpoint(config.endpoint);
  const statedRegion = signSessionToken ? stated.region : undefined; // the old client did not read the host
  const region = optionalWord(config.region, 'region') ?? statedRegion ?? 'us-east-1';
  const serviceName = optionalWord(config.serviceName, 'serviceName') ?? stated.service ?? 'execute-api';
  const isS3 = serviceName === 's3';
  const { signBody = isS3, normalizePath = !isS3 } = config;
  const signedToken = signSessionToken ? sessionToken : undefined;
  const baseWithoutSlash = basePath.replace(/\/$/, '');
  const contentType = headerText(config.defaultContentType ?? '', 'defaultContentType') || JSON_TYPE;
  const acceptType = headerText(config.defaultAcceptType ?? '', 'defaultAcceptType') || JSON_TYPE;
  let signer: { scope: string; sign: Signer } | undefined;

  /** Percent-encodes and resolves dot segments as fetch does, but drops nothing: no fragment, no space at the end. */
  function parsePath(joined: string, path: string): URL {
    if (/^[a-z][a-z\d+.-]*:\/\//i.test(path)) {
      throw new SigV4Error('InvalidPath', 'path', "a path below the endpoint's, not an absolute URL", path);
    }
    const url = new URL(origin + wellFormed(joined).replace(/[^!-~]|#/gu, encodeURIComponent));
    if (isS3) url.pathname = encodePath(decodePath(url.pathname)); // as S3 reads it, so that no one can differ
    return url;
  }

  /** What every request states, with the path as it goes out. */
  function read(request: RequestToSign) {
    if (Object(request) !== request) throw new SigV4Error('InvalidOption', 'request', 'an object', request);
    const { method = 'GET', path = '' } = request;
    const isMethod = typeof method === 'string' && /^[\w-]+$/.test(method);
    if (!isMethod) throw new SigV4Error('InvalidMethod', 'method', 'an HTTP method', method);
    if (typeof path !== 'string') throw new SigV4Error('InvalidPath', 'path', 'a string', path);
    const isBase = path === '' || path.startsWith('?');
    const joined = isBase ? (basePath || '/') + path : baseWithoutSlash + (path.startsWith('/') ? path : '/' + path);
    const url = PLAIN_PATH.test(joined) ? undefined : parsePath(joined, path);
    const wirePath = url?.pathname ?? joined;
    const amzDate = toAmzDate(request.date ?? now());
    return {
      method: method.toUpperCase(),
      path: wirePath,
      query: readQuery(request.queryParams, url?.search ? [...url.searchParams] : []),
      given: readHeaders(request.headers),
      amzDate,
      scope: `${amzDate.slice(0, 8)}/${region}/${serviceName}/aws4_request`,
    };
  }

  function sign(amzDate: string, credentialScope: string, input: CanonicalRequestInput) {
    const { text: canonicalRequest, query, names } = canonicalize(input, normalizePath, !isS3);
    if (signer?.scope !== credentialScope) {
      signer = { scope: credentialScope, sign: signerOf(hash, accessKey, secretKey, credentialScope) };
    }
    const signature = signer.sign(createStringToSign({ amzDate, credentialScope, canonicalRequest }, hash));
    return { query, names, signature };
  }

  function signRequest(request: RequestToSign): SignedRequest {
    const { method, path, query, given, amzDate, scope } = read(request);
    const body = method === 'GET' || method === 'HEAD' ? undefined : serializeBody(request.body);
    const sent: Record<string, string> = {};
    const headers: Pair[] = [['host', host]];
    const add = (name: string, value: string): void => {
      sent[name] = value;
      headers.push([name, value]);
    };
    for (const [lower, [name, value]] of given) {
      if (SIGNER_HEADERS.test(lower)) continue;
      if (UNSIGNED_HEADERS.test(lower) || (lower === 'content-type' && body === undefined)) sent[name] = value;
      else add(name, value);
    }
    const type = describe(request.body) === 'URLSearchParams' ? FORM_TYPE : contentType;
    if (body !== undefined && !given.has('content-type')) add('Content-Type', type);
    if (!given.has('accept')) add('Accept', acceptType);
    const knownHash = request.payloadHash ?? given.get(CONTENT_HASH)?.[1];
    if (knownHash !== undefined && !/^[\w-]+$/.test(knownHash)) {
      throw new SigV4Error('InvalidOption', 'payloadHash', 'hex SHA-256 or UNSIGNED-PAYLOAD', knownHash);
    }
    const payloadHash =
      knownHash ?? (body === undefined ? EMPTY_HASH : hash.sha256(typeof body === 'string' ? body : bytesOf(body)));
    if (!given.has(CONTENT_HASH) && (signBody || payloadHash === UNSIGNED_PAYLOAD)) add(CONTENT_HASH, payloadHash);
    add('x-amz-date', amzDate);
    if (signedToken !== undefined) headers.push(['x-amz-security-token', signedToken]);
    const signed = sign(amzDate, scope, { method, path, query, headers, payloadHash });
    const credential = `Credential=${accessKey}/${scope}`;
    sent[AUTHORIZATION] = `${ALGORITHM} ${credential}, SignedHeaders=${signed.names}, Signature=${signed.signature}`;
    if (sessionToken !== undefined) sent['x-amz-security-token'] = sessionToken;
    if (body === undefined && !given.has('content-type')) sent['Content-Type'] = type;
    const url = origin + path + (signed.query && '?' + signed.query);
    return { url, method, headers: sent, ...(body !== undefined && { body }) };
  }

  function presignUrl(request: RequestToPresign = {}): string {
    const { method, path, query, given, amzDate, scope } = read(request);
    const { expiresIn = 300, payloadHash = isS3 ? UNSIGNED_PAYLOAD : EMPTY_HASH } = request;
    const isLegal = Number.isInteger(expiresIn) && expiresIn >= 1 && expiresIn <= 604800;
    if (!isLegal) throw new SigV4Error('InvalidExpiresIn', 'expiresIn', 'whole seconds, 1 to 604800', expiresIn);
    const headers: Pair[] = [['host', host]];
    for (const [lower, header] of given) {
      if (!SIGNER_HEADERS.test(lower) && !UNSIGNED_HEADERS.test(lower)) headers.push(header);
    }
    const params: Pair[] = [
      ...query.filter(([name]) => !SIGNER_PARAMS.test(name)),
      ['X-Amz-Algorithm', ALGORITHM],
      ['X-Amz-Credential', `${accessKey}/${scope}`],
      ['X-Amz-Date', amzDate],
      ['X-Amz-Expires', String(expiresIn)],
      ['X-Amz-SignedHeaders', canonicalHeaders(headers).names],
    ];
    if (signedToken !== undefined) params.push(['X-Amz-Security-Token', signedToken]);
    const signed = sign(amzDate, scope, { method, path, query: params, headers, payloadHash });
    const addedToken = sessionToken === signedToken ? '' : '&X-Amz-Security-Token=' + encodeRfc3986(sessionToken ?? '');
    return `${origin}${path}?${signed.query}${addedToken}&X-Amz-Signature=${signed.signature}`;
  }

  return { endpoint: origin, pathComponent: basePath, region, serviceName, signRequest, presignUrl };
}

/** For callers of the old file: `import sigV4Client from './sigV4Client'`. */
export default { newClient };
