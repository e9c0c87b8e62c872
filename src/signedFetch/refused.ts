/** What is done about failures and answers that AWS itself may have given: loaded with the first, since most apps get none. */
import { headerOf, peek } from './answer.js';
import { errorName, readAwsError } from '../util/index.js';
import type { Clock } from './clock.js';
import type { AwsCredentials, CredentialSource } from './credentials.js';
import { isDateRefused, isFar, isTokenRefused, serverTimeOf, TYPE_HEADER } from './refusal.js';
import type { Refusal } from './refusal.js';
import type { Sent } from './retry.js';

const THROTTLED =
  /^(BandwidthLimitExceeded|EC2ThrottledException|LimitExceededException|PriorRequestNotComplete|ProvisionedThroughputExceededException|RequestLimitExceeded|RequestThrottled(Exception)?|SlowDown|Throttled(Exception)?|Throttling(Exception)?|TooManyRequestsException)$/;

/** AWS's own services, behind which there is no API that could pass on anything. */
const OWN_SERVICES = /^(?!.*\.(execute-api|lambda-url|appsync-api)\.).*\.(amazonaws\.com(\.cn)?|api\.aws)$/;

/**
 * Whether the server surely did not act since it, or AWS, throttled: by its status, by AWS's name of the error in a header,
 * which pages often cannot see, or in the body.
 * @param response The response.
 * @param sent The request.
 * @param isHarmless Whether doing it twice does no harm. Otherwise a redirect shows that the server acted, and a body counts
 *   only where it is the service's own for sure: an API may pass on what a call of its own got, after it has acted.
 * @param isListed Whether the status is one of those after which a request is sent again.
 */
export async function isThrottled(
  response: Response,
  { url }: Sent,
  isHarmless: boolean,
  isListed: boolean,
): Promise<boolean> {
  const { status, redirected } = response;
  if (redirected && !isHarmless) return false;
  if (status === 429 && isListed) return true;
  const header = errorName(headerOf(response, TYPE_HEADER));
  if (header !== '') return THROTTLED.test(header);
  const { code, type } = readAwsError(await peek(response));
  if (isHarmless || OWN_SERVICES.test(url.hostname)) return THROTTLED.test(code);
  return (status < 500 || status === 503) && THROTTLED.test(type);
}

/** Node's codes for connections that never came to be. Browsers do not tell. */
const NOT_CONNECTED = /^(EAI_AGAIN|ECONNREFUSED|ENOTFOUND)$/;
/** These can end a connection as well, after the request was sent. */
const UNREACHABLE = /^(EHOSTUNREACH|ENETUNREACH)$/;

/** Node's errors of connections, and what they hang on. */
type ConnectError = Readonly<
  Record<'code' | 'syscall' | 'hostname' | 'address' | 'port' | 'cause' | 'errors', unknown>
>;

/** Whether what fetch threw says that no connection came to be, so that no one can have acted on the request. */
export function isNotConnected(failure: unknown, sent: Sent, depth = 0): boolean {
  if (depth > 4) return false;
  const error = Object(failure) as ConnectError;
  const { code, syscall, cause, errors } = error;
  // A host with several addresses: an error for each.
  if (Array.isArray(errors) && errors.length > 0) return errors.every((each) => isNotConnected(each, sent, depth + 1));
  const isUnreachable = syscall === 'connect' && UNREACHABLE.test(String(code));
  const isNamed = (NOT_CONNECTED.test(String(code)) || isUnreachable) && isOwnAddress(error, sent);
  return isNamed || isNotConnected(cause, sent, depth + 1);
}

/**
 * Whether the error is about the request's own address. About another it comes after a redirect: then someone has acted.
 * Which addresses a name has is not known, so with redirects only errors of its lookup are surely its own.
 */
function isOwnAddress({ hostname, address, port }: ConnectError, { url, options }: Sent): boolean {
  if ((options?.redirect ?? 'follow') !== 'follow') return true;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (hostname !== undefined) return hostname === host;
  const isHost = address === host || (host === 'localhost' && /^(127\.0\.0\.1|::1)$/.test(String(address)));
  return isHost && Number(port) === (Number(url.port) || (url.protocol === 'https:' ? 443 : 80));
}

/** Leaves a response behind that is followed by another attempt; gives what {@link retryAfter} gives. */
export function leave(response: Response, now: number): number | undefined {
  discard(response);
  return retryAfter(response, now);
}

/**
 * How long the server asks to wait, in milliseconds; `undefined` where it does not.
 * RFC 9110, section 10.2.3: seconds, or a date, which is measured by the server's own clock where it shows that.
 */
function retryAfter(response: Response, now: number): number | undefined {
  const value = headerOf(response, 'retry-after').trim();
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const wait = Date.parse(value) - (Date.parse(headerOf(response, 'date')) || now);
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}

/** Frees the connection of a response that no one reads. Some fetches have streams of Node's. */
function discard(response: Response): void {
  const body = response.body as Partial<ReadableStream & { destroy(): void }> | null;
  if (body?.cancel) body.cancel().catch(() => undefined);
  else body?.destroy?.();
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
  /** The time that it was signed with last, in milliseconds. */
  date: number;
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
  const isRight = await isPutRight(call, response);
  if (isRight) discard(response);
  return isRight;
}

async function isPutRight(call: CallState, response: Response): Promise<boolean> {
  const { url, isIdempotent } = call;
  if (response.redirected && !isIdempotent) return false; // by now the server has acted
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
  const serverTime = serverTimeOf(refusal, call.date);
  if (serverTime === undefined) return false;
  // Calls at the same time learn it together: what the first one has put right is right for all.
  const isRight = isFar(serverTime, call.date) && !isFar(serverTime, clock.now());
  if (!isRight) clock.correct(serverTime);
  call.correction = { before, after: clock.offset };
  return true;
}
