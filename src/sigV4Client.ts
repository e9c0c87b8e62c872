/**
 * AWS Signature Version 4 for Amazon API Gateway and other services, in one file: it works alone in any app that has
 * crypto-js, in place of the old `sigV4Client.js`.
 * Specification: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import CryptoJS from 'crypto-js/core.js';
import 'crypto-js/sha256.js'; // adds SHA256 to it

/** Base of every error of this library: a literal `code`, the `cause` kept, and never a secret in its message. */
export class SigV4ClientError extends Error {
  /** The class's name. */ override readonly name: string = 'SigV4ClientError';
  /** What went wrong, as a literal to switch on. */ readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
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
export class SigV4Error extends SigV4ClientError {
  override readonly name = 'SigV4Error';
  /** Which input. */ override readonly code: SigV4ErrorCode;
  /** The option's name, such as `endpoint` or `headers['X-Note']`. */ readonly option: string;

  constructor(code: SigV4ErrorCode, option: string, expected: string, came: unknown, cause?: unknown) {
    super(code, `${option}: expected ${expected}, got ${describe(came, option)}`, { cause });
    this.code = code;
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
const toHex = (bytes: Uint8Array): string => {
  let hex = '';
  for (const byte of bytes) hex += HEX[byte]!;
  return hex;
};
const hexToBytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
/** Lone surrogates become U+FFFD, as in TextEncoder and fetch. */
const wellFormed = (text: string): string => text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD');

/** An HMAC key, filled up with zeros to a block. */
function keyBlock(key: Uint8Array): Uint8Array {
  const block = new Uint8Array(64);
  block.set(key);
  return block;
}

/** The public calls of crypto-js, for where its block function or TextEncoder is missing (jsdom). */
function createPublicCallsHash(): HashEngine {
  const { SHA256, enc } = CryptoJS;
  const parse = (data: string | Uint8Array) =>
    typeof data === 'string' ? enc.Utf8.parse(wellFormed(data)) : enc.Hex.parse(toHex(data));
  return {
    sha256: (data) => String(SHA256(parse(data))),
    hmac(key) {
      const given = parse(key);
      const block = keyBlock(hexToBytes(String(given.sigBytes > 64 ? SHA256(given) : given)));
      const pad = (byte: number) => parse(block.map((each) => each ^ byte));
      return (message) => String(SHA256(pad(0x5c).concat(SHA256(pad(0x36).concat(parse(message))))));
    },
  };
}

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
  const buffer = new Uint8Array(8192);
  const room = buffer.subarray(0, 8064); // for a piece of the message; behind it, for the padding
  const view = new DataView(buffer.buffer);
  const digest = new Uint8Array(32);
  const digestView = new DataView(digest.buffer);
  const encoder = new TextEncoder();
  hasher._hash = { words: state };

  /** Hashes the blocks at the buffer's start. */
  function hashBlocks(end: number): void {
    for (let start = 0; start < end; start += 64) {
      for (let i = 0; i < 16; i++) words[i] = view.getInt32(start + i * 4);
      hasher._doProcessBlock(words, 0);
    }
  }

  /**
   * Fills the room with what it can hold of `data` from `at` on. Browsers copy all of the text that encodeInto is given: in
   * Chromium, all the rest of 5 MB each time took ten times as long as hashing it. A surrogate pair that is cut in two at
   * the slice's end does not matter, since its first half finds no room for its three bytes.
   */
  function fill(free: Uint8Array, data: string | Uint8Array, at: number): { read?: number; written?: number } {
    if (typeof data === 'string') return encoder.encodeInto(data.slice(at, at + free.length), free);
    const piece = data.subarray(at, at + free.length);
    free.set(piece);
    return { read: piece.length, written: piece.length };
  }

  /** Hashes `data` behind the `before` bytes that led to the state `from`. */
  function update(data: string | Uint8Array, from: Int32Array, before: number): Uint8Array {
    let filled = 0;
    let length = before;
    state.set(from);
    for (let at = 0; ;) {
      const { read = 0, written = 0 } = fill(filled === 0 ? room : room.subarray(filled), data, at);
      at += read;
      filled += written;
      length += written;
      if (at === data.length) break;
      const whole = filled & ~63;
      hashBlocks(whole);
      buffer.copyWithin(0, whole, filled);
      filled -= whole;
    }
    const end = (filled + 72) & ~63;
    buffer.fill(0, filled, end)[filled] = 0x80;
    view.setUint32(end - 8, length / 0x20000000);
    view.setUint32(end - 4, length << 3);
    hashBlocks(end);
    for (let i = 0; i < 8; i++) digestView.setInt32(i * 4, state[i]!);
    return digest;
  }

  return {
    sha256: (data) => toHex(update(data, INITIAL, 0)),
    hmac(key) {
      const given = typeof key === 'string' ? encoder.encode(key) : key;
      const block = keyBlock(given.length > 64 ? update(given, INITIAL, 0) : given);
      const [inner, outer] = [0x36, 0x5c].map((pad) => {
        state.set(INITIAL);
        buffer.set(block.map((byte) => byte ^ pad));
        hashBlocks(64);
        return state.slice();
      }) as [Int32Array, Int32Array];
      return (message) => toHex(update(update(message, inner, 64), outer, 64));
    },
  };
}

/** The block function is no public part of crypto-js: used only where it gives the figure of FIPS 180-4. */
function createCryptoJsHash(): HashEngine {
  try {
    const engine = createBlockHash();
    return engine.sha256('').startsWith('e3b0c44298fc1c14') ? engine : createPublicCallsHash();
  } catch {
    return createPublicCallsHash();
  }
}
/** The default engine: crypto-js. */
export const cryptoJsHash: HashEngine = /* @__PURE__ */ createCryptoJsHash();
/** SHA-256 of bytes, or of text as UTF-8, in lower-case hex, with crypto-js. */
export const sha256Hex = (data: string | Uint8Array): string => cryptoJsHash.sha256(data);

// ---- The four stages of the specification --------------------------------------------------------------------------

const ALGORITHM = 'AWS4-HMAC-SHA256';
const EMPTY_HASH = /* @__PURE__ */ sha256Hex('');
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';
const PLAIN_PATH = /^(?:\/[\w~-][\w.~-]*)+\/?$/; // neither encoding nor normalizing changes it, which saves 2 µs

/** RFC 3986: everything but the unreserved characters is percent-encoded. */
const encodeRfc3986 = (text: string): string =>
  /^[\w.~-]*$/.test(text)
    ? text
    : encodeURIComponent(wellFormed(text)).replace(/[!'()*]/g, (char) => '%' + HEX[char.charCodeAt(0)]!.toUpperCase());

const encodePath = (path: string): string => path.split('/').map(encodeRfc3986).join('/');

/** What S3 makes of a path before it encodes it: a stray '%' stands for itself. */
const decodePath = (path: string): string =>
  path.replace(/(?:%[\da-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });

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

const isAfter = (a: Pair, b: Pair): boolean => a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);

/** By name and then by value, in place. Few are sorted by insertion, which saves 0.5 µs of 20. */
function sorted(pairs: Pair[]): Pair[] {
  if (pairs.length > 32) return pairs.sort((a, b) => (isAfter(a, b) ? 1 : -1));
  for (let i = 1; i < pairs.length; i++) {
    const pair = pairs[i]!;
    let at = i;
    for (; at > 0 && isAfter(pairs[at - 1]!, pair); at--) pairs[at] = pairs[at - 1]!;
    pairs[at] = pair;
  }
  return pairs;
}

function canonicalQuery(query: Iterable<Pair>): string {
  const pairs: Pair[] = [];
  for (const [name, value] of query) pairs.push([encodeRfc3986(name), encodeRfc3986(value)]);
  let text = '';
  for (const pair of sorted(pairs)) text += (text && '&') + pair[0] + '=' + pair[1];
  return text;
}

/** Trims, and folds inner space. */
const fold = (value: string): string => value.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');

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

/** Headers to sign: by lower-case name, trimmed and folded. */
type SignedHeaders = Pair[];
const namesOf = (signed: SignedHeaders): string => signed.map((header) => header[0]).join(';');

function canonicalize(
  method: string,
  path: string,
  query: string,
  signed: SignedHeaders,
  names: string,
  payloadHash: string,
): string {
  let lines = '';
  for (const header of signed) lines += header[0] + ':' + header[1] + '\n';
  return `${method}\n${path}\n${query}\n${lines}\n${names}\n${payloadHash}`;
}

/** Stage 1 of the specification, "Create a canonical request". */
export function createCanonicalRequest(input: CanonicalRequestInput): string {
  const { method, payloadHash, normalizePath = true, doubleEncodePath = true } = input;
  const values = new Map<string, string>();
  for (const [given, value] of input.headers) {
    const name = given.toLowerCase();
    values.set(name, (values.has(name) ? values.get(name)! + ',' : '') + fold(value));
  }
  const signed = sorted([...values]);
  const path = canonicalPath(input.path, normalizePath, doubleEncodePath);
  return canonicalize(method, path, canonicalQuery(input.query), signed, namesOf(signed), payloadHash);
}

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
export const deriveSigningKey = (input: SigningKeyInput, hash: HashEngine = cryptoJsHash): Uint8Array =>
  [input.date, input.region, input.service, 'aws4_request'].reduce<string | Uint8Array>(
    (key, part) => hexToBytes(hash.hmac(key)(part)),
    'AWS4' + input.secretAccessKey,
  ) as Uint8Array;

/** Stage 4, "Calculate the signature", in lower-case hex. */
export const calculateSignature = (signingKey: Uint8Array, stringToSign: string, hash = cryptoJsHash): string =>
  hash.hmac(signingKey)(stringToSign);

// ---- Input ---------------------------------------------------------------------------------------------------------

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
const isMissing = (value: unknown): value is null | undefined => value === undefined || value === null;
const isText = (value: unknown): value is string | number | boolean | bigint =>
  /string|number|boolean|bigint/.test(typeof value);

/** What came. Text is shown where the option is no secret and cannot hold one. */
function describe(value: unknown, option = ''): string {
  if (typeof value === 'string') {
    const isPublic = /^(endpoint|method|region|serviceName)[^@?#]*$/.test(option + value);
    return isPublic ? JSON.stringify(value) : `a string of ${value.length} characters`;
  }
  if (typeof value === 'number' && !/key|token/i.test(option)) return String(value);
  return isMissing(value) ? String(value) : tagOf(value);
}

/** Text that is not empty, with nothing illegal in it. */
function check(value: unknown, illegal: RegExp, code: SigV4ErrorCode, option: string, expected: string): string {
  if (typeof value === 'string' && value !== '' && !illegal.test(value)) return value;
  throw new SigV4Error(code, option, expected, value);
}

/** A key, token or name. */
const word = (value: unknown, option: string, code: SigV4ErrorCode): string =>
  check(value, /[^!-~]/, code, option, 'printable ASCII without spaces');
const optionalWord = (value: unknown, option: string, code: SigV4ErrorCode = 'InvalidOption'): string | undefined =>
  isMissing(value) || value === '' ? undefined : word(value, option, code);

const ENDPOINT = /^((?:http|ws)s?:\/\/[^\s/?#@\\]+)(\/[^?#]*)?$/i;
const AWS_HOST =
  /(?:^|\.)(?:([a-z\d-]+?)(?:-fips)?(?:\.dualstack)?[.-])?([a-z]{2}(?:-[a-z]+)+-\d)\.(?:(es|aoss)\.|vpce\.)?(?:amazonaws\.com(?:\.cn)?|on\.aws|api\.aws)$/;
const SIGNING_NAMES: Record<string, string> = {
  'lambda-url': 'lambda',
  'appsync-api': 'appsync',
  'appsync-realtime-api': 'appsync',
  's3-accesspoint': 's3',
};
interface Endpoint {
  given: unknown;
  origin: string;
  path: string;
  host: string;
  region?: string;
  service?: string;
}
let lastEndpoint: Endpoint | undefined;
let lastToken: string | undefined; // checking one takes a twentieth of a signature's time

/**
 * The endpoint's parts, and the region and service that an AWS host states. Remembers the last: apps have one,
 * and reading it takes 2 µs, a tenth of a signature.
 */
function parseEndpoint(given: unknown): Endpoint {
  if (lastEndpoint && lastEndpoint.given === given) return lastEndpoint;
  try {
    const [, origin, path = ''] = ENDPOINT.exec(typeof given === 'string' ? given : '') as unknown as [
      string,
      string,
      string?,
    ];
    const { host, hostname } = new URL(origin);
    const [, label = '', region, search] =
      AWS_HOST.exec(hostname.replace(/(^|\.)s3\.amazonaws\.com$/, '$1s3.us-east-1.amazonaws.com')) ?? [];
    const service = search ?? SIGNING_NAMES[label] ?? label;
    return (lastEndpoint = { given, origin, path, host, ...(region && service && { region, service }) });
  } catch {
    throw new SigV4Error('InvalidEndpoint', 'endpoint', 'https://host/path without query, fragment or user', given);
  }
}

function entriesOf(given: unknown, option: string, code: SigV4ErrorCode): Iterable<readonly [string, unknown]> {
  if (given === undefined || given === null) return [];
  if (typeof given !== 'object') throw new SigV4Error(code, option, 'an object', given);
  return Symbol.iterator in given ? (given as Iterable<Pair>) : Object.entries(given);
}

function headerText(value: unknown, option: string): string {
  const text = isText(value) ? String(value).replace(/^[ \t]+|[ \t]+$/g, '') : value;
  return text === '' ? text : check(text, /[^\t -~\x80-\xff]/, 'InvalidHeader', option, 'a line of Latin-1 text');
}

const mediaType = (value: unknown, option: string): string =>
  (isMissing(value) ? '' : headerText(value, option)) || 'application/json';

/** Headers as they are sent, and the names as they were given by lower-case name. */
function readHeaders(headers: Optional<HeaderParams>) {
  const names = new Map<string, string>();
  const sent: Record<string, string> = {};
  for (const [name, value] of entriesOf(headers, 'headers', 'InvalidHeader')) {
    if (isMissing(value)) continue;
    const option = `headers['${name}']`;
    check(name, /[^\w!#$%&'*+.^`|~-]|^__proto__$/, 'InvalidHeader', option, 'a legal name');
    const text = headerText(value, option);
    const lower = name.toLowerCase();
    if (SIGNER_HEADERS.test(lower)) continue;
    const given = names.get(lower);
    if (given === undefined) names.set(lower, name);
    sent[given ?? name] = given === undefined ? text : sent[given]! + ', ' + text;
  }
  return { names, sent };
}

function readQuery(params: Optional<QueryParams>, pairs: Pair[]): Pair[] {
  for (const [name, given] of entriesOf(params, 'queryParams', 'InvalidQuery')) {
    for (const value of Array.isArray(given) ? (given as unknown[]) : [given]) {
      if (isMissing(value)) continue;
      if (!isText(value)) {
        throw new SigV4Error('InvalidQuery', `queryParams['${name}']`, 'text, numbers or booleans', value);
      }
      pairs.push([name, String(value)]);
    }
  }
  return pairs;
}

const bytesOf = (body: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(body) ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength) : new Uint8Array(body);

/** The body as it goes out. JSON text is made once: what is signed is what is sent. */
function serializeBody(body: RequestBody): SignedBody | undefined {
  if (isMissing(body)) return undefined;
  const type = tagOf(body);
  if (typeof body === 'string') return body;
  if (type === 'URLSearchParams') return (body as URLSearchParams).toString();
  const object = Object(body) as object;
  let cause: unknown;
  try {
    if (ArrayBuffer.isView(body) || type === 'ArrayBuffer') {
      bytesOf(body as ArrayBuffer);
      return body as ArrayBuffer;
    }
    const isJson =
      'toJSON' in object ||
      (/^(Object|Array|Number|Boolean)$/.test(type) && typeof Reflect.get(object, 'pipe') !== 'function');
    const text = isJson ? (JSON.stringify(body) as string | undefined) : undefined;
    if (text !== undefined) return text;
  } catch (error) {
    cause = error; // a BigInt or a circle, a buffer that was transferred
  }
  const expected = 'text, bytes, URLSearchParams or JSON (all others: with createSignedFetch)';
  throw new SigV4Error('InvalidBody', 'body', expected, body, cause);
}

let lastMinute = { minute: NaN, text: '' };

/** ISO 8601's basic format, `20150830T123600Z`. Remembers the minute, since `toISOString` takes 1 µs. */
function toAmzDate(date: Date | number): string {
  const second = typeof date === 'number' || tagOf(date) === 'Date' ? Math.floor(Number(date) / 1000) : NaN;
  const minute = Math.floor(second / 60);
  if (minute !== lastMinute.minute) {
    const isDate = second >= 0 && second < 253402300800; // the year 10000
    if (!isDate) throw new SigV4Error('InvalidDate', 'date', 'a valid Date, or milliseconds since 1970', date);
    lastMinute = { minute, text: new Date(second * 1000).toISOString().slice(0, 16).replace(/[:-]/g, '') };
  }
  return lastMinute.text + String(100 + (second % 60)).slice(1) + 'Z';
}

// ---- The client ----------------------------------------------------------------------------------------------------

const AUTHORIZATION = 'Authorization';
const FORM_TYPE = 'application/x-www-form-urlencoded;charset=UTF-8';
const CONTENT_TYPE = 'content-type';
const CONTENT_HASH = 'x-amz-content-sha256';
const TOKEN = 'x-amz-security-token';
const SIGNER_HEADERS = /^(authorization|host|x-amz-date|x-amz-security-token)$/;
const SIGNER_PARAMS = /^x-amz-(algorithm|credential|date|expires|security-token|signature|signedheaders)$/i;
/** Browsers drop these, and fetch or proxies rewrite them: sent as given, never signed. */
const UNSIGNED_HEADERS =
  /^(accept-(charset|encoding)|access-control-request-.+|cache-control|connection|content-length|cookie2?|date|dnt|expect|keep-alive|origin|pragma|proxy-.+|referer|sec-.+|set-cookie2?|te|trailer|transfer-encoding|upgrade|user-agent|via|x-amzn-trace-id|x-forwarded-.+)$/;
type Signer = (stringToSign: string) => string;
/**
 * Signing keys of each engine, for clients that are made anew for every call: at most 32, none of another day once a new
 * one comes, and of the secret only a hash. Deriving one takes 40 µs, twice as long as the rest of a signature.
 */
const signers = new WeakMap<HashEngine, Map<string, Signer>>();

/**
 * A client that signs requests to one endpoint with one set of credentials.
 * @throws SigV4Error for a missing or malformed option
 * @example
 * const client = newClient({ accessKey, secretKey, sessionToken, endpoint: 'https://abc.execute-api.eu-west-1.amazonaws.com/dev' });
 * const signed = client.signRequest({ method: 'GET', path: '/notes', queryParams: { limit: 10 } });
 * const response = await fetch(signed.url, signed);
 */
export function newClient(config: ClientConfig): SigV4Client {
  if (tagOf(config) !== 'Object') throw new SigV4Error('InvalidOption', 'config', 'an object', config);
  const { signSessionToken = true, hash = cryptoJsHash, now = Date.now } = config;
  if (typeof now !== 'function') throw new SigV4Error('InvalidOption', 'now', 'a function', now);
  if (typeof (hash as HashEngine | null)?.hmac !== 'function')
    throw new SigV4Error('InvalidOption', 'hash', 'an engine', hash);
  const accessKey = word(config.accessKey, 'accessKey', 'InvalidCredentials');
  const secretAccessKey = word(config.secretKey, 'secretKey', 'InvalidCredentials');
  const sessionToken =
    config.sessionToken === lastToken
      ? lastToken
      : (lastToken = optionalWord(config.sessionToken, 'sessionToken', 'InvalidCredentials'));
  const stated = parseEndpoint(config.endpoint);
  const { origin, path: basePath, host } = stated;
  const statedRegion = signSessionToken ? stated.region : undefined; // the old client did not read the host
  const region = optionalWord(config.region, 'region') ?? statedRegion ?? 'us-east-1';
  const service = optionalWord(config.serviceName, 'serviceName') ?? stated.service ?? 'execute-api';
  const isS3 = service === 's3';
  const { signBody = isS3, normalizePath = !isS3 } = config;
  const signedToken = signSessionToken ? sessionToken : undefined;
  const contentType = mediaType(config.defaultContentType, 'defaultContentType');
  const acceptType = mediaType(config.defaultAcceptType, 'defaultAcceptType');
  const base = basePath.replace(/\/$/, '');
  let signer: { scope: string; sign: Signer } | undefined;

  /** As it goes out: percent-encoded and resolved as fetch does it, but with no fragment, and space at the end kept. */
  function parsePath(path: string): { pathname: string; searchParams?: URLSearchParams } {
    const joined =
      path === '' || path.startsWith('?')
        ? (basePath || '/') + path
        : base + (path.startsWith('/') ? path : '/' + path);
    if (PLAIN_PATH.test(joined)) return { pathname: joined };
    const url = new URL(origin + wellFormed(joined).replace(/[^!-~]|#/gu, encodeURIComponent));
    if (!isS3) return url;
    // As S3 reads it, so that no one can differ; but a slash in a segment stays one: `..%2F` must not leave the folder.
    const segments = url.pathname.split('/').map((segment) => encodeRfc3986(decodePath(segment)));
    return { pathname: segments.join('/'), searchParams: url.searchParams };
  }

  /** What every request states. */
  function read(request: RequestToSign) {
    if (Object(request) !== request) throw new SigV4Error('InvalidOption', 'request', 'an object', request);
    const { method = 'GET', path = '', queryParams, headers } = request;
    check(method, /[^\w-]/, 'InvalidMethod', 'method', 'an HTTP method');
    if (path !== '') check(path, /^[a-z][a-z\d+.-]*:\/\//i, 'InvalidPath', 'path', 'a path, no absolute URL');
    const { pathname, searchParams } = parsePath(path);
    const amzDate = toAmzDate(request.date ?? now());
    return {
      method: method.toUpperCase(),
      path: pathname,
      query: readQuery(queryParams, searchParams ? [...searchParams] : []),
      headers: readHeaders(headers),
      amzDate,
      scope: `${amzDate.slice(0, 8)}/${region}/${service}/aws4_request`,
    };
  }

  /** The given headers that are signed. */
  function signedOf({ names, sent }: ReturnType<typeof readHeaders>, except?: string): SignedHeaders {
    const signed: SignedHeaders = [['host', host]];
    for (const [lower, name] of names) {
      if (lower !== except && !UNSIGNED_HEADERS.test(lower)) signed.push([lower, fold(sent[name]!)]);
    }
    return signed;
  }

  function signerOf(scope: string): Signer {
    const id = [scope, accessKey, hash.sha256(secretAccessKey)].join('\n');
    const known = signers.get(hash) ?? new Map<string, Signer>();
    const found = known.get(id);
    if (found) return found;
    const date = scope.slice(0, 8);
    for (const other of known.keys()) if (known.size >= 32 || !other.startsWith(date)) known.delete(other);
    const sign = hash.hmac(deriveSigningKey({ secretAccessKey, date, region, service }, hash));
    signers.set(hash, known.set(id, sign));
    return sign;
  }

  function sign(
    { method, path, amzDate, scope }: ReturnType<typeof read>,
    query: string,
    signed: SignedHeaders,
    names: string,
    payloadHash: string,
  ): string {
    const encoded = canonicalPath(path, normalizePath, !isS3);
    const canonicalRequest = canonicalize(method, encoded, query, signed, names, payloadHash);
    if (signer?.scope !== scope) signer = { scope, sign: signerOf(scope) };
    return signer.sign(createStringToSign({ amzDate, credentialScope: scope, canonicalRequest }, hash));
  }

  function signRequest(request: RequestToSign): SignedRequest {
    const parts = read(request);
    const { method, path, amzDate, scope } = parts;
    const { names: given, sent } = parts.headers;
    const body = method === 'GET' || method === 'HEAD' ? undefined : serializeBody(request.body);
    const signed = signedOf(parts.headers, body === undefined ? CONTENT_TYPE : undefined);
    const add = (name: string, value: string): void => {
      sent[name] = value;
      signed.push([name.toLowerCase(), value]);
    };
    if (body !== undefined && !given.has(CONTENT_TYPE)) {
      add('Content-Type', tagOf(request.body) === 'URLSearchParams' ? FORM_TYPE : contentType);
    }
    if (!given.has('accept')) add('Accept', acceptType);
    const payloadHash = knownHash(request, parts.headers) ?? hashOf(body);
    if (!given.has(CONTENT_HASH) && (signBody || payloadHash === UNSIGNED_PAYLOAD)) add(CONTENT_HASH, payloadHash);
    add('x-amz-date', amzDate);
    if (signedToken !== undefined) signed.push([TOKEN, signedToken]);
    const query = canonicalQuery(parts.query);
    const names = namesOf(sorted(signed));
    const signature = sign(parts, query, signed, names, payloadHash);
    const credential = `Credential=${accessKey}/${scope}, SignedHeaders=${names}`;
    sent[AUTHORIZATION] = `${ALGORITHM} ${credential}, Signature=${signature}`;
    if (sessionToken !== undefined) sent[TOKEN] = sessionToken;
    if (body === undefined && !given.has(CONTENT_TYPE)) sent['Content-Type'] = contentType;
    const url = origin + path + (query && '?' + query);
    return { url, method, headers: sent, ...(body !== undefined && { body }) };
  }

  /** The payload hash that the app states. */
  function knownHash({ payloadHash }: RequestToSign, { names, sent }: ReturnType<typeof readHeaders>) {
    const known = payloadHash ?? sent[names.get(CONTENT_HASH) ?? ''];
    if (known === undefined) return undefined;
    return check(known, /[^\w-]/, 'InvalidOption', 'payloadHash', 'hex SHA-256 or UNSIGNED-PAYLOAD');
  }

  function hashOf(body: SignedBody | undefined): string {
    return body === undefined ? EMPTY_HASH : hash.sha256(typeof body === 'string' ? body : bytesOf(body));
  }

  function presignUrl(request: RequestToPresign = {}): string {
    const parts = read(request);
    const { path, amzDate, scope } = parts;
    const { expiresIn = 300 } = request;
    const payloadHash = knownHash(request, parts.headers) ?? (isS3 ? UNSIGNED_PAYLOAD : EMPTY_HASH);
    const isLegal = Number.isInteger(expiresIn) && expiresIn >= 1 && expiresIn <= 604800;
    if (!isLegal) throw new SigV4Error('InvalidExpiresIn', 'expiresIn', 'whole seconds, 1 to 604800', expiresIn);
    const signed = sorted(signedOf(parts.headers));
    const names = namesOf(signed);
    const params: Pair[] = [
      ...parts.query.filter(([name]) => !SIGNER_PARAMS.test(name)),
      ['X-Amz-Algorithm', ALGORITHM],
      ['X-Amz-Credential', `${accessKey}/${scope}`],
      ['X-Amz-Date', amzDate],
      ['X-Amz-Expires', String(expiresIn)],
      ['X-Amz-SignedHeaders', names],
    ];
    if (signedToken !== undefined) params.push(['X-Amz-Security-Token', signedToken]);
    const query = canonicalQuery(params);
    const signature = sign(parts, query, signed, names, payloadHash);
    const addedToken = sessionToken === signedToken ? '' : '&X-Amz-Security-Token=' + encodeRfc3986(sessionToken ?? '');
    return `${origin}${path}?${query}${addedToken}&X-Amz-Signature=${signature}`;
  }

  return { endpoint: origin, pathComponent: basePath, region, serviceName: service, signRequest, presignUrl };
}

/** For callers of the old file: `import sigV4Client from './sigV4Client'`. */
export default { newClient };
