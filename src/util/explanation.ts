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
  | 'AuthorizationChanged' // the scope, the date or the list of signed headers differs from what was signed
  // signed with the wrong thing
  | 'WrongSecretKey'
  | 'WrongRegion'
  | 'WrongService'
  | 'WrongScope' // the date or the end of the credential scope is wrong
  | 'UnsignedPayload'
  | 'SignatureMismatch' // where it differs is not known: the answer does not say, or not all that was signed is known
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
  | 'MissingAuthentication' // the request was signed, but the gateway saw no signature, or has no such path and method
  | 'IncompleteSignature'
  | 'TwoSignatures'
  // the caller is known, but not allowed to do this
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
  /** What went wrong, in a sentence or two. */
  readonly cause: string;
  /** Where what was signed and what the gateway saw differ: a line for each place. */
  readonly difference?: string;
  /** What to change, in a sentence or two. */
  readonly advice: string;
  /** The address of the code's page. All that `explain` finds has it. */
  readonly helpUrl?: string;
}
