/** How a query was changed on its way. Order is no matter: a signature does not depend on it. */
import { decodeFully, decodeOnce, queryPairs } from './canonical.js';
import { change, quote } from './difference.js';
import type { Difference } from './difference.js';

/** Values that are never shown: they may be secret. */
const SECRET = /token|secret|passw|signature|credential|api-?_?key|^(code|key|auth|sig)$/i;

type Pair = [name: string, value: string];

/** Compares two canonical queries. */
export function compareQueries(ours: string, theirs: string): Difference | undefined {
  if (ours === theirs) return undefined;
  const lost = queryPairs(ours);
  const added: Pair[] = [];
  for (const pair of queryPairs(theirs)) {
    const same = lost.findIndex(([name, value]) => name === pair[0] && value === pair[1]);
    if (same >= 0) lost.splice(same, 1);
    else added.push(pair);
  }
  const changed: [Pair, Pair][] = [];
  for (const pair of [...lost]) {
    const name = decodeFully(pair[0]);
    const twin = added.findIndex((other) => decodeFully(other[0]) === name);
    if (twin < 0) continue;
    changed.push([pair, added[twin]!]);
    lost.splice(lost.indexOf(pair), 1);
    added.splice(twin, 1);
  }

  const whole = theirs === '' ? 'the whole query is missing: ' : '';
  const lines = [
    ...changed.map(([a, b]) => `${nameOf(a)}: ${describe(a, b)}`),
    ...lost.map((pair) => `${nameOf(pair)} was signed, but did not arrive`),
    ...added.map((pair) => `${nameOf(pair)} arrived, but was not signed`),
  ];
  const isEncoding = changed.length > 0 && lost.length + added.length === 0 && changed.every(isSameDecoded);
  const kinds = [
    ...(changed.length > 0 ? [isEncoding ? 'encoded differently' : 'changed'] : []),
    ...(lost.length > 0 ? ['lost'] : []),
    ...(added.length > 0 ? ['added'] : []),
  ];
  return {
    code: 'QueryChanged',
    place: 'the query',
    what: whole + (lines.join('; ') || change(ours, theirs, true)),
    cause: `Query parameters were ${kinds.join(', ') || 'changed'} between signing and the gateway. ${likelyCause(isEncoding, lost.length > 0, added.length > 0)}`,
    advice: isEncoding
      ? 'Send the URL exactly as signRequest returned it: no params option of the HTTP client, no URL or URLSearchParams built from it again; and let proxies pass the query on unchanged.'
      : 'Pass all parameters as queryParams before signing and send the returned URL as it is; let proxies and CDNs pass the whole query on (in CloudFront: an origin request policy with all query strings).',
  };
}

function likelyCause(isEncoding: boolean, isLost: boolean, isAdded: boolean): string {
  if (isEncoding) return 'Something built the URL anew with another encoding.';
  if (isAdded && !isLost) return 'An HTTP client or a proxy adds parameters after signing (cache busting, tracking).';
  if (isLost && !isAdded) return 'A proxy, CDN or redirect dropped them.';
  return 'Something rewrote the URL after signing.';
}

const nameOf = ([name]: Pair): string => `the query parameter ${quote(decodeFully(name))}`;

function isSameDecoded([[, a], [, b]]: [Pair, Pair]): boolean {
  return decodeFully(a) === decodeFully(b) || plusAsSpace(a) === plusAsSpace(b);
}

const plusAsSpace = (value: string): string => decodeFully(value).replaceAll('+', ' ');

function describe(ours: Pair, theirs: Pair): string {
  const [a, b] = [ours[1], theirs[1]];
  if (a === b) return `its name is encoded differently (${quote(ours[0])}, ${quote(theirs[0])})`;
  const isSecret = SECRET.test(decodeFully(ours[0])) || /^x-amz-/i.test(ours[0]);
  const [signed, arrived] = [decodeOnce(a), decodeOnce(b)];
  if (decodeFully(a) === decodeFully(b)) {
    const what = b.length > a.length ? 'encoded once more' : 'decoded once';
    return isSecret ? `its value was ${what}` : `${change(signed, arrived)}: its value was ${what}`;
  }
  if (plusAsSpace(a) === plusAsSpace(b)) {
    return decodeFully(a).includes('+')
      ? 'a plus sign in its value arrived as a space'
      : 'a space in its value arrived as a plus sign';
  }
  return change(signed, arrived, isSecret);
}
