/** Where an API is, as its export says. */
import { isObject } from '../util/index.js';
import { objectAt, wrongAt } from './reference.js';

/** A URL with its variables has at most this many characters: a few variables, each named often, would make gigabytes. */
const LONGEST_URL = 10_000;

/**
 * Reads `servers` of OpenAPI, or `schemes`, `host` and `basePath` of Swagger. The first server counts, as in the generated SDK.
 * @param document The whole document.
 * @returns The URL without a slash at its end; `undefined` where the document does not say.
 * @throws SigV4ClientError `InvalidOption`, which names the place in the document
 * @see https://spec.openapis.org/oas/v3.1.0#server-object
 */
export function readBaseUrl(document: Record<string, unknown>): string | undefined {
  return document.swagger === undefined ? readServers(document.servers) : readHost(document);
}

function readServers(servers: unknown): string | undefined {
  if (servers === undefined || (Array.isArray(servers) && servers.length === 0)) return undefined;
  if (!Array.isArray(servers)) throw wrongAt(['servers'], 'an array', servers);
  const place = ['servers', '0'];
  const { url, variables = {} } = objectAt(servers[0], place);
  if (typeof url !== 'string') throw wrongAt([...place, 'url'], 'a URL', url);
  const values = objectAt(variables, [...place, 'variables']);
  let length = url.length;
  const filled = url.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const at = [...place, 'variables', name];
    const variable = Object.hasOwn(values, name) ? values[name] : undefined;
    const value = isObject(variable) ? variable.default : undefined;
    if (typeof value !== 'string') throw wrongAt([...at, 'default'], `the value of {${name}}`, value);
    length += value.length;
    if (length > LONGEST_URL) throw wrongAt([...place, 'url'], `a URL of at most ${LONGEST_URL} characters`, url);
    return value;
  });
  // The gateway's exports have variables such as `/prod` below a URL that ends with a slash.
  return checked(filled, [...place, 'url']);
}

function readHost({ host, basePath = '', schemes }: Record<string, unknown>): string | undefined {
  if (host === undefined) return undefined;
  if (typeof host !== 'string') throw wrongAt(['host'], 'a host', host);
  if (typeof basePath !== 'string') throw wrongAt(['basePath'], 'a path', basePath);
  if (schemes !== undefined && !Array.isArray(schemes)) throw wrongAt(['schemes'], 'an array', schemes);
  const isPlain = Array.isArray(schemes) && schemes.includes('http') && !schemes.includes('https');
  return checked(`${isPlain ? 'http' : 'https'}://${host}/${basePath}`, ['host']);
}

function checked(text: string, place: readonly string[]): string | undefined {
  if (text.startsWith('/')) return undefined; // below wherever the document is, which an object does not know
  try {
    const { protocol, origin, pathname } = new URL(text);
    if (protocol === 'https:' || protocol === 'http:') {
      return (
        origin +
        pathname
          .split('/')
          .filter(Boolean)
          .map((segment) => `/${segment}`)
          .join('')
      );
    }
  } catch {
    // Said below.
  }
  throw wrongAt(place, 'an http or https URL', text);
}
