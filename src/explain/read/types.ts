/** What is read of an answer and of a signed request. */
import type { Pair } from '../../sigv4/index.js';

/** The parts of a canonical request, each as it stands there. */
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
  /** What it says, out of its JSON or HTML. */
  message: string;
  /** AWS's name of the error, such as `InvalidSignatureException`; empty where it gives none. */
  type: string;
  /** The message is all that the body holds, as in the gateway's own answers. */
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
  /** As it was given: a URL has resolved `.` and `..`. */
  path: string;
  /** Decoded, in the order of the URL. */
  query: readonly Pair[];
  method: string;
  /** Values by lower-case name. */
  headers: Map<string, string>;
  body: unknown;
  payloadHash: string | undefined;
  /** Where the signature stands. */
  place: 'header' | 'query' | 'none';
  accessKeyId: string;
  /** `date/region/service/aws4_request`. */
  scope: string;
  region: string;
  service: string;
  amzDate: string;
  /** Seconds, of presigned URLs; `undefined` where AWS would not take the number. */
  expiresIn: number | undefined;
  hasToken: boolean;
  /** The option that names the service where it was signed. Default `serviceName`, that of `newClient`. */
  serviceOption?: string | undefined;
  /** In lower case. */
  signedHeaders: string[];
}

/** The signer's side of the comparison, computed again. */
export interface Recomputed {
  canonical: CanonicalRequest;
  stringToSign: StringToSign;
  /** Names of signed headers whose values are not known: a client adds them after signing. */
  unknownHeaders: Set<string>;
  isBodyKnown: boolean;
}
