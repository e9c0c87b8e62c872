/** The endpoint, and the region and service that an AWS host states. */
import { invalidOption, SigV4Error } from './errors.js';
import { checkPlatform } from './platform.js';
import { readAwsHost } from './signingNames.js';
import type { StatedHost } from './signingNames.js';

const ENDPOINT = /^((?:http|ws)s?:\/\/[^\s/?#@\\]+)(\/[^?#]*)?$/i;

/** The parts of an endpoint. */
export interface Endpoint extends StatedHost {
  /** The option's value as it was given, by which the last endpoint is known again. */
  given: unknown;
  /** Scheme and host, as they were given. */
  origin: string;
  /** The path that all requests share; empty where there is none. */
  path: string;
  /** The host as it is sent, with a port that is not the scheme's default. */
  host: string;
}

let lastEndpoint: Endpoint | undefined;

/**
 * Reads an endpoint. The last one is remembered, since apps mostly have one and reading it takes a tenth of a signature's time.
 * @throws SigV4Error `InvalidEndpoint`; `UnsupportedPlatform`
 */
export function parseEndpoint(given: unknown): Endpoint {
  if (lastEndpoint && lastEndpoint.given === given) return lastEndpoint;
  checkPlatform();
  try {
    const [, origin, path = ''] = ENDPOINT.exec(typeof given === 'string' ? given : '') as unknown as [
      string,
      string,
      string?,
    ];
    // Every URL but React Native's polyfill makes hosts lower-case by itself.
    const { host, hostname, protocol } = new URL(origin.toLowerCase());
    return (lastEndpoint = { given, origin, path, host, ...readAwsHost(hostname.replace(/\.$/, ''), protocol + path) });
  } catch {
    throw new SigV4Error(
      'InvalidEndpoint',
      'endpoint',
      'https://host/path as text, without query, fragment or user',
      given,
    );
  }
}

/**
 * Reads the host that requests are signed for where they are sent to another one, such as CloudFront's.
 * @param given The option: the host as the server finds it in `Host`.
 * @param sentTo The endpoint, to which requests are sent.
 * @returns What the signed host states, by the scheme and path of the endpoint.
 * @throws SigV4Error `InvalidOption`
 */
export function parseSignedHost(given: unknown, { origin, path }: Endpoint): Endpoint {
  try {
    const stated = parseEndpoint(typeof given === 'string' && origin.replace(/\/\/.*/, `//${given}${path}`));
    if (stated.path === path) return stated;
  } catch {
    // not even a URL
  }
  throw invalidOption('signedHost', 'a host, without scheme and path', given);
}

/** Checks such a host at once, and not only when a request is signed. */
export function checkSignedHost(given: unknown): void {
  if (given !== undefined) parseSignedHost(given, parseEndpoint('https://a'));
}
