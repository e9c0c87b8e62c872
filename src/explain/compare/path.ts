/** How a path was changed on its way. */
import { isS3Service } from '../../sigv4/index.js';
import { decodeFully, decodeOnce } from '../read/index.js';
import type { Signed } from '../read/index.js';
import type { SignerWords } from '../signers.js';
import { quote, showChange } from './show.js';
import type { Change, Difference } from './types.js';

const PASS_ON = 'let the proxy pass the path on byte for byte (in nginx: `proxy_pass` without a path behind the host)';

/** An encoded question mark in a path, and all after it: a query, which may hold secrets. */
const QUERY = /(%(?:25)*3F)[^]*/i;

/**
 * Compares two canonical paths.
 * @param ours As signed.
 * @param theirs As the gateway has it.
 * @param signed The signed request.
 */
export function comparePaths(ours: string, theirs: string, { service, words }: Signed): Difference | undefined {
  if (ours === theirs) return undefined;
  // Paths are shown as on the wire: for every service but S3, the canonical ones are encoded twice.
  const wire = isS3Service(service) ? (path: string) => path : decodeOnce;
  const signed = wire(ours);
  const arrived = QUERY.test(signed) ? wire(theirs) : wire(theirs).replace(QUERY, '$1…');
  const { what, cause, advice } = kindOfChange(signed, arrived, words);
  return { code: 'PathChanged', place: 'the path', what: `${showChange(signed, arrived)}: ${what}`, cause, advice };
}

/** Finds the kind of change, trying the most specific one first and the one that always fits last. */
function kindOfChange(signed: string, arrived: string, words: SignerWords): Change {
  return (
    questionMarkEncoded(signed, arrived) ??
    slashAtEnd(signed, arrived) ??
    beginningStripped(signed, arrived) ??
    beginningAdded(signed, arrived) ??
    encodedDifferently(signed, arrived) ??
    doubleSlashes(signed, arrived, words) ??
    letterCase(signed, arrived) ?? {
      what: 'it was rewritten',
      cause: 'The path was rewritten on the way to the gateway.',
      advice: `Sign the path that the gateway sees, or ${PASS_ON}.`,
    }
  );
}

function questionMarkEncoded(signed: string, arrived: string): Change | undefined {
  if (!arrived.startsWith(`${signed}%`) || !arrived.endsWith('…')) return undefined;
  return {
    what: 'its question mark was percent-encoded',
    cause: 'The question mark was percent-encoded, so that the query arrived as a part of the path.',
    advice: `Send the URL exactly as it was signed, and ${PASS_ON}.`,
  };
}

function slashAtEnd(signed: string, arrived: string): Change | undefined {
  if (arrived !== `${signed}/` && signed !== `${arrived}/`) return undefined;
  const what = arrived.length > signed.length ? 'a slash was added at its end' : 'the slash at its end was removed';
  return {
    what,
    cause: `The path was changed on the way to the gateway: ${what}. A redirect or a rewriting proxy does that.`,
    advice: `Call the path that the API has (${quote(arrived)}), or ${PASS_ON}.`,
  };
}

function beginningStripped(signed: string, arrived: string): Change | undefined {
  const beginning = beginningOf(signed, arrived);
  if (beginning === undefined) return undefined;
  const missing = quote(beginning);
  return {
    what: `its beginning ${missing} is missing`,
    cause: `The beginning of the path, ${missing}, was stripped on the way to the gateway: a proxy's prefix, or a stage name that a proxy or the mapping of a custom domain name takes away.`,
    advice: `Sign the path that the gateway sees: leave ${missing} out of the endpoint, and add it to the URL after signing; or ${PASS_ON}.`,
  };
}

function beginningAdded(signed: string, arrived: string): Change | undefined {
  const beginning = beginningOf(arrived, signed);
  if (beginning === undefined) return undefined;
  const added = quote(beginning);
  return {
    what: `${added} was put before it`,
    cause: `${added} was put before the path on the way to the gateway: a proxy or CDN adds a prefix or the stage (CloudFront's origin path).`,
    advice: `Sign the path that the gateway sees: sign with ${added} in the endpoint's path, and take it out of the URL after signing; or ${PASS_ON}.`,
  };
}

/** The part of a path in front of a given end; `undefined` where it does not end so. For the end `/`, the whole path. */
function beginningOf(path: string, end: string): string | undefined {
  if (end === '/') return path;
  return path.endsWith(end) ? path.slice(0, -end.length) : undefined;
}

function encodedDifferently(signed: string, arrived: string): Change | undefined {
  if (decodeFully(signed) !== decodeFully(arrived)) return undefined;
  const what = kindOfEncoding(signed, arrived);
  return {
    what,
    cause: `The path names the same thing, but its encoding was changed on the way to the gateway: ${what}. Proxies and HTTP clients that decode and encode paths again do that.`,
    advice: `Send the URL exactly as it was signed, and ${PASS_ON}; or avoid characters in paths that need encoding.`,
  };
}

function kindOfEncoding(signed: string, arrived: string): string {
  const escapes = countEscapes(arrived) - countEscapes(signed);
  if (escapes < 0 || decodeOnce(signed) === arrived) return 'percent-encoding was taken away';
  if (escapes > 0 || decodeOnce(arrived) === signed) return 'characters were percent-encoded';
  return 'it is percent-encoded differently';
}

const countEscapes = (path: string): number => path.split('%').length;

function doubleSlashes(signed: string, arrived: string, words: SignerWords): Change | undefined {
  if (joinSlashes(signed) !== joinSlashes(arrived)) return undefined;
  const orSecret = arrived.includes('//')
    ? ' Or the signer left them as well (normalizePath: false): then the secret access key is wrong.'
    : '';
  return {
    what: 'double slashes were joined or added',
    cause: `Double slashes in the path were treated differently by the signer and the gateway.${orSecret}`,
    advice: `Join the parts of the URL with exactly one slash; or, where the gateway keeps double slashes, ${words.option('normalizePath: false')}.`,
  };
}

const joinSlashes = (path: string): string => path.replace(/\/+/g, '/');

function letterCase(signed: string, arrived: string): Change | undefined {
  if (signed.toLowerCase() !== arrived.toLowerCase()) return undefined;
  return {
    what: 'upper and lower case differ',
    cause: 'The case of letters in the path was changed on the way to the gateway.',
    advice: `Use the path in the case that arrives, or ${PASS_ON}.`,
  };
}
