/** Types that several files of this room share. This file imports none of them, so that their imports form no circle. */
import type { ClientConfig, HashEngine, SignedHeadersOptions, SignedRequest } from '../sigv4/index.js';
import type { CredentialProvider } from '../util/index.js';

/** A clock for signing, made by `createClock`, which is corrected where AWS refuses a signature for its date. */
export interface Clock {
  /**
   * The time to sign with.
   * @returns The corrected time, in milliseconds since 1970.
   * @example
   * const date = new Date(clock.now());
   */
  now(): number;
  /**
   * Corrects the clock. Signed fetches and interceptors do so by themselves.
   * @param time The right time at this moment, in milliseconds since 1970.
   * @example
   * clock.correct(Date.parse(response.headers.get('date') ?? ''));
   */
  correct(time: number): void;
  /** How far the device's clock is behind, in milliseconds; negative where it is ahead; 0 until the clock is corrected. */
  readonly offset: number;
}

/** How requests are signed. */
export interface SigningOptions extends SignedHeadersOptions {
  /** The credentials to sign with, or a function that gets them whenever a request is signed. */
  readonly credentials: CredentialProvider;
  /**
   * The host that requests are signed for, as the server finds it in `Host`, where they are sent to another one: CloudFront, a proxy,
   * localhost. Region and service are read from it. It holds for all requests, wherever they are sent. Default: each URL's own host.
   */
  readonly signedHost?: string | undefined;
  /** The region to sign for. Default: read from an AWS endpoint's host; `us-east-1` for all other hosts. */
  readonly region?: string | undefined;
  /** Signing name of the service. Default: read from an AWS endpoint's host; `execute-api` for all other hosts. */
  readonly service?: string | undefined;
  /** The device's clock: gives a Date, or milliseconds since 1970. Default `Date.now`. */
  readonly now?: (() => Date | number) | undefined;
  /** A clock from `createClock` in place of `now`, to be shared. Default: one of its own. */
  readonly clock?: Clock | undefined;
  /** Hash engine. Default: crypto-js, and WebCrypto for large bodies. */
  readonly hash?: HashEngine | undefined;
  /** Whether the session token is signed; `false` adds it after signing. Default: see `ClientConfig`. */
  readonly signSessionToken?: ClientConfig['signSessionToken'];
  /** Whether the payload hash is sent as a signed `x-amz-content-sha256`. Default: see `ClientConfig`. */
  readonly signBody?: ClientConfig['signBody'];
  /** Whether `.`, `..` and `//` are resolved in the canonical path. Default `true`, for S3 `false`. */
  readonly normalizePath?: ClientConfig['normalizePath'];
  /** Whether the canonical path is encoded once more. Default `true`, for S3 `false`. */
  readonly doubleEncodePath?: ClientConfig['doubleEncodePath'];
}

/** When and how often a request is sent again. */
export interface RetryOptions {
  /** How many times a request is sent at most, the first time included. Default 4. */
  readonly attempts?: number | undefined;
  /**
   * Methods that may be sent again whatever went wrong, since doing them twice does no harm. Default GET, HEAD, OPTIONS, PUT and
   * DELETE. Requests of other methods are sent again only where the server surely did not act: where AWS throttled them (status 429,
   * from API Gateway itself or a service without an API behind it), or no connection was made. After a redirect, it has acted. The
   * app's own `fetch` may follow redirects by itself, so that the missing connection may be that to another server: with one, it
   * counts only where the call states `redirect: 'manual'` or `'error'`.
   */
  readonly methods?: readonly string[] | undefined;
  /** The HTTP statuses after which a request is sent again. Default 429, 500, 502, 503, 504. */
  readonly statuses?: readonly number[] | undefined;
  /** The longest first wait, in milliseconds; each further limit is twice the last, and waits are random below it. Default 200. */
  readonly baseDelay?: number | undefined;
  /** The longest wait, in milliseconds, even where `Retry-After` asks for more. Default 20,000. */
  readonly maxDelay?: number | undefined;
}

/** When a request is sent again. `false`: never. A number: how many more times after the first; `2` is `{ attempts: 3 }`. */
export type Retry = false | number | RetryOptions;

/** A request whose body has been read, in the form that is signed and sent. */
export interface HttpRequest {
  /** The HTTP method, in upper case. */
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /**
   * The body; `undefined` where there is none. It is a stream where the call itself states the payload hash, so that it need not be
   * read. A stream can be sent only once.
   */
  readonly body: Uint8Array | ReadableStream | undefined;
}

/** A request that has been checked, before credentials are asked for, and is ready to be signed and sent. */
export interface PreparedRequest extends Omit<HttpRequest, 'body'> {
  /** The body, or a function that reads it, to be called once. An aborted signal cancels the reading. */
  readonly body: HttpRequest['body'] | ((signal?: AbortSignal) => Promise<HttpRequest['body']>);
  /** The options of fetch beside method, headers and body. */
  readonly init?: RequestInit;
  /** The app's own signal. */
  readonly signal: AbortSignal | undefined;
  /** The Request of the signal, which is kept alive by this: in Node, its signal does not work any more once it is collected. */
  readonly signalOwner?: unknown;
  readonly retryPolicy: RetryPolicy;
  /** How long the call may take, in milliseconds; `undefined`: for ever. */
  readonly timeout: number | undefined;
}

/** The parts of a request that decide whether it may be sent again. */
export type RepeatableRequest = Pick<PreparedRequest, 'method' | 'url'>;

/** The outcome of an attempt: a response, or what fetch threw. */
export type Outcome = (
  { readonly response: Response } | { readonly response?: undefined; readonly failure: unknown }
) & {
  /**
   * Whether the server may have acted already: it has answered with a redirect before, or the app's own fetch, which may follow
   * redirects by itself, does not tell.
   */
  readonly mayHaveActed: boolean;
};

/**
 * Decides whether a request is sent again.
 * @param request The request.
 * @param outcome The outcome of the last attempt.
 * @param attempt The number of that attempt, counted from 1.
 * @param now The time, in milliseconds since 1970.
 * @returns How long to wait before the next attempt, in milliseconds; `undefined` for no further attempt.
 */
export type RetryPolicy = (
  request: RepeatableRequest,
  outcome: Outcome,
  attempt: number,
  now: number,
) => Promise<number | undefined>;

/** The request that a response answers. */
export interface SentRequest {
  /** How many times the request was sent. */
  readonly attempts: number;
  /** The request as it was signed and sent last. */
  readonly signed: SignedRequest;
}
