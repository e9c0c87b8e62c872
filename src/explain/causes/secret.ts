/** Refusals of a signature although nothing was changed on the way. */
import type { Explanation } from '../../util/index.js';
import type { Signed } from '../read/index.js';

/** Another possible cause: something in the way of signing that the request does not show. */
interface Doubt {
  readonly cause: string;
  readonly unknown: string;
  readonly advice: string;
}

const KEYS =
  'Take access key id, secret access key and session token from the same credentials, at the same moment: a refresh between reading the one and the other mixes two sets. Look for white space or a lost character ("+", "/", "=") in a secret that was copied or read from a file.';

/** Explains a request that arrived as it was signed: the secret key is wrong, or one of the other causes applies. */
export function explainSecretKey(signed: Signed): Explanation {
  const wrong = `the secret access key is not the one that belongs to the access key id${shortKeyId(signed)}`;
  const doubts = [unsignedToken(signed), unresolvedPath(signed)].filter((doubt) => doubt !== undefined);
  if (doubts.length === 0) {
    return {
      code: 'WrongSecretKey',
      cause: `The gateway built the same canonical request and the same string to sign, and still got another signature: ${wrong}.`,
      difference: 'the signature alone: everything that was signed arrived unchanged',
      advice: KEYS,
    };
  }
  return {
    code: 'SignatureMismatch',
    cause: `The gateway computed another signature from the same request. Either ${[wrong, ...doubts.map(({ cause }) => cause)].join('; or ')}.`,
    difference: `the signature alone: everything that can be compared is equal; not known: ${doubts.map(({ unknown }) => unknown).join(', ')}`,
    advice: [...doubts.map(({ advice }) => advice), KEYS].join('\n'),
  };
}

/** The access key id, shortened; nothing where it has small letters, since it may be a secret access key set there by mistake. */
const shortKeyId = ({ accessKeyId }: Signed): string =>
  /^[A-Z\d]{9,}$/.test(accessKeyId) ? ` ${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}` : '';

/**
 * A session token that may not have been signed. A presigned URL does not tell; but where signers sort the query, a signed token comes
 * before `X-Amz-SignedHeaders`, and one that comes after it was added to the finished URL.
 */
function unsignedToken({ query, place }: Signed): Doubt | undefined {
  const names = query.map(([name]) => name.toLowerCase());
  const isBehind = names.indexOf('x-amz-security-token') > names.indexOf('x-amz-signedheaders');
  if (place !== 'query' || !isBehind) return undefined;
  return {
    cause: 'the session token was added after signing (signSessionToken: false), and this gateway wants it signed',
    unknown: 'whether the session token was signed',
    advice: 'Leave signSessionToken at its default, true: the token then is among what is signed.',
  };
}

/** A path with `//`, `.` or `..`: a request does not tell whether these were resolved for the signature. */
function unresolvedPath({ path, words }: Signed): Doubt | undefined {
  if (!/\/\/|\/(\.|%2e){1,2}(\/|$)/i.test(path)) return undefined;
  return {
    cause: 'one side resolved "//", "." and ".." in the path and the other did not (normalizePath)',
    unknown: 'whether the path was resolved before it was signed',
    advice: `Join the parts of the URL with exactly one slash and without dots; or, where the gateway resolves none, ${words.option('normalizePath: false')}.`,
  };
}
