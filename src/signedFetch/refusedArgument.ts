/**
 * Names what fetch refuses among its arguments. The platform's own error shows the value, which may be a secret in the wrong place, such as
 * a token with a line end in a header.
 */
import { SigV4Error } from '../sigv4/index.js';
import { invalidOption } from '../util/index.js';

/** What the platform checks by itself, each option alone. */
const CHECKED = [
  ...['method', 'mode', 'credentials', 'cache', 'redirect', 'referrer', 'referrerPolicy', 'integrity'],
  ...['keepalive', 'signal', 'window', 'duplex', 'priority'],
];

/** Any URL, to make a Request of an option alone. */
const ANY_URL = 'https://example.com/';

/**
 * The error for arguments that `new Request` has refused.
 * @param input fetch's first argument.
 * @param init fetch's second argument.
 * @param error What it was refused with.
 * @returns SigV4Error `InvalidOption` or `InvalidHeader`; the given error where none is to blame by itself, as with
 *   a GET that has a body
 */
export function refusedArgument(input: Parameters<typeof fetch>[0], init: RequestInit, error: unknown): unknown {
  if (typeof input === 'string' && !isTaken({}, input)) return invalidOption('url', 'an absolute URL', input);
  const { headers } = init;
  if (headers === Object(headers)) {
    const entries = (Array.isArray(headers) ? headers : Object.entries(headers as object)) as [string, string][];
    for (const [name, value] of entries) {
      if (isTaken({ headers: [[name, value]] })) continue;
      const place = isTaken({ headers: [[name, '']] }) ? `headers['${name}']` : 'headers';
      return new SigV4Error('InvalidHeader', place, 'a name and a line of text that fetch takes', value);
    }
  }
  const name = CHECKED.find((each) => each in init && !isTaken({ [each]: Reflect.get(init, each) as unknown }));
  return name === undefined ? error : invalidOption(name, 'a value that fetch takes', Reflect.get(init, name));
}

function isTaken(init: RequestInit, url = ANY_URL): boolean {
  try {
    new Request(url, init);
    return true;
  } catch {
    return false;
  }
}
