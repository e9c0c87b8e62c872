/** Sends a request: signs and sends it, recovers from a refusal, waits, and sends it again where that makes sense. */
import { SigV4ClientError } from '../errors.js';
import { sleepWithin, startDeadline } from '../util/index.js';
import { isStream } from './body.js';
import { makeAttempt } from './exchange.js';
import type { Exchange } from './exchange.js';
import { explainRefusal } from './explainRefusal.js';
import { createReport } from './report.js';
import type { Report } from './report.js';
import { discardBody, onceRead } from './response.js';
import type { AttemptSigner, RequestSigner } from './signer.js';
import type { PreparedRequest, SentRequest } from './types.js';

/** Signs and sends for one identity. */
export interface Sender {
  readonly signer: RequestSigner;
  /** Sends the requests. Default: the global `fetch` at the time of the call. */
  readonly fetch?: typeof fetch | undefined;
  /** Whether `fetch` is the app's own, which may follow redirects though it is asked not to. Default: whether `fetch` is given. */
  readonly isCustomFetch?: boolean | undefined;
}

/** Turns the response into the caller's result. */
export type ReadResponse<T> = (response: Response, sent: SentRequest) => T | Promise<T>;

/** Gets the sender, which may take a login. This is part of the call: once the signal is aborted, it should stop. */
export type OpenSender = (signal?: AbortSignal) => Sender | Promise<Sender>;

const requestsByResponse = new WeakMap<object, SentRequest>();

/**
 * The request that a response answers, such as for `explain`.
 * @param response The response of a signed fetch, itself and not a clone; of axios, what a signed instance gave, also as `error.response`.
 * @returns The request as it was signed last, and the number of attempts; `undefined` for any other response.
 * @throws Nothing, whatever it is given.
 * @example
 * const response = await signedFetch(url);
 * console.log(sentRequest(response)?.attempts); // 1
 */
export const sentRequest = (response: object): SentRequest | undefined => requestsByResponse.get(response);

/** Takes note of the request that a response answers, where something else has sent it. */
export function rememberSent(response: object, sent: SentRequest): void {
  requestsByResponse.set(response, sent);
}

/**
 * Sends a request, within its timeout.
 * @param request The request.
 * @param read Turns the last response into the result.
 * @param open Gets the sender.
 * @returns The result of `read`.
 * @throws RequestError where no usable answer came; the signal's reason; what `open` and the credentials' provider threw; errors of
 *   this library that `read` threw
 */
export async function sendRequest<T>(request: PreparedRequest, read: ReadResponse<T>, open: OpenSender): Promise<T> {
  const { body: source, retryPolicy, timeout } = request;
  const report = createReport(request);
  const deadline = startDeadline(request.signal, timeout, report.late);
  const { signal, step } = deadline;
  const readBody = async () => (typeof source === 'function' ? source(signal) : source);

  async function perform(): Promise<T> {
    const { signer, fetch: given, isCustomFetch = given !== undefined } = await step(() => open(signal));
    const whole = { ...request, body: await step(readBody) };
    const attempts = signer.forRequest(whole, signal);
    // Without a timeout, fetch gets the app's own signal, so that it also ends the reading of the response later.
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
        requestsByResponse.set(response, { attempts: report.attempts, signed });
        if (isSigned && !isStream(whole.body) && (await step(() => attempts.recover(response, mayHaveActed)))) {
          discardBody(response);
          continue;
        }
      }
      failures++;
      const delay = isStream(whole.body)
        ? undefined // a stream that has been read cannot be sent again
        : await step(() => retryPolicy(request, exchange, failures, signer.clock.now()));
      if (delay === undefined) return step(() => finish(exchange, attempts, report, read));
      if (response) discardBody(response);
      await sleepWithin(delay, step);
    }
  }

  let result: T | undefined;
  try {
    result = await perform();
    return result;
  } catch (error) {
    // As with fetch, ending the call cancels a stream that is its body.
    if (signal?.aborted) (isStream(source) ? source.cancel() : readBody()).catch(() => undefined);
    throw error;
  } finally {
    const isOpen = timeout !== undefined && requestsByResponse.has(result as Response);
    if (isOpen) onceRead(result as Response, deadline.end);
    else deadline.end();
  }
}

/** Gives the caller's result for the last outcome, or throws the error for it. */
async function finish<T>(
  { sent: signed, ...outcome }: Exchange,
  attempts: AttemptSigner,
  report: Report,
  read: ReadResponse<T>,
): Promise<T> {
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
