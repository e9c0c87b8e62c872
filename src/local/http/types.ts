/** The types of a server's handler. */

/** The request as it stood on the wire, which a standard `Request` no longer shows. */
export interface WireInfo {
  /** The request target, path and query, exactly as sent. */
  readonly rawPath: string;
  /** The path of the target, as sent. */
  readonly path: string;
  /** Every header line in order: names in the case they were sent in, repeats kept. */
  readonly rawHeaders: [string, string][];
  /** The body's bytes. A `Request` cannot hold a body on GET and HEAD, so there it is the only way to them. */
  readonly rawBody: Uint8Array;
  /** The body is larger than the server takes: it was not read to its end, and `rawBody` is empty. Answer with a 413. */
  readonly isTooLarge: boolean;
}

/** Answers one request. */
export type LocalHandler = (request: Request, info: WireInfo) => Promise<Response> | Response;

/** Called with an error that the client does not see. */
export type OnError = (error: unknown) => void;
