/** Sends a request: sign, send, recover from a refusal, wait, and all of that again where it makes sense. */
import { SigV4ClientError } from '../errors.js';
import { sleepWithin, startDeadline } from '../util/index.js';
import { isStream } from './body.js';
import { makeAttempt } from './exchange.js';
import type { Exchange } from './exchange.js';
import { explainRefusal } from './explainRefusal.js';
import { createReport } from './report.js';
import { discardBody, onceRead } from './response.js';
import type { AttemptSigner, RequestSigner } from './signer.js';
import type { PreparedRequest, SentRequest } from './types.js';

/** Signs and sends, in someone's name. */
export interface Sender {
  readonly signer: RequestSigner;
  /** What sends. Default: the global `fetch`, as it is when it is needed. */
  readonly fetch?: typeof fetch | undefined;
  /** Whether the app gave it: a fetch of which no one knows whether it leaves redirects to us. Default: whether there is one. */
  readonly isCustomFetch?: boolean | undefined;
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
  const { body: source, retryPolicy, timeout } = request;
  const report = createReport(request);
  const deadline = startDeadline(request.signal, timeout, report.late);
  const { signal, step } = deadline;
  const readBody = async () => (typeof source === 'function' ? source(signal) : source);

  /** What the caller gets for the last outcome. */
  async function finish({ sent: signed, ...outcome }: Exchange, attempts: AttemptSigner): Promise<T> {
    if (!outcome.response) {
      const networkError = outcome.failure;
      const explanation = await explainRefusal({ networkError }, signed);
      throw report.noAnswer(networkError, { secrets: attempts.secrets(), explanation });
    }
    try {
      return await read(outcome.response, { attempts: report.attempts, signed });
    } catch (error) {
      throw error instanceof SigV4ClientError ? error : report.noAnswer(error, { secrets: attempts.secrets() });
    }
  }

  async function perform(): Promise<T> {
    const { signer, fetch: given, isCustomFetch = given !== undefined } = await step(() => open(signal));
    const whole = { ...request, body: await step(readBody) };
    const attempts = signer.forRequest(whole, signal);
    // The app's own where nothing else can end the call: fetch follows it for as long as the response is there.
    const ends = timeout === undefined ? request.signal : signal;
    const transport = {
      fetch: given ?? globalThis.fetch,
      isCustomFetch,
      init: { ...request.init, ...(ends && { signal: ends }) },
      step,
      onSend: () => report.attempts++,
      refuse: report.refuseRedirect,
    };
    for (let failures = 0; ;) {
      const exchange = await makeAttempt(whole, attempts, transport);
      const { response, sent: signed, isSigned, mayHaveActed } = exchange;
      if (response) {
        sentRequests.set(response, { attempts: report.attempts, signed });
        if (isSigned && !isStream(whole.body) && (await step(() => attempts.recover(response, mayHaveActed)))) {
          discardBody(response);
          continue;
        }
      }
      failures++;
      const delay = isStream(whole.body)
        ? undefined // it has been read
        : await step(() => retryPolicy(request, exchange, failures, signer.clock.now()));
      if (delay === undefined) return step(() => finish(exchange, attempts));
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
    if (signal?.aborted) (isStream(source) ? source.cancel() : readBody()).catch(() => undefined);
    throw error;
  } finally {
    const isOpen = timeout !== undefined && sentRequests.has(result as Response);
    if (isOpen) onceRead(result as Response, deadline.end);
    else deadline.end();
  }
}
