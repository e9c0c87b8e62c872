/** The request as it came over the wire, in one form. */
import type { QueryPart } from './query.js';

/** A request, read once: what is verified is what the result gives on. */
export interface Wire {
  readonly method: string;
  /** Of the target. */
  readonly path: string;
  readonly query: readonly QueryPart[];
  /** What the scheme's default port is taken from. */
  readonly scheme: 'http' | 'https';
  /** The hosts that are named beside the `Host` header: by a target of absolute form, and by HTTP/2's `:authority`. */
  readonly authorities: readonly string[];
  /** The values of each line, trimmed and folded as the signer does it, by name in lower case; no pseudo-headers of HTTP/2. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** `undefined` where none was given. */
  readonly body: string | Uint8Array | undefined;
}

/** The values of a header's lines. */
export function headerValues(wire: Wire, name: string): readonly string[] {
  return wire.headers.get(name) ?? [];
}
