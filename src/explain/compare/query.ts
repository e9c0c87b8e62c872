/** How a query was changed on its way. Its order does not matter: the canonical query is sorted. */
import type { Pair } from '../../sigv4/index.js';
import { decodeFully, decodeOnce, splitQuery } from '../read/index.js';
import { areShownValues, isShownName } from './secretParameters.js';
import { quote, showChange } from './show.js';
import type { Difference } from './types.js';

/** The changes of the parameters, which are still encoded. */
interface QueryChanges {
  /** Parameters with another value: as signed, and as they arrived. */
  readonly changed: readonly (readonly [Pair, Pair])[];
  readonly lost: readonly Pair[];
  readonly added: readonly Pair[];
}

/**
 * Compares two canonical queries.
 * @param ours As signed.
 * @param theirs As the gateway has it.
 */
export function compareQueries(ours: string, theirs: string): Difference | undefined {
  if (ours === theirs) return undefined;
  const changes = findChanges(splitQuery(ours), splitQuery(theirs));
  const whole = theirs === '' ? 'the whole query is missing: ' : '';
  const isEncoding = isReencoded(changes);
  return {
    code: 'QueryChanged',
    place: 'the query',
    what: whole + (describeChanges(changes) || showChange(ours, theirs, true)),
    cause: `Query parameters were ${kindsOfChange(changes, isEncoding)} between signing and the gateway. ${likelyCause(changes, isEncoding)}`,
    advice: isEncoding
      ? 'Send the URL exactly as it was signed: no params option of the HTTP client, no URL or URLSearchParams built from it again; and let proxies pass the query on unchanged.'
      : 'Have all parameters in the URL, or in queryParams, before it is signed, and send the signed URL as it is; let proxies and CDNs pass the whole query on (in CloudFront: an origin request policy with all query strings).',
  };
}

/** Finds the parameters that differ, and pairs those that have the same name. */
function findChanges(ours: readonly Pair[], theirs: readonly Pair[]): QueryChanges {
  const [unmatched, extra] = withoutEqual(ours, theirs);
  const names = extra.map(([name]) => decodeFully(name));
  const changed: [Pair, Pair][] = [];
  const lost: Pair[] = [];
  for (const pair of unmatched) {
    const twin = names.indexOf(decodeFully(pair[0]));
    if (twin < 0) {
      lost.push(pair);
      continue;
    }
    changed.push([pair, extra[twin]!]);
    extra.splice(twin, 1);
    names.splice(twin, 1);
  }
  return { changed, lost, added: extra };
}

/** The parameters that only one side has. One that is on a side twice must be on the other side twice, too. */
function withoutEqual(ours: readonly Pair[], theirs: readonly Pair[]): [ours: Pair[], theirs: Pair[]] {
  const rest = [...ours];
  const extra = theirs.filter((pair) => {
    const same = rest.findIndex(([name, value]) => name === pair[0] && value === pair[1]);
    if (same >= 0) rest.splice(same, 1);
    return same < 0;
  });
  return [rest, extra];
}

function describeChanges({ changed, lost, added }: QueryChanges): string {
  return [
    ...changed.map(([ours, theirs]) => `${showName(ours)}: ${describeChange(ours, theirs)}`),
    ...lost.map((pair) => `${showName(pair)} was signed, but did not arrive`),
    ...added.map((pair) => `${showName(pair)} arrived, but was not signed`),
  ].join('; ');
}

function showName([encoded]: Pair): string {
  const name = decodeFully(encoded);
  if (isShownName(name)) return `the query parameter ${quote(name)}`;
  return `a query parameter (its name of ${name.length} characters is not shown)`;
}

/** Describes the difference of two parameters of the same name. */
function describeChange(ours: Pair, theirs: Pair): string {
  const name = decodeFully(ours[0]);
  if (ours[1] === theirs[1]) {
    const names = isShownName(name) ? ` (${quote(ours[0])}, ${quote(theirs[0])})` : '';
    return `its name is encoded differently${names}`;
  }
  const [signed, arrived] = [decodeOnce(ours[1]), decodeOnce(theirs[1])];
  const isSecret = !areShownValues(name, [signed, arrived]);
  if (isSameDecoded(ours[1], theirs[1])) {
    const what = `its value was ${theirs[1].length > ours[1].length ? 'encoded once more' : 'decoded once'}`;
    return isSecret ? what : `${showChange(signed, arrived)}: ${what}`;
  }
  if (isSameWithSpaces(ours[1], theirs[1])) {
    return decodeFully(ours[1]).includes('+')
      ? 'a plus sign in its value arrived as a space'
      : 'a space in its value arrived as a plus sign';
  }
  return showChange(signed, arrived, isSecret) + (isSecret ? kindOfHiddenChange(signed, arrived) : '');
}

/** Describes a change of values that are not shown. */
function kindOfHiddenChange(signed: string, arrived: string): string {
  if (signed.toLowerCase() === arrived.toLowerCase()) return ': upper and lower case differ';
  return arrived !== '' && signed.startsWith(arrived) ? ': its end is missing' : '';
}

const isSameDecoded = (one: string, other: string): boolean => decodeFully(one) === decodeFully(other);

/** Whether two values are equal where a plus sign counts as a space. */
const isSameWithSpaces = (one: string, other: string): boolean => plusToSpace(one) === plusToSpace(other);

const plusToSpace = (value: string): string => decodeFully(value).replace(/\+/g, ' ');

/** Whether only the encoding of the parameters differs. */
function isReencoded({ changed, lost, added }: QueryChanges): boolean {
  if (changed.length === 0 || lost.length + added.length > 0) return false;
  return changed.every(([[, ours], [, theirs]]) => isSameWithSpaces(ours, theirs));
}

function kindsOfChange({ changed, lost, added }: QueryChanges, isEncoding: boolean): string {
  const kinds: string[] = [];
  if (changed.length > 0) kinds.push(isEncoding ? 'encoded differently' : 'changed');
  if (lost.length > 0) kinds.push('lost');
  if (added.length > 0) kinds.push('added');
  return kinds.join(', ') || 'changed';
}

function likelyCause({ lost, added }: QueryChanges, isEncoding: boolean): string {
  if (isEncoding) return 'Something built the URL anew with another encoding.';
  const [isLost, isAdded] = [lost.length > 0, added.length > 0];
  if (isAdded && !isLost) return 'An HTTP client or a proxy adds parameters after signing (cache busting, tracking).';
  if (isLost && !isAdded) return 'A proxy, CDN or redirect dropped them.';
  return 'Something rewrote the URL after signing.';
}
