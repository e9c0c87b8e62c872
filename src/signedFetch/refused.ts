/** What is done about failures and answers that AWS itself may have given: loaded with the first, since most apps get none. */
import { errorType, headerOf, peek, readError } from './answer.js';
import type { Clock } from './clock.js';
import type { AwsCredentials, CredentialSource } from './credentials.js';
import { isDateRefused, isTokenRefused, serverTimeOf, TYPE_HEADER } from './refusal.js';
import type { Refusal } from './refusal.js';

const THROTTLED =
  /^(BandwidthLimitExceeded|EC2ThrottledException|LimitExceededException|PriorRequestNotComplete|ProvisionedThroughputExceededException|RequestLimitExceeded|RequestThrottled(Exception)?|SlowDown|Throttled(Exception)?|Throttling(Exception)?|TooManyRequestsException)$/;

/** Whether AWS throttled, by its name of the error: in a header, which pages often cannot see, or in the body. */
export async function isThrottled(response: Response): Promise<boolean> {
  return THROTTLED.test(errorType(headerOf(response, TYPE_HEADER)) || readError(await peek(response)).code);
}

/** Node's codes for connections that never came to be. Browsers do not tell. */
const NOT_CONNECTED = /^(EAI_AGAIN|ECONNREFUSED|ENOTFOUND)$/;
/** These can end a connection as well, after the request was sent. */
const UNREACHABLE = /^(EHOSTUNREACH|ENETUNREACH)$/;

/** Whether what fetch threw says that no connection came to be, so that no one can have acted on the request. */
export function isNotConnected(error: unknown, depth = 0): boolean {
  if (depth > 4) return false;
  const { code, syscall, cause, errors } = Object(error) as Record<'code' | 'syscall' | 'cause' | 'errors', unknown>;
  // A host with several addresses: an error for each.
  if (Array.isArray(errors) && errors.length > 0) return errors.every((each) => isNotConnected(each, depth + 1));
  const isUnreachable = syscall === 'connect' && UNREACHABLE.test(String(code));
  return NOT_CONNECTED.test(String(code)) || isUnreachable || isNotConnected(cause, depth + 1);
}

/**
 * How long the server asks to wait, in milliseconds; `undefined` where it does not.
 * RFC 9110, section 10.2.3: seconds, or a date, which is measured by the server's own clock where it shows that.
 */
export function retryAfter(response: Response, now: number): number | undefined {
  const value = headerOf(response, 'retry-after').trim();
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const wait = Date.parse(value) - (Date.parse(headerOf(response, 'date')) || now);
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}

/** A call that is under way, and what has been put right for it: each once. */
export interface CallState {
  readonly url: URL;
  readonly isIdempotent: boolean;
  readonly clock: Clock;
  readonly source: CredentialSource;
  /** Aborted where the call has ended. */
  readonly signal: AbortSignal | undefined;
  /** What it was signed with last. */
  used?: AwsCredentials | undefined;
  /** What is to sign it next, in place of what the source gives. */
  renewed?: AwsCredentials | undefined;
  /** The clock's offset, where the call has set it. */
  correction?: { readonly before: number; readonly after: number };
  /** Whether other credentials were asked for. */
  isRenewed?: boolean;
}

/**
 * Puts right what a refusal shows to be wrong: the clock, and credentials that are expired or unknown. A clock that was put
 * right, and is refused all the same, is put back.
 * @returns Whether signing and sending the request again makes sense, and does no harm.
 */
export async function putRight(call: CallState, response: Response): Promise<boolean> {
  const { url, isIdempotent } = call;
  const refusal: Refusal = { url, isIdempotent, response, text: await peek(response) };
  if (isClockPutRight(call, refusal)) return true;
  if (call.isRenewed || call.used === undefined || !isTokenRefused(refusal)) return false;
  call.isRenewed = true;
  call.renewed = await othersThan(call.used, call);
  return call.renewed !== undefined;
}

/** Credentials in place of those that were refused; `undefined` where there are none. */
async function othersThan(refused: AwsCredentials, { source, signal }: CallState): Promise<AwsCredentials | undefined> {
  signal?.throwIfAborted();
  const current = await source.get(signal); // another call may have renewed them in the meantime
  if (!areSame(current, refused)) return current;
  const renewed = await source.refresh();
  return areSame(renewed, refused) ? undefined : renewed;
}

function areSame(a: AwsCredentials, b: AwsCredentials): boolean {
  return a.accessKeyId === b.accessKeyId && a.sessionToken === b.sessionToken;
}

function isClockPutRight(call: CallState, refusal: Refusal): boolean {
  const { clock, correction } = call;
  const before = clock.offset;
  if (correction !== undefined) {
    // Unless another call has learned better in the meantime.
    if (isDateRefused(refusal) && before === correction.after) clock.correct(clock.now() - before + correction.before);
    return false;
  }
  const serverTime = serverTimeOf(refusal, clock.now());
  if (serverTime === undefined) return false;
  clock.correct(serverTime);
  call.correction = { before, after: clock.offset };
  return true;
}
