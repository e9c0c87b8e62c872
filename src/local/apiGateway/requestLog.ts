/** The latest requests, for tests and logs. */
import type { RefusalCode } from '../../verify/index.js';

/** A request that was answered. */
export interface LoggedRequest {
  /** The HTTP method, as it came. */
  readonly method: string;
  /** The path with its stage, without the query, which may hold a signature. */
  readonly path: string;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** Why the signature was refused, where it was. */
  readonly refusal?: RefusalCode;
  /** The identity id of the caller, where the signature was good. */
  readonly identityId?: string;
  /** The access key id of a good signature. */
  readonly accessKeyId?: string;
  /** The caller's name at the user pool, where there is one. */
  readonly username?: string;
  /** Whether a Deny statement of the policy refused the call, or the lack of an Allow; missing where it was allowed. */
  readonly denied?: 'explicit-deny' | 'implicit-deny';
  /** What else the gateway refused it for, in the API's place: a path that is in no stage, a body that is too large, a GET with a body. */
  readonly unusable?: 'NoSuchStage' | 'BodyTooLarge' | 'BodyOnGet';
}

const LIMIT = 1000;

/** Adds a request to the log, and removes the oldest of more than a thousand. */
export function logRequest(log: LoggedRequest[], request: LoggedRequest): void {
  log.push(request);
  if (log.length > LIMIT) log.shift();
}
