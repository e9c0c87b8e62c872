/** Tells which headers of a message are passed on to the next connection. */

/** Headers of one connection, which are not passed on (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * A header's name as servers may read it: those that give headers as variables (CGI, WSGI, PHP) make one name of
 * `x-amzn-identity-id`, `X_Amzn_Identity_Id` and `x.amzn.identity.id`.
 */
const readName = (name: string): string => name.toLowerCase().replace(/[^a-z\d]/g, '-');

/**
 * The headers without those of the connection, and those that `Connection` names.
 * @param headers What came.
 * @param kept Names in lower case that `Connection` cannot name: those that were signed have to arrive.
 */
export function endToEnd(headers: Headers, kept: readonly string[] = []): [string, string][] {
  const named = new Set((headers.get('connection') ?? '').split(',').map((name) => name.trim().toLowerCase()));
  for (const name of kept) named.delete(name);
  return [...headers].filter(([name]) => !HOP_BY_HOP.has(readName(name)) && !named.has(name));
}

/**
 * Whether a target may read a header as one that the gateway makes itself: those that tell who called, from where and how, and
 * the length, which is that of what is really sent (RFC 9112, section 6).
 */
export function isMadeByGateway(name: string): boolean {
  return /^(?:content-length$|x-amzn-identity-|x-forwarded-|forwarded$|x-real-ip$)/.test(readName(name));
}
