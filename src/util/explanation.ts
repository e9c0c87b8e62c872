/** Why a gateway refused a request: what `explain` gives, and errors carry. */

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
