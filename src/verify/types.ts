/** What `verifyRequest` takes and gives. */
import type { HashEngine } from '../sigv4/index.js';

/** The result of the lookup: the keys that belong to an access key id, and whatever else the app knows of their owner. */
export interface VerifyCredentials {
  /** The secret that the caller must have signed with. */
  secretAccessKey: string;
  /** The token of temporary credentials: the request must then carry exactly this one. */
  sessionToken?: string | undefined;
  /** When the credentials expire, as a Date or in milliseconds since 1970: from then on they are refused. Default: never. */
  expiration?: Date | number | undefined;
}

/** A request as it came over the wire, for servers that do not speak the standard `Request`. */
export interface WireRequest {
  /** The HTTP method as on the wire, such as `GET`. */
  method: string;
  /**
   * The request target exactly as sent: Node's `incoming.url`, Express's `request.originalUrl`, HTTP/2's `:path`. Only
   * `/path?query` and `http://host/path?query` are targets of a signed request (RFC 9112, section 3.2).
   */
  target: string;
  /**
   * The headers, `host` among them: pairs, Node's `incoming.rawHeaders` (alternating names and values), an object such as its
   * `incoming.headersDistinct`, or a `Headers`. A `Headers`, and Node's `incoming.headers`, join two lines of one header by `, `, but
   * the signature has `,`: such a request is refused. HTTP/2's pseudo-header `:authority` stands for `host`; the others are ignored.
   */
  headers:
    | Iterable<readonly [string, string]>
    | readonly string[]
    | Readonly<Record<string, string | readonly string[] | undefined>>;
  /**
   * The body as received, also that of a GET: text or bytes, neither a stream nor parsed. Default: none; a request is refused if its
   * headers announce a body and none is given here. Over HTTP/2 (with pseudo-headers), where bodies need not be announced, the body
   * must be given: an empty one where there is none.
   */
  body?: string | ArrayBufferView | ArrayBufferLike | null | undefined;
}

/** What `verifyRequest` takes beside the request. */
export interface VerifyOptions<C extends VerifyCredentials = VerifyCredentials> {
  /**
   * The lookup: finds the credentials of an access key id. What it throws, `verifyRequest` throws.
   * @param accessKeyId The access key id that the request names.
   * @param sessionToken The session token that came with the request, not checked yet, for lookups that need it.
   * @returns The credentials; `undefined` or `null` where there are none.
   * @example
   * const options: VerifyOptions = { credentials: (accessKeyId) => findKey(accessKeyId) };
   */
  credentials: (
    accessKeyId: string,
    sessionToken: string | undefined,
  ) => C | null | undefined | Promise<C | null | undefined>;
  /** The region that requests must be signed for. Default: any. `undefined`, as an unset environment variable gives it, is refused. */
  region?: string;
  /** The service that requests must be signed for, such as `execute-api`. Default: any. `undefined` is refused. */
  service?: string;
  /** The server's clock: gives a Date, or milliseconds since 1970. Default `Date.now`. */
  now?: (() => Date | number) | undefined;
  /** How far the request's date may differ from the server's clock, in seconds. Default 300. */
  maxSkewSeconds?: number | undefined;
  /** Whether `.`, `..` and `//` are resolved in the canonical path. Default `true`, for S3 (`s3`, `s3express` …) `false`. */
  normalizePath?: boolean | undefined;
  /** Whether the path as sent is encoded once more in the canonical path. Default `true`, for S3 `false`. */
  doubleEncodePath?: boolean | undefined;
  /**
   * Whether `x-amz-content-sha256: UNSIGNED-PAYLOAD` is accepted, and `STREAMING-UNSIGNED-PAYLOAD-TRAILER`, whose body is still in
   * chunks: anyone on the way may have changed such a body. Default `false`, for S3 `true`.
   */
  allowUnsignedPayload?: boolean | undefined;
  /**
   * Whether a session token is refused that was added after signing, as older clients do. Default `false`, as with API Gateway, which
   * is no less secure: the token is compared with that of the credentials in any case.
   */
  requireSignedSessionToken?: boolean | undefined;
  /**
   * `x-amz-*` headers, in lower case, that need not be signed, since proxies add them on the way. Default: `['x-amz-cf-id']`, which
   * CloudFront adds.
   */
  unsignedHeaders?: readonly string[] | undefined;
  /**
   * Hash engine, such as `nodeHash`, which on a server takes a fifth of the time. Pass the same object each time, since signing keys
   * are kept for each engine. Default: crypto-js, and Web Crypto for bodies from 64 kB on.
   */
  hash?: HashEngine | undefined;
}

