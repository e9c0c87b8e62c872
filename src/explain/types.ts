/** What `explain` takes. */

/** Headers in any of the shapes that clients give them in, axios's among them; names in any case, values that can be text. */
export type HeaderSource = Iterable<readonly [string, string]> | Readonly<Record<string, unknown>>;

/** The answer that refused: a response with its body read, or what `fetch` threw where a browser showed none. */
export type Refusal =
  | {
      /** The HTTP status. */
      readonly status: number;
      /** As the response has them: AWS names its error in one. */
      readonly headers?: HeaderSource | undefined;
      /** The body: its text, or what a client such as axios has parsed it to. */
      readonly body?: unknown;
    }
  | {
      /** What `fetch` threw. */
      readonly networkError: unknown;
    };

/** What was signed: what `signRequest` returns, or `{ method, url }` of a presigned URL. */
export interface SignedParts {
  /** Absolute, with its query. */
  readonly url: string;
  /** Default `GET`. */
  readonly method?: string | undefined;
  /** Those that were sent, `Authorization` among them. */
  readonly headers?: HeaderSource | undefined;
  /** As it was signed. Text and bytes are compared; of anything else only `payloadHash`. */
  readonly body?: unknown;
  /** Hex SHA-256 of the body that was signed, or `UNSIGNED-PAYLOAD`. Default: computed from the body. */
  readonly payloadHash?: string | undefined;
}

/** Options of `explain`. */
export interface ExplainOptions {
  /**
   * The device's clock, as a Date or milliseconds since 1970: it tells a clock that is off from a request that was signed
   * long before it was sent. Default `Date.now`.
   */
  readonly now?: (() => Date | number) | undefined;
}
