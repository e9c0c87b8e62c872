/** How a path was changed on its way. */
import { decodeFully, decodeOnce } from './canonical.js';
import { change, quote } from './difference.js';
import type { Difference } from './difference.js';

const PASS_ON = 'let the proxy pass the path on byte for byte (in nginx: `proxy_pass` without a path behind the host)';

/** A question mark that was encoded on the way, and the query behind it, which may hold secrets. */
const QUERY = /(%(?:25)*3F)[^]*/i;

/**
 * Compares two canonical paths.
 * @param ours As signed.
 * @param theirs As the gateway has it.
 * @param isEncodedTwice As for every service but S3; the paths shown are those on the wire.
 */
export function comparePaths(ours: string, theirs: string, isEncodedTwice: boolean): Difference | undefined {
  if (ours === theirs) return undefined;
  const wire = isEncodedTwice ? decodeOnce : (path: string) => path;
  const signed = wire(ours);
  const arrived = QUERY.test(signed) ? wire(theirs) : wire(theirs).replace(QUERY, '$1…');
  const { what, cause, advice } = kindOfChange(signed, arrived);
  return { code: 'PathChanged', place: 'the path', what: `${change(signed, arrived)}: ${what}`, cause, advice };
}

type Kind = Pick<Difference, 'what' | 'cause' | 'advice'>;

function kindOfChange(signed: string, arrived: string): Kind {
  if (arrived.startsWith(`${signed}%`) && arrived.endsWith('…')) {
    return {
      what: 'its question mark was percent-encoded',
      cause: 'The question mark was percent-encoded, so that the query arrived as a part of the path.',
      advice: `Send the URL exactly as signRequest returned it, and ${PASS_ON}.`,
    };
  }
  if (arrived === `${signed}/` || signed === `${arrived}/`) {
    const what = arrived.length > signed.length ? 'a slash was added at its end' : 'the slash at its end was removed';
    return {
      what,
      cause: `The path was changed on the way to the gateway: ${what}. A redirect or a rewriting proxy does that.`,
      advice: `Call the path that the API has (${quote(arrived)}), or ${PASS_ON}.`,
    };
  }
  if (signed.endsWith(arrived) || (arrived === '/' && signed !== '/')) {
    const missing = arrived === '/' ? signed : signed.slice(0, -arrived.length);
    return {
      what: `its beginning ${quote(missing)} is missing`,
      cause: `The beginning of the path, ${quote(missing)}, was stripped on the way to the gateway: a proxy's prefix, or a stage name that a proxy or the mapping of a custom domain name takes away.`,
      advice: `Sign the path that the gateway sees: leave ${quote(missing)} out of the endpoint, and add it to the URL after signing; or ${PASS_ON}.`,
    };
  }
  if (arrived.endsWith(signed) || (signed === '/' && arrived !== '/')) {
    const added = signed === '/' ? arrived : arrived.slice(0, -signed.length);
    return {
      what: `${quote(added)} was put before it`,
      cause: `${quote(added)} was put before the path on the way to the gateway: a proxy or CDN adds a prefix or the stage (CloudFront's origin path).`,
      advice: `Sign the path that the gateway sees: sign with ${quote(added)} in the endpoint's path, and take it out of the URL after signing; or ${PASS_ON}.`,
    };
  }
  if (decodeFully(signed) === decodeFully(arrived)) return encodingKind(signed, arrived);
  if (signed.replace(/\/+/g, '/') === arrived.replace(/\/+/g, '/')) {
    return {
      what: 'double slashes were joined or added',
      cause: `Double slashes in the path were treated differently by the signer and the gateway.${arrived.includes('//') ? ' Or the signer left them as well (normalizePath: false): then the secret access key is wrong.' : ''}`,
      advice: 'Join the parts of the URL with exactly one slash, or set normalizePath as the gateway has it.',
    };
  }
  if (signed.toLowerCase() === arrived.toLowerCase()) {
    return {
      what: 'upper and lower case differ',
      cause: 'The case of letters in the path was changed on the way to the gateway.',
      advice: `Use the path in the case that arrives, or ${PASS_ON}.`,
    };
  }
  return {
    what: 'it was rewritten',
    cause: 'The path was rewritten on the way to the gateway.',
    advice: `Sign the path that the gateway sees, or ${PASS_ON}.`,
  };
}

function encodingKind(signed: string, arrived: string): Kind {
  const wasDecoded = decodeOnce(signed) === arrived || count(signed) > count(arrived);
  const wasEncoded = signed === decodeOnce(arrived) || count(signed) < count(arrived);
  const what = wasDecoded
    ? 'percent-encoding was taken away'
    : wasEncoded
      ? 'characters were percent-encoded'
      : 'it is percent-encoded differently';
  return {
    what,
    cause: `The path names the same thing, but its encoding was changed on the way to the gateway: ${what}. Proxies and HTTP clients that decode and encode paths again do that.`,
    advice: `Send the URL exactly as signRequest returned it, and ${PASS_ON}; or avoid characters in paths that need encoding.`,
  };
}

const count = (path: string): number => path.split('%').length;
