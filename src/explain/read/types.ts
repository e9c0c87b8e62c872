/** The types of an answer and of a signed request, as they were read. */
import type { Pair } from '../../sigv4/index.js';
import type { SignerWords } from '../signers.js';

/** The parts of a canonical request, unchanged. */
export interface CanonicalRequest {
  method: string;
  path: string;
  query: string;
  /** Values by lower-case name. */
  headers: Map<string, string>;
  signedHeaders: string;
  payloadHash: string;
}

/** The lines of a string to sign that can differ: all but the first, the algorithm. */
export interface StringToSign {
  amzDate: string;
  scope: string;
  /** Hex SHA-256 of the canonical request. */
  hash: string;
}

/** The answer that refused a request. */
export interface Answer {
  status: number;
  /** Values by lower-case name. */
  headers: Map<string, string>;
  /** The text of the answer, taken from its JSON or HTML. */
  message: string;
  /** AWS's name of the error without `Exception` at its end, such as `InvalidSignature`; empty where it gives none. */
  type: string;
  /** Whether the body holds nothing but the message, as the gateway's own answers do. */
  isBare: boolean;
  isHtml: boolean;
  /** The canonical request that the gateway computed. */
  canonical?: CanonicalRequest;
  /** The string to sign that the gateway computed. */
  stringToSign?: StringToSign;
  /** The gateway's clock, in milliseconds. */
  date?: number;
}

/** A signed request. */
export interface Signed {
  url: URL | undefined;
  /** The host that was signed where it is not the URL's. */
  signedHost: string | undefined;
  /** The path as it was given. (`URL` would resolve `.` and `..`.) */
  path: string;
  /** The decoded parameters, in the order of the URL. */
  query: readonly Pair[];
  method: string;
  /** Values by lower-case name. */
  headers: Map<string, string>;
  body: unknown;
  payloadHash: string | undefined;
  /** Where the signature is. */
  place: 'header' | 'query' | 'none';
  accessKeyId: string;
  /** The credential scope, `date/region/service/aws4_request`. */
  scope: string;
  region: string;
  service: string;
  amzDate: string;
  /** How long a presigned URL is valid, in seconds; `undefined` where AWS would refuse the number. */
  expiresIn: number | undefined;
  hasToken: boolean;
  /** The words of advice for the function that signed the request. */
  words: SignerWords;
  /** The names of the signed headers, in lower case. */
  signedHeaders: string[];
}

/** The signer's side of the comparison, computed again. */
export interface Recomputed {
  canonical: CanonicalRequest;
  /** The canonical request as text. */
  text: string;
  stringToSign: StringToSign;
  /** The names of signed headers whose values are not known, since an HTTP client adds them after signing. */
  unknownHeaders: Set<string>;
  isBodyKnown: boolean;
}
