/** Sends a request: credentials, signature, fetch, and all of that again where it makes sense. */
import { RequestError, SigV4ClientError } from '../errors.js';
import type { SignedRequest } from '../sigv4/index.js';
import { explanationOf } from './explanation.js';
import type { Outcome, RetryPolicy } from './retry.js';
import { createSigning } from './signing.js';
import type { Outgoing, Signing, SigningOptions } from './signing.js';
import { sleepWithin, startDeadline } from '../util/index.js';

/** One request to be sent, and how: checked, so that nothing is asked of anyone for one that cannot be sent. */
export interface Call extends Omit<Outgoing, 'body'> {
  /** The bytes, or what reads them, once; an aborted signal cancels what has not been read. */
  readonly body: Outgoing['body'] | ((signal?: AbortSignal) => Promise<Outgoing['body']>);
  /** Everything else that fetch is to be given. */
  readonly options?: RequestInit;
  readonly signal: AbortSignal | undefined;
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

/** Signs and sends, in someone's name. */
export interface Sender extends Signing {
  /** By default the global one. */
  readonly fetch?: typeof fetch | undefined;
}

/** Gives what sends a call, which is a part of the call; once the signal is aborted, nothing is to be done for it any more. */
export type Open = (signal?: AbortSignal) => Sender | Promise<Sender>;

const NETWORK_ADVICE =
  ' Check the network and the URL; in a browser, a refusal without CORS headers looks like this as well.';

/** What a call's errors tell. Made apart from the call: a timer may hold it for long, and must not hold the body. */
function createReport({ method, url, timeout }: Call) {
  const report = {
    attempts: 0,
    /** Without details: the time is up. */
    noAnswer: (details?: object): RequestError => {
      const { attempts } = report;
      const where = details ? `from ${url.origin}` : `within ${timeout} ms`;
      const count = attempts > 1 ? ` in ${attempts} attempts` : '';
      const message = `${method} ${url.pathname}: no answer ${where}${count}.${details ? NETWORK_ADVICE : ''}`;
      const code = details ? 'NetworkError' : 'Timeout';
      return new RequestError(code, message, { method, url: url.href, attempts, ...details });
    },
  };
  return report;
}

const origins = new WeakMap<Response, ResponseOrigin>();

/**
 * How a response came about.
 * @param response What a signed fetch resolved with.
 * @returns The request as it was signed last, and the number of attempts; `undefined` for any other response.
 */
export const originOf = (response: Response): ResponseOrigin | undefined => origins.get(response);

/**
 * @param options How to sign; `fetch` sends.
 * @throws SigV4Error for credentials that are none
 */
export function createSender(options: SigningOptions & Pick<Sender, 'fetch'>): Sender {
  return { ...createSigning(options), fetch: options.fetch };
}

/**
 * Sends a call, within its time.
 * @param call What is sent.
 * @param read Makes of the response what the promise resolves with.
 * @param open Opens what sends it.
 * @throws The signal's reason, what `open` and the credentials' provider threw, RequestErrors, and what `read` threw, where
 *   that is an error of this library.
 */
export async function send<T>(call: Call, read: Read<T>, open: Open): Promise<T> {
  const { method, body: given, policy, timeout } = call;
  const report = createReport(call);
  const life = startDeadline(call.signal, timeout, report.noAnswer);
  const { signal, step } = life;
  const readBody = async () => (typeof given === 'function' ? given(signal) : given);

  /** Errors of this library, such as for a user who has logged out, end the call as they are. */
  async function attempt(sendOnce: typeof fetch, { url, headers, body }: SignedRequest): Promise<Outcome> {
    const init: RequestInit = { ...call.options, method, headers, body: body ?? null };
    // The app's own where nothing else can end the call: fetch follows it for as long as the response is there.
    const ends = timeout === undefined ? call.signal : signal;
    if (ends) init.signal = ends;
    report.attempts++;
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
      throw error instanceof SigV4ClientError ? error : report.noAnswer({ cause: error });
    }
  }

  async function perform(): Promise<T> {
    const { clock, prepare, fetch: sendOnce = globalThis.fetch } = await step(() => open(signal));
    const body = await step(readBody);
    const signing = prepare({ ...call, body }, signal);
    for (let tries = 1; ;) {
      const signed = await step(() => signing.sign());
      const outcome = await step(() => attempt(sendOnce, signed));
      const { response } = outcome;
      const origin = { attempts: report.attempts, signed };
      if (response) {
        origins.set(response, origin);
        if (await step(() => signing.putRight(response))) continue;
      }
      const delay = await step(() => policy(call, outcome, tries++, clock.now()));
      if (delay === undefined) {
        if (response) return step(() => finish(response, origin));
        const cause = outcome.failure;
        throw report.noAnswer({ cause, explanation: await step(() => explanationOf({ networkError: cause }, signed)) });
      }
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
    const isOpen = timeout !== undefined && origins.has(result as Response);
    if (isOpen) whenRead(result as Response, life.end);
    else life.end();
  }
}

const READING = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text'] as const;

/** Once the body has been read, as far as that can be known: where the app reads the stream itself, it cannot. */
function whenRead(response: Response, end: () => void): void {
  if (!response.body) {
    end();
    return;
  }
  for (const name of READING) {
    const read = Reflect.get(response, name) as (() => Promise<unknown>) | undefined; // some runtimes have only some
    if (read) Reflect.set(response, name, () => read.call(response).finally(end));
  }
}
