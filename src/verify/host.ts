/** Checks the host of a request, in each place where a request names it. */
import { readHost } from '../util/index.js';
import { refuse } from './refusal.js';
import type { Refused } from './types.js';
import { headerValues } from './wire.js';
import type { Wire } from './wire.js';

/**
 * Checks that the request names one host only (RFC 9112, sections 3.2 and 3.2.2; RFC 9113, section 8.3.1). Only `Host` is signed, but
 * a handler may read the host from a target in absolute form, or from HTTP/2's `:authority`.
 */
export function checkHost(wire: Wire): Refused | undefined {
  const hosts = headerValues(wire, 'host');
  if (hosts.length > 1) return refuse('MalformedHost', 'Host header must be present only once.');
  const named = [...hosts, ...wire.authorities].map((host) => readHost(host, wire.scheme));
  if (named.length === 0 || named.includes(undefined)) {
    return refuse('MalformedHost', "Request requires a 'Host' header that is a host, with or without a port.");
  }
  if (new Set(named).size === 1) return undefined;
  return refuse('HostMismatch', "The 'Host' header and the authority of the request's target must be the same.");
}