/** Why a request was refused. */
export type RefusalCode =
  | 'MissingAuthentication'
  | 'AmbiguousAuthentication'
  | 'IncompleteSignature'
  | 'UnsupportedAlgorithm'
  | 'InvalidDate'
  | 'InvalidExpires'
  | 'MalformedTarget'
  | 'MalformedQuery'
  | 'MalformedHost'
  | 'HostMismatch'
  | 'SignatureExpired'
  | 'SignatureNotYetCurrent'
  | 'RegionMismatch'
  | 'ServiceMismatch'
  | 'TerminatorMismatch'
  | 'ScopeDateMismatch'
  | 'HeaderNotSigned'
  | 'UnknownAccessKey'
  | 'InvalidSessionToken'
  | 'CredentialsExpired'
  | 'UnsignedPayload'
  | 'PayloadHashMismatch'
  | 'BodyMismatch'
  | 'SignatureMismatch';

/**
 * The request is good. Act on `method`, `host`, `path` and `query`, which are what was verified: a server that reads the request's URL
 * again may read it differently.
 */
export interface Verified<C extends VerifyCredentials = VerifyCredentials> {
  /** `true` for a good request. */
  readonly ok: true;
  /** The result of the lookup, without secret access key and session token. */
  readonly caller: Omit<C, 'secretAccessKey' | 'sessionToken'>;
  /** The access key id that signed. */
  readonly accessKeyId: string;
  /** The names, in lower case, of the headers that the signature covers. Do not trust the others. */
  readonly signedHeaders: readonly string[];
  /** When the request was signed, by the caller's clock. */
  readonly date: Date;
  /** The region that the request was signed for. */
  readonly region: string;
  /** The service that the request was signed for. */
  readonly service: string;
  /** Where the signature was: in the `Authorization` header or in the query. */
  readonly place: 'header' | 'query';
  /** The HTTP method that was signed. */
  readonly method: string;
  /** The host that was signed, with its port, as it was sent. */
  readonly host: string;
  /**
   * The path that was signed, percent-encoded as it was sent. `.`, `..` and `//` are resolved, except for S3 and with
   * `normalizePath: false`. For S3, a raw `+`, which means a space there, is `%20` here.
   */
  readonly path: string;
  /**
   * The decoded parameters in their order, without those of the signature (`X-Amz-Signature`, `X-Amz-Date` …). For S3 only the first
   * of each name, since its signature does not cover the others.
   */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** `path`, and the parameters of `query` as they were sent: what to route by (in Express, `request.url = result.target`). */
  readonly target: string;
}

/** The request is refused. */
export interface Refused {
  /** `false` for a refusal. */
  readonly ok: false;
  /** The reason, as a literal to switch on. */
  readonly code: RefusalCode;
  /** The reason in AWS's words, which may be sent to the caller: it never holds a secret, nor an `Authorization` header. */
  readonly message: string;
  /**
   * Where the signature or the payload hash differs: the canonical request that this server computed. Not enumerable, so that logs of
   * the result do not show the session token that it may hold.
   */
  readonly canonicalRequest?: string;
  /** Where the signature or the payload hash differs: the string to sign that this server computed. */
  readonly stringToSign?: string;
}

/** The result of `verifyRequest`. */
export type VerifyResult<C extends VerifyCredentials = VerifyCredentials> = Verified<C> | Refused;
