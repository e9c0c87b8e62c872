/** What `explain` takes and gives. */

/** What was found, as a literal to switch on. */
export type ExplanationCode =
  // something changed between signing and the gateway
  | 'MethodChanged'
  | 'HostChanged'
  | 'PathChanged'
  | 'QueryChanged'
  | 'BodyChanged'
  | 'HeaderChanged'
  | 'HeaderDropped'
  | 'HeaderAdded'
  | 'AuthorizationChanged' // another scope, date or list of signed headers than was signed
  // signed with the wrong thing
  | 'WrongSecretKey'
  | 'WrongRegion'
  | 'WrongService'
  | 'WrongScope' // its date or its end
  | 'UnsignedPayload'
  | 'SignatureMismatch' // the gateway's answer does not say where, or what was signed is not known whole
  // time
  | 'ClockBehind'
  | 'ClockAhead'
  | 'SignatureTooOld' // the clock is right, but the request was signed long before it arrived
  | 'PresignedUrlExpired'
  // credentials
  | 'TokenMissing'
  | 'TokenExpired'
  | 'TokenInvalid'
  | 'UnknownAccessKey'
  // no signature, or none that can be read
  | 'NotSigned'
  | 'MissingAuthentication' // signed, but the gateway saw no signature, or knows no such path and method
  | 'IncompleteSignature'
  | 'TwoSignatures'
  // the caller is known, but may not
  | 'NotAuthorized'
  | 'ExplicitDeny'
  | 'AuthorizerRefused'
  | 'WrongAuthorizer'
  | 'Forbidden'
  | 'BlockedByCloudFront'
  // a browser hides the answer
  | 'CorsHidden';

/** Why a gateway refused a request, in plain words for a developer. Holds no secret, no token and no body. */
export interface Explanation {
  /** What was found, as a literal to switch on. */
  readonly code: ExplanationCode;
  /** What went wrong. */
  readonly cause: string;
  /** Where what was signed and what the gateway saw differ: a line for each place. */
  readonly difference?: string;
  /** What to do. */
  readonly advice: string;
}

/** Headers in any of the shapes that clients give them in; names in any case. */
export type HeaderSource =
  | Iterable<readonly [string, string]>
  | Readonly<Record<string, string | readonly string[] | number | boolean | null | undefined>>;

/** The answer that refused: a response with its body read, or what `fetch` threw where a browser showed none. */
export type Refusal =
  | {
      /** The HTTP status. */
      readonly status: number;
      /** As the response has them: AWS names its error in one. */
      readonly headers?: HeaderSource | undefined;
      /** The body's text. */
      readonly body?: string | undefined;
    }
  | {
      /** What `fetch` threw. */
      readonly networkError: unknown;
    };

/** What was signed: what `signRequest` returns, or `{ method, url }` of a presigned URL. */
export interface SignedParts {
  /** Absolute, with its query. */
  readonly url: string;
  /** Default `GET`. */
  readonly method?: string | undefined;
  /** Those that were sent, `Authorization` among them. */
  readonly headers?: HeaderSource | undefined;
  /** As it was signed. Text and bytes are compared; of anything else only `payloadHash`. */
  readonly body?: unknown;
  /** Hex SHA-256 of the body that was signed, or `UNSIGNED-PAYLOAD`. Default: computed from the body. */
  readonly payloadHash?: string | undefined;
}

/** Options of `explain`. */
export interface ExplainOptions {
  /**
   * The device's clock: tells a clock that is off from a request that was signed long before it was sent.
   * Default `Date.now`.
   */
  readonly now?: (() => Date | number) | undefined;
}
