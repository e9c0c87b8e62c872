/** The parameters of `explain`. */

/** Headers in each form that HTTP clients have, axios's among them; names in any case, values that can be text. */
export type HeaderSource = Iterable<readonly [string, string]> | Readonly<Record<string, unknown>>;

/** The answer that refused: a response with its body read, or what `fetch` threw where a browser showed none. */
export type Refusal =
  | {
      /** The HTTP status of the answer. */
      readonly status: number;
      /** The headers of the answer; one of them names AWS's error. Default: none. */
      readonly headers?: HeaderSource | undefined;
      /** The body of the answer: its text, or what a client such as axios has parsed it to. Default: empty. */
      readonly body?: unknown;
    }
  | {
      /** What `fetch` threw. */
      readonly networkError: unknown;
    };

/** What was signed: what `signRequest` returns, or `{ method, url }` of a presigned URL. */
export interface SignedParts {
  /** The absolute URL, with its query. */
  readonly url: string;
  /** The HTTP method. Default `GET`. */
  readonly method?: string | undefined;
  /** The headers that were sent, `Authorization` among them. Default: none, as with a presigned URL. */
  readonly headers?: HeaderSource | undefined;
  /** The body as it was signed. Text and bytes are compared; of anything else only `payloadHash`. Default: none. */
  readonly body?: unknown;
  /** Hex SHA-256 of the body that was signed, or `UNSIGNED-PAYLOAD`. Default: computed from the body. */
  readonly payloadHash?: string | undefined;
  /** The host that was signed, where the request was sent to another one. Default: the URL's. */
  readonly signedHost?: string | undefined;
}

/** Options of `explain`. */
export interface ExplainOptions {
  /**
   * The device's clock: gives a Date, or milliseconds since 1970. By it, a clock that is off is told from a request that was signed
   * long before it was sent. Default `Date.now`.
   */
  readonly now?: (() => Date | number) | undefined;
}
