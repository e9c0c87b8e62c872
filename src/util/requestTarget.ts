/** The target and the host of a request as they stood on the wire (RFC 9112, section 3.2). */

/** What a request target says. */
export interface RequestTarget {
  /** Of the absolute form only (`GET http://host/path`). */
  readonly absolute: { readonly scheme: 'http' | 'https'; readonly authority: string } | undefined;
  /** Begins with `/`; as sent. */
  readonly path: string;
  /** What stands behind the first `?`, as sent; empty where there is none. */
  readonly query: string;
}

/**
 * Reads a request target in origin form (`/path?query`) or in absolute form with http or https. The other forms, `*` and
 * `host:443`, are of OPTIONS and CONNECT alone, and no server agrees with the next on what is none of the four.
 * Readers differ on some characters too: `#` ends a path for one and is part of it for another, `\` is `/` for URL, which
 * also drops tabs and line ends. Nothing but `!` to `~` may stand in a target anyway (RFC 3986, section 2).
 *
 * @param target As sent.
 * @returns Its parts; `undefined` for what is no such target.
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
 * @param path Begins with `/`.
 * @returns The path; `undefined` where a dot segment is written with `%2E`, which is one for URL (and RFC 3986, section
 *   6.2.2.3) but not for the signature.
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
 * @param text As sent.
 * @param scheme Whose default port is left away: the host is then as the signer has it, which takes it from a URL.
 * @returns In lower case; `undefined` for what is no host: a user part, a list, a path, or a number that URL takes for an
 *   address of another spelling (`127.1`).
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
