/** The result of reading a pasted text, and the types that its readers share. */
import type { Refusal, SignedParts } from '../explain/index.js';

/**
 * What a text was taken for: an HTTP archive; a `curl` command or its log; an HTTP answer as it goes over the wire; the
 * answer's body alone, whether JSON, XML or AWS's sentence; what a browser's console shows, or its "Copy as fetch".
 */
export type PastedKind = 'har' | 'curl' | 'http' | 'json' | 'console';

/** A refusal, and the request that was refused. Both hold what was pasted, secrets included: show neither as it is. */
export interface Pasted {
  /** What the text was taken for. */
  readonly kind: PastedKind;
  /** The answer; or, where a browser hid it from the page, the error that `fetch` throws then. */
  readonly refusal: Refusal;
  /** The request; `undefined` where the text does not show it. */
  readonly signed: SignedParts | undefined;
}

/** A header's name and value. */
export type Header = readonly [name: string, value: string];

/** The first line and the headers of a request. */
export interface RequestHead {
  readonly method: string;
  /** Path and query, or the whole URL. */
  readonly target: string;
  readonly headers: Header[];
}

/** The first line and the headers of an answer. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: Header[];
}

/** A request, and what follows on it in the text. */
export interface RequestAndRest {
  readonly kind: PastedKind;
  readonly signed: SignedParts;
  readonly rest: string;
}
