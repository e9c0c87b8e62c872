/** The latest requests, for tests and logs. */
import type { RefusalCode } from '../../verify/index.js';

/** A request that was answered. */
export interface LoggedRequest {
  /** The HTTP method, as it came. */
  readonly method: string;
  /** With the stage, without the query, which may hold a signature. */
  readonly path: string;
  /** The HTTP status that it was answered with. */
  readonly status: number;
  /** Why the signature was refused. */
  readonly refusal?: RefusalCode;
  /** Whose signature was found to be good. */
  readonly identityId?: string;
  /** The key of that signature. */
  readonly accessKeyId?: string;
  /** The name of that user at the user pool, where there is one. */
  readonly username?: string;
  /** How the policy refused the call, where it did. */
  readonly denied?: 'explicit-deny' | 'implicit-deny';
}

const LIMIT = 1000;

/** Adds a request; of more than a thousand the oldest goes. */
export function logRequest(log: LoggedRequest[], request: LoggedRequest): void {
  log.push(request);
  if (log.length > LIMIT) log.shift();
}
