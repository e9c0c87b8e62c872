/** How a query was changed on its way. Order is no matter: a signature does not depend on it. */
import { decodeFully, decodeOnce, queryPairs } from './canonical.js';
import { change, quote } from './difference.js';
import type { Difference } from './difference.js';

/** Parts of names, and words in them, whose values are never shown: they may be secret. */
const SECRET_PART =
  /token|secret|pass(w|phrase)|pwd|signature|credential|jwt|session|sessid|assertion|saml|cookie|ticket|bearer|private|[cx]srf|otp|hmac|nonce|api[-_]?key|auth(?!ors?\b)|(code|key)$|^x-amz-/i;
const SECRET_WORD = /(^|[^a-z])(code|key|pass|pin|sid|sig|mfa|cvv|cvc)s?([^a-z]|$)/i;
/** What looks like a JWT, an access key id or an Authorization header. */
const SECRET_VALUE = /(^|[^A-Za-z])(eyJ|A[A-Z]IA[A-Z\d]{4}|AWS4-)|^([Bb]earer|[Bb]asic|[Dd]igest) /;
const MAX_SHOWN = 20;
const MAX_NAME = 40;

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

/** Something may stand in place of a name that is none, such as a bare token or a pair that was encoded whole. */
const isName = (name: string): boolean => name.length <= MAX_NAME && !/[=&]/.test(name) && !SECRET_VALUE.test(name);

function nameOf([encoded]: Pair): string {
  const name = decodeFully(encoded);
  if (isName(name)) return `the query parameter ${quote(name)}`;
  return `a query parameter (its name of ${name.length} characters is not shown)`;
}

/** Values are shown where they are surely harmless: short, not like a secret, and under no name of one. */
function isHarmless(name: string, values: readonly string[]): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1-$2');
  if (!isName(name) || SECRET_PART.test(name) || SECRET_WORD.test(words)) return false;
  return values.every((value) => value.length <= MAX_SHOWN && !SECRET_VALUE.test(decodeFully(value)));
}

function isSameDecoded([[, a], [, b]]: [Pair, Pair]): boolean {
  return decodeFully(a) === decodeFully(b) || plusAsSpace(a) === plusAsSpace(b);
}

const plusAsSpace = (value: string): string => decodeFully(value).replaceAll('+', ' ');

function describe(ours: Pair, theirs: Pair): string {
  const [a, b] = [ours[1], theirs[1]];
  const name = decodeFully(ours[0]);
  if (a === b)
    return `its name is encoded differently${isName(name) ? ` (${quote(ours[0])}, ${quote(theirs[0])})` : ''}`;
  const [signed, arrived] = [decodeOnce(a), decodeOnce(b)];
  const isSecret = !isHarmless(name, [signed, arrived]);
  if (decodeFully(a) === decodeFully(b)) {
    const what = b.length > a.length ? 'encoded once more' : 'decoded once';
    return isSecret ? `its value was ${what}` : `${change(signed, arrived)}: its value was ${what}`;
  }
  if (plusAsSpace(a) === plusAsSpace(b)) {
    return decodeFully(a).includes('+')
      ? 'a plus sign in its value arrived as a space'
      : 'a space in its value arrived as a plus sign';
  }
  return change(signed, arrived, isSecret) + (isSecret ? kindOfChange(signed, arrived) : '');
}

/** What can be told of values that are not shown. */
function kindOfChange(signed: string, arrived: string): string {
  if (signed.toLowerCase() === arrived.toLowerCase()) return ': upper and lower case differ';
  return arrived !== '' && signed.startsWith(arrived) ? ': its end is missing' : '';
}
