/** A request as it came over the wire, in one form. */
import type { QueryPart } from './query.js';

/** A request. It is read only once, so that the result passes on what was verified. */
export interface Wire {
  readonly method: string;
  /** The target's path, as sent. */
  readonly path: string;
  readonly query: readonly QueryPart[];
  /** The scheme, whose default port the signer leaves out of the host. */
  readonly scheme: 'http' | 'https';
  /** The hosts that a target in absolute form and HTTP/2's `:authority` name beside the `Host` header. */
  readonly authorities: readonly string[];
  /** By name in lower case: the value of each line, trimmed and folded as the signer does it. Without HTTP/2's pseudo-headers. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** The body; `undefined` where none was given. */
  readonly body: string | Uint8Array | undefined;
}

/** The values of all lines of a header. */
export function headerValues(wire: Wire, name: string): readonly string[] {
  return wire.headers.get(name) ?? [];
}
