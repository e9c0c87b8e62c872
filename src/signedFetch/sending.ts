/** Sends a request: credentials, signature, fetch, and all of that again where it makes sense. */
import { RequestError, SigV4ClientError } from '../errors.js';
import type { RequestErrorCode } from '../errors.js';
import type { SignedRequest } from '../sigV4Client.js';
import { explanationOf } from './explanation.js';
import type { Outcome, RetryPolicy } from './retry.js';
import { createSigning } from './signing.js';
import type { Outgoing, SigningOptions } from './signing.js';
import { abortable, sleep, startDeadline } from './waiting.js';

/** One request to be sent, and how: checked, so that nothing is asked of anyone for one that cannot be sent. */
export interface Call extends Omit<Outgoing, 'body'> {
  /** The bytes, or what reads them, once. */
  readonly body: Outgoing['body'] | (() => Promise<Outgoing['body']>);
  /** Everything else that fetch is to be given. */
  readonly options?: RequestInit;
  readonly signal: AbortSignal | null | undefined;
  /** What the signal hangs on: in Node, a Request's is aborted only as long as the Request is there. */
  readonly source?: unknown;
  readonly policy: RetryPolicy;
  /** In milliseconds. */
  readonly timeout: number | undefined;
}

/** How a response came about. */
export interface ResponseOrigin {
  /** How often the request was sent. */
  readonly attempts: number;
  /** The request as it was signed and sent last. */
  readonly signed: SignedRequest;
}

/** Makes of a response what the caller gets. */
export type Read<T> = (response: Response, origin: ResponseOrigin) => T | Promise<T>;

/** Resolves with what `read` makes of the response, within the call's time. */
export type Send = <T>(call: Call, read: Read<T>) => Promise<T>;

const NETWORK_ADVICE =
  ' Check the network and the URL; in a browser, a refusal without CORS headers looks like this as well.';

const origins = new WeakMap<Response, ResponseOrigin>();

/**
 * How a response came about.
 * @param response What a signed fetch resolved with.
 * @returns The request as it was signed last, and the number of attempts; `undefined` for any other response.
 */
export const originOf = (response: Response): ResponseOrigin | undefined => origins.get(response);

/**
 * @param options How to sign; `fetch` sends, by default the global one.
 * @returns A function that rejects with the signal's reason, with what the credentials' provider threw, with RequestErrors,
 *   and with what `read` threw, where that is an error of this library.
 */
export function createSending(options: SigningOptions & { readonly fetch?: typeof fetch | undefined }): Send {
  const { clock, prepare } = createSigning(options);

  return async function send<T>(call: Call, read: Read<T>): Promise<T> {
    const { method, url, policy, timeout } = call;
    let attempts = 0;
    const noAnswer = (code: RequestErrorCode, where: string, advice: string, details?: object): RequestError => {
      const count = attempts > 1 ? ` in ${attempts} attempts` : '';
      const message = `${method} ${url.pathname}: no answer ${where}${count}.${advice}`;
      return new RequestError(code, message, { method, url: url.href, attempts, ...details });
    };
    const failed = (details: object): RequestError =>
      noAnswer('NetworkError', `from ${url.origin}`, NETWORK_ADVICE, details);
    const deadline = startDeadline(call.signal, timeout, () => noAnswer('Timeout', `within ${timeout ?? 0} ms`, ''));
    const { signal } = deadline;
    const sendOnce = options.fetch ?? globalThis.fetch;

    /** Errors of this library, such as for a user who has logged out, end the call as they are. */
    async function attempt({ url, headers, body }: SignedRequest): Promise<Outcome> {
      const init: RequestInit = { ...call.options, method, headers, body: body ?? null };
      if (signal) init.signal = signal;
      try {
        return { response: await sendOnce(url, init) };
      } catch (failure) {
        if (failure instanceof SigV4ClientError) throw failure;
        return { failure };
      }
    }

    async function finish(response: Response, origin: ResponseOrigin): Promise<T> {
      try {
        return await read(response, origin);
      } catch (error) {
        throw error instanceof SigV4ClientError ? error : failed({ cause: error });
      }
    }

    async function perform(): Promise<T> {
      const body = typeof call.body === 'function' ? await call.body() : call.body;
      const signing = prepare({ ...call, body });
      for (let tries = 1; ;) {
        const signed = await signing.sign();
        signal?.throwIfAborted(); // the call has ended: nothing is sent any more
        attempts++;
        const outcome = await attempt(signed);
        const { response } = outcome;
        if (response) {
          origins.set(response, { attempts, signed });
          if (await signing.putRight(response)) {
            discard(response);
            continue;
          }
        }
        const delay = await policy(method, outcome, tries++, clock.now());
        if (delay === undefined) {
          if (response) return finish(response, { attempts, signed });
          const cause = outcome.failure;
          throw failed({ cause, explanation: await explanationOf({ networkError: cause }, signed) });
        }
        if (response) discard(response);
        await sleep(delay, signal);
      }
    }

    let result: T | undefined;
    try {
      signal?.throwIfAborted();
      result = await abortable(perform(), signal);
      return result;
    } finally {
      if (!origins.has(result as Response)) deadline.end(); // otherwise its body is still to be read
    }
  };
}

/** Frees the connection. */
function discard({ body }: Response): void {
  body?.cancel().catch(() => undefined);
}
