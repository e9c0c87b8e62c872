/** What several files of this room take and give. It needs none of them, so that their imports form no circle. */
import type { ClientConfig, HashEngine, SignedHeadersOptions, SignedRequest } from '../sigv4/index.js';
import type { CredentialProvider } from '../util/index.js';

/** A clock that learns how far the device's is off. Signed fetches and interceptors that share one learn from each other. */
export interface Clock {
  /** The time, as far as it is known, in milliseconds since 1970. */
  now(): number;
  /** Corrects the clock: `time` is what it is just now, in milliseconds since 1970. */
  correct(time: number): void;
  /** How far the device's clock is behind, in milliseconds; below 0 where it is ahead; 0 until that is learned. */
  readonly offset: number;
}

/** How requests are signed. */
export interface SigningOptions extends SignedHeadersOptions {
  /** Whose requests: credentials, or a function that gets them whenever a request is signed. */
  readonly credentials: CredentialProvider;
  /** Default: read from an AWS endpoint's host; `us-east-1` for all other hosts. */
  readonly region?: string | undefined;
  /** Signing name of the service. Default: read from an AWS endpoint's host; `execute-api` for all other hosts. */
  readonly service?: string | undefined;
  /** The device's clock. Default `Date.now`. */
  readonly now?: (() => Date | number) | undefined;
  /** In place of `now`: a clock from `createClock`, to be shared. */
  readonly clock?: Clock | undefined;
  /** Engine in place of crypto-js, and for large bodies of WebCrypto. */
  readonly hash?: HashEngine | undefined;
  /** See `newClient`. */
  readonly signSessionToken?: ClientConfig['signSessionToken'];
  /** See `newClient`. */
  readonly signBody?: ClientConfig['signBody'];
  /** See `newClient`. */
  readonly normalizePath?: ClientConfig['normalizePath'];
  /** See `newClient`. */
  readonly doubleEncodePath?: ClientConfig['doubleEncodePath'];
}

/** How a request is sent again. All optional. */
export interface RetryOptions {
  /** How often a request is sent in all. Default 4. */
  readonly attempts?: number | undefined;
  /**
   * Methods that may be sent again whatever went wrong: doing them twice does no harm. Default GET, HEAD, OPTIONS, PUT and
   * DELETE. Others are sent again only where the server surely did not act: it throttled (status 429, in API Gateway's own words or of a service of AWS's own), or
   * could not be connected to. After
   * a redirect it has acted. A `fetch` of the app's own may follow redirects by itself, after which it is another server that
   * could not be connected to: with one, that counts only where the call states `redirect: 'manual'` or `'error'`.
   */
  readonly methods?: readonly string[] | undefined;
  /** Default 429, 500, 502, 503, 504. */
  readonly statuses?: readonly number[] | undefined;
  /** The first wait is a random time up to this, in milliseconds, and each further one up to twice the last. Default 200. */
  readonly baseDelay?: number | undefined;
  /** No wait is longer, in milliseconds, not even for `Retry-After`. Default 20,000. */
  readonly maxDelay?: number | undefined;
}

/** `false`: never. A number: how many more times after the first; `2` is `{ attempts: 3 }`. */
export type Retry = false | number | RetryOptions;

/** A request whose body has been read: what is signed, and sent as signed. */
export interface HttpRequest {
  /** In upper case. */
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /**
   * `undefined` where there is none. A stream where the call itself states the payload hash, so that nothing needs to read it:
   * it can be sent once only.
   */
  readonly body: Uint8Array | ReadableStream | undefined;
}

/** A request that is ready to be signed and sent. It is checked: no one is asked for anything for one that cannot be sent. */
export interface PreparedRequest extends Omit<HttpRequest, 'body'> {
  /** The bytes, or what reads them, once; an aborted signal cancels what has not been read. */
  readonly body: HttpRequest['body'] | ((signal?: AbortSignal) => Promise<HttpRequest['body']>);
  /** Everything else that fetch is given. */
  readonly init?: RequestInit;
  /** The app's own. */
  readonly signal: AbortSignal | undefined;
  /** What the signal hangs on: in Node, a Request's is aborted only as long as the Request is there. */
  readonly signalOwner?: unknown;
  readonly retryPolicy: RetryPolicy;
  /** In milliseconds; `undefined`: for ever. */
  readonly timeout: number | undefined;
}

/** A request, as far as it matters for whether it may be sent again. */
export type RepeatableRequest = Pick<PreparedRequest, 'method' | 'url'>;

/** What came of an attempt: a response, or what fetch threw. */
export type Outcome = (
  { readonly response: Response } | { readonly response?: undefined; readonly failure: unknown }
) & {
  /**
   * Whether the server has answered with a redirect before that, so that it has acted; or may have, where a fetch that is
   * not known to leave redirects to us does not tell.
   */
  readonly mayHaveActed: boolean;
};

/**
 * Decides whether a request is sent again.
 * @param request The request.
 * @param outcome What came of the last attempt.
 * @param attempt Its number, counted from 1.
 * @param now The time, in milliseconds since 1970.
 * @returns How long to wait before the next attempt, in milliseconds; `undefined` where there is none.
 */
export type RetryPolicy = (
  request: RepeatableRequest,
  outcome: Outcome,
  attempt: number,
  now: number,
) => Promise<number | undefined>;

/** The request that a response answers. */
export interface SentRequest {
  /** How often it was sent. */
  readonly attempts: number;
  /** As it was signed and sent last. */
  readonly signed: SignedRequest;
}
