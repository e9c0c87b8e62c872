/** Sends a request: sign, send, recover from a refusal, wait, and all of that again where it makes sense. */
import { SigV4ClientError } from '../errors.js';
import type { SignedRequest } from '../sigv4/index.js';
import { sleepWithin, startDeadline } from '../util/index.js';
import { explainRefusal } from './explainRefusal.js';
import { createReport } from './report.js';
import { discardBody, onceRead } from './response.js';
import type { RequestSigner } from './signer.js';
import type { Outcome, PreparedRequest, SentRequest } from './types.js';

/** Signs and sends, in someone's name. */
export interface Sender {
  readonly signer: RequestSigner;
  /** What sends. Default: the global `fetch`, as it is when it is needed. */
  readonly fetch?: typeof fetch | undefined;
}

/** Makes of a response what the caller gets. */
export type ReadResponse<T> = (response: Response, sent: SentRequest) => T | Promise<T>;

/** Gets what sends a request, which is a part of the call; once the signal is aborted, nothing is to be done for it any more. */
export type OpenSender = (signal?: AbortSignal) => Sender | Promise<Sender>;

const sentRequests = new WeakMap<Response, SentRequest>();

/**
 * The request that a response answers, such as for `explain`.
 * @param response What a signed fetch resolved with.
 * @returns The request as it was signed last, and the number of attempts; `undefined` for any other response.
 * @example
 * const response = await signedFetch(url);
 * console.log(sentRequest(response)?.attempts); // 1
 */
export const sentRequest = (response: Response): SentRequest | undefined => sentRequests.get(response);

/**
 * Sends a request, within its time.
 * @param request What is sent.
 * @param read Makes of the response what the promise resolves with.
 * @param open Gets what sends it.
 * @returns What `read` makes of the last response.
 * @throws The signal's reason, what `open` and the credentials' provider threw, RequestErrors, and what `read` threw, where
 *   that is an error of this library.
 */
export async function sendRequest<T>(request: PreparedRequest, read: ReadResponse<T>, open: OpenSender): Promise<T> {
  const { method, body: given, retryPolicy, timeout } = request;
  const report = createReport(request);
  const deadline = startDeadline(request.signal, timeout, report.late);
  const { signal, step } = deadline;
  const readBody = async () => (typeof given === 'function' ? given(signal) : given);

  /** Errors of this library, such as for a user who has logged out, end the call as they are. */
  async function attempt(sendOnce: typeof fetch, { url, headers, body }: SignedRequest): Promise<Outcome> {
    const init: RequestInit = { ...request.init, method, headers, body: body ?? null };
    // The app's own where nothing else can end the call: fetch follows it for as long as the response is there.
    const ends = timeout === undefined ? request.signal : signal;
    if (ends) init.signal = ends;
    report.attempts++;
    try {
      return { response: await sendOnce(url, init) };
    } catch (failure) {
      if (failure instanceof SigV4ClientError) throw failure;
      return { failure };
    }
  }

  /** What the caller gets for the last outcome. */
  async function finish(outcome: Outcome, sent: SentRequest): Promise<T> {
    if (!outcome.response) {
      const networkError = outcome.failure;
      throw report.noAnswer(networkError, await explainRefusal({ networkError }, sent.signed));
    }
    try {
      return await read(outcome.response, sent);
    } catch (error) {
      throw error instanceof SigV4ClientError ? error : report.noAnswer(error);
    }
  }

  async function perform(): Promise<T> {
    const { signer, fetch: sendOnce = globalThis.fetch } = await step(() => open(signal));
    const body = await step(readBody);
    const attempts = signer.forRequest({ ...request, body }, signal);
    for (let failures = 0; ;) {
      const signed = await step(() => attempts.sign());
      const outcome = await step(() => attempt(sendOnce, signed));
      const sent = { attempts: report.attempts, signed };
      const { response } = outcome;
      if (response) {
        sentRequests.set(response, sent);
        if (await step(() => attempts.recover(response))) {
          discardBody(response);
          continue;
        }
      }
      failures++;
      const delay = await step(() => retryPolicy(request, outcome, failures, signer.clock.now()));
      if (delay === undefined) return step(() => finish(outcome, sent));
      if (response) discardBody(response);
      await sleepWithin(delay, step);
    }
  }

  let result: T | undefined;
  try {
    result = await perform();
    return result;
  } catch (error) {
    // As fetch does it, whenever the call is ended: a stream that no one reads any more is cancelled.
    if (signal?.aborted) readBody().catch(() => undefined);
    throw error;
  } finally {
    const isOpen = timeout !== undefined && sentRequests.has(result as Response);
    if (isOpen) onceRead(result as Response, deadline.end);
    else deadline.end();
  }
}
