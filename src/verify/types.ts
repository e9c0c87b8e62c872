/** What `verifyRequest` takes and gives. */
import type { HashEngine } from '../sigv4/index.js';

/** What the lookup gives: the keys that belong to an access key id, and whatever else is known of their owner. */
export interface VerifyCredentials {
  /** What the caller must have signed with. */
  secretAccessKey: string;
  /** The token of temporary credentials: the request must then carry exactly this one. */
  sessionToken?: string | undefined;
  /** From this moment on the credentials are refused: a Date, or milliseconds since 1970. Default: never. */
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
   * Headers with `host` among them: pairs, Node's `incoming.rawHeaders` (names and values by turns), an object such as its
   * `incoming.headersDistinct`, or a `Headers`. A `Headers`, and Node's `incoming.headers`, join a header of two lines by
   * `, `, where the signature has `,`: such a request would be refused. Of HTTP/2's pseudo-headers `:authority` stands for
   * `host`; the others are no headers.
   */
  headers:
    | Iterable<readonly [string, string]>
    | readonly string[]
    | Readonly<Record<string, string | readonly string[] | undefined>>;
  /**
   * The body as received, of a GET as well: text or bytes, neither a stream nor parsed. One that is left out where the
   * headers announce one is refused. Default: none.
   * Over HTTP/2 (pseudo-headers among the headers), which announces no body, it has to be given: an empty one where there is none.
   */
  body?: string | ArrayBufferView | ArrayBufferLike | null | undefined;
}

/** What `verifyRequest` takes beside the request. */
export interface VerifyOptions<C extends VerifyCredentials = VerifyCredentials> {
  /**
   * Finds the credentials of an access key id; `undefined` where there are none. The session token that came with the
   * request (not checked yet) is there for lookups that need it. What it throws, `verifyRequest` throws.
   */
  credentials: (
    accessKeyId: string,
    sessionToken: string | undefined,
  ) => C | null | undefined | Promise<C | null | undefined>;
  /** The region a request must be signed for. Left out: any. `undefined`, as an environment without it gives, is refused. */
  region?: string;
  /** The service a request must be signed for, such as `execute-api`. Left out: any; `undefined` is refused. */
  service?: string;
  /** The server's clock: gives a Date, or milliseconds since 1970. Default `Date.now`. */
  now?: (() => Date | number) | undefined;
  /** How far the request's date may lie from the server's, in seconds. Default 300. */
  maxSkewSeconds?: number | undefined;
  /** Resolve `.`, `..` and `//` in the canonical path. Default: true, but for the service `s3` and its kin. */
  normalizePath?: boolean | undefined;
  /** Encode the path, as it stood on the wire, once more. Default: true, but for the service `s3` and its kin. */
  doubleEncodePath?: boolean | undefined;
  /**
   * Accept `x-amz-content-sha256: UNSIGNED-PAYLOAD`, and `STREAMING-UNSIGNED-PAYLOAD-TRAILER`, whose body is still in chunks:
   * anyone may have changed the body. Default: false, but for the service `s3` and its kin.
   */
  allowUnsignedPayload?: boolean | undefined;
  /**
   * Refuse a session token that is not among what was signed. Default false, as API Gateway has it: older clients add
   * the token after signing. Nothing is lost, since the token is compared with that of the credentials anyway.
   */
  requireSignedSessionToken?: boolean | undefined;
  /**
   * `x-amz-*` headers that need not be signed, in lower case, since they are added on the way.
   * Default: `['x-amz-cf-id']`, which CloudFront adds.
   */
  unsignedHeaders?: readonly string[] | undefined;
  /**
   * SHA-256 and HMAC in place of crypto-js, such as `nodeHash`, which on a server takes a fifth of the time. Signing keys are
   * kept by engine: pass the same one each time. Default: crypto-js, and Web Crypto for bodies from 64 kB on.
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
 * The request is good. What it asks for is `method`, `host`, `path` and `query`, as they were read to be verified: a server
 * that reads the request's URL again may read another one.
 */
export interface Verified<C extends VerifyCredentials = VerifyCredentials> {
  /** Tells it from a refusal. */
  readonly ok: true;
  /** What the lookup found, without its two secrets. */
  readonly caller: Omit<C, 'secretAccessKey' | 'sessionToken'>;
  /** Whose signature it is. */
  readonly accessKeyId: string;
  /** Lower-case names of the headers that the signature covers. Trust no others. */
  readonly signedHeaders: readonly string[];
  /** When it was signed. */
  readonly date: Date;
  /** The region it was signed for. */
  readonly region: string;
  /** The service it was signed for. */
  readonly service: string;
  /** Where the signature stood: in the `Authorization` header or in the query. */
  readonly place: 'header' | 'query';
  /** The method that was signed. */
  readonly method: string;
  /** The host that was signed, with its port, as it was sent. */
  readonly host: string;
  /**
   * The path that was signed, percent-encoded as it was sent: `.`, `..` and `//` are resolved, but for the service `s3`
   * and with `normalizePath: false`. A raw `+` is a space to S3, and stands here as `%20`.
   */
  readonly path: string;
  /**
   * The decoded parameters in their order, without those of the signature (`X-Amz-Signature`, `X-Amz-Date` …). For the service
   * `s3` only the first of each name, since its signature covers no other.
   */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** `path`, and the parameters of `query` as they were sent: what to route by (in Express, `request.url = result.target`). */
  readonly target: string;
}

/** The request is refused, and why. */
export interface Refused {
  /** Tells it from a good request. */
  readonly ok: false;
  /** Why, as a literal to switch on. */
  readonly code: RefusalCode;
  /** In AWS's words. Never holds a secret, nor an `Authorization` header. */
  readonly message: string;
  /**
   * Where the signature or the payload hash differs: the canonical request that this server computed. Not enumerable,
   * since it may hold the session token that the caller sent, and logging the result should not show that.
   */
  readonly canonicalRequest?: string;
  /** Where the signature or the payload hash differs: the string to sign that this server computed. */
  readonly stringToSign?: string;
}

/** What came of a check. */
export type VerifyResult<C extends VerifyCredentials = VerifyCredentials> = Verified<C> | Refused;
