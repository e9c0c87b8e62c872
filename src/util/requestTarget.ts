/** The target and the host of a request as they stood on the wire (RFC 9112, section 3.2). */

/** What a request target says. */
export interface RequestTarget {
  /** Scheme and host; `undefined` unless the target has the absolute form (`GET http://host/path`). */
  readonly absolute: { readonly scheme: 'http' | 'https'; readonly authority: string } | undefined;
  /** The path as sent, which begins with `/`. */
  readonly path: string;
  /** What comes after the first `?`, as sent; empty where there is nothing. */
  readonly query: string;
}

/**
 * Reads a request target in origin form (`/path?query`) or in absolute form with http or https. Everything else is refused, since
 * one server would read it otherwise than the next: the forms `*` and `host:443` belong to OPTIONS and CONNECT; `#` ends a path for
 * some and is part of it for others; `\` is `/` for URL, which also drops tabs and line ends. Only the characters `!` to `~` may be
 * in a target anyway (RFC 3986, section 2).
 * @param target The request target, as sent.
 * @returns Its parts; `undefined` for every other form.
 */
export function readRequestTarget(target: string): RequestTarget | undefined {
  if (!/^[!-"$-~]+$/.test(target)) return undefined;
  const [origin = '', scheme, authority = ''] = /^(https?):\/\/([^/?]*)/i.exec(target) ?? [];
  const local = target.slice(origin.length);
  const mark = local.indexOf('?');
  const sent = mark < 0 ? local : local.slice(0, mark);
  const path = sent === '' && scheme !== undefined ? '/' : sent;
  if (!path.startsWith('/') || path.includes('\\')) return undefined;
  return {
    absolute: scheme === undefined ? undefined : { scheme: schemeOf(scheme), authority },
    path,
    query: mark < 0 ? '' : local.slice(mark + 1),
  };
}

const schemeOf = (text: string): 'http' | 'https' => (text.toLowerCase() === 'https' ? 'https' : 'http');

/**
 * Resolves `.`, `..` and `//` in a path, as the canonical request does it.
 * @param path The path, which begins with `/`.
 * @returns The resolved path; `undefined` where a dot segment is written with `%2E`: URL resolves it (as in RFC 3986, section
 *   6.2.2.3), and the signature does not.
 */
export function resolvePath(path: string): string | undefined {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (/^(?:\.|%2e){1,2}$/i.test(segment) && segment !== '.') return undefined;
    else if (segment !== '.' && segment !== '') kept.push(segment);
  }
  const end = kept.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${kept.join('/')}${end}`;
}

/**
 * Reads a host with its port, as `Host`, `:authority` and an absolute target have it.
 * @param text The host as sent.
 * @param scheme The scheme whose default port is dropped, as the signer's `URL` drops it.
 * @returns The host in lower case; `undefined` for anything else: with a user name or a path, a list, or a number that URL would
 *   turn into an address (`127.1`).
 */
export function readHost(text: string, scheme: 'http' | 'https' = 'http'): string | undefined {
  const [, name] = /^([\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.exec(text) ?? [];
  if (name === undefined) return undefined;
  try {
    const { host, hostname } = new URL(`${scheme}://${text}`);
    return name.startsWith('[') || hostname === name.toLowerCase() ? host : undefined;
  } catch {
    return undefined;
  }
}
