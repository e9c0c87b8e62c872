/** Types that several files of this room share. */
import type { Explanation } from '../util/index.js';

/** What can be said with a call beside parameters and body: what the API's export does not have. */
export interface AdditionalParams {
  /** Headers to send. They go before those of the parameters. */
  readonly headers?: Readonly<Record<string, string | number | boolean | null | undefined>> | undefined;
  /** The query. It goes before that of the parameters; `undefined` is left out. */
  readonly queryParams?: Readonly<Record<string, unknown>> | undefined;
  /** How long the call may take, in milliseconds. Default and `0`: that of the client. */
  readonly timeout?: number | undefined;
}

/** The call, in the form of axios's config. The signature is not in it. */
export interface ResultConfig {
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The URL that was called. */
  readonly url: string;
  /** The headers that were stated, by their names in lower case, without those of the signature. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it was sent; `undefined` for none. */
  readonly data: unknown;
}

/** The answer, as the generated SDK gives it. */
export interface ApigResult<Data = unknown> {
  /** The HTTP status of the answer. */
  readonly status: number;
  /** The reason phrase, which HTTP/2 does not have. */
  readonly statusText: string;
  /** The answer's JSON, parsed; its text where it is no JSON; `''` where it is empty. */
  readonly data: Data;
  /** The answer's headers, by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The request that was answered. */
  readonly config: ResultConfig;
}

/** What an error of a call is made of. */
export interface ApigClientErrorDetails extends ApigResult {
  /** Why the gateway refused the signature, where it did. */
  readonly explanation?: Explanation | undefined;
}

/** A method of a client. */
export type ApigMethod = (
  params?: Readonly<Record<string, unknown>>,
  body?: unknown,
  additionalParams?: AdditionalParams,
) => Promise<ApigResult>;

/** A client: methods by the names that the generated SDK gives them. */
export type ApigClient = Readonly<Record<string, ApigMethod>>;

/** Paths of which the compiler knows nothing. */
export type Untyped = Readonly<Record<string, never>>;

/** An API's export, as much of it as the types need. */
export interface DocumentWithPaths {
  /** The operations, by path and method. */
  readonly paths: object;
}
