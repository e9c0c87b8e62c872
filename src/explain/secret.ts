/** Nothing changed on the way, and yet the signature is wrong. */
import type { Signed } from './signed.js';
import type { Explanation } from './types.js';

/** What a request does not show of its signing, and what may be the cause therefore. */
interface Doubt {
  cause: string;
  unknown: string;
  advice: string;
}

const KEYS =
  'Take access key id, secret access key and session token from the same credentials, at the same moment: a refresh between reading the one and the other mixes two sets. Look for white space or a lost character ("+", "/", "=") in a secret that was copied or read from a file.';

/** Everything arrived as it was signed: the secret key is wrong, unless the request leaves a doubt. */
export function wrongSecret(signed: Signed): Explanation {
  const { accessKeyId } = signed;
  const key = accessKeyId.length > 8 ? ` ${accessKeyId.slice(0, 4)}…${accessKeyId.slice(-4)}` : '';
  const wrong = `the secret access key is not the one that belongs to the access key id${key}`;
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

/** In the signed query, which is sorted, the token stands before the list of signed headers. */
function unsignedToken({ url, place }: Signed): Doubt | undefined {
  const names = [...(url?.searchParams.keys() ?? [])].map((name) => name.toLowerCase());
  const isBehind = names.indexOf('x-amz-security-token') > names.indexOf('x-amz-signedheaders');
  if (place !== 'query' || !isBehind) return undefined;
  return {
    cause: 'the session token was added after signing (signSessionToken: false), and this gateway wants it signed',
    unknown: 'whether the session token was signed',
    advice: 'Leave signSessionToken at its default, true: the token then is among what is signed.',
  };
}

/** The default is to resolve them, but for S3; that a client was told otherwise does not show. */
function unresolvedPath({ path }: Signed): Doubt | undefined {
  if (!/\/\/|\/(\.|%2e){1,2}(\/|$)/i.test(path)) return undefined;
  return {
    cause: 'one side resolved "//", "." and ".." in the path and the other did not (normalizePath)',
    unknown: 'whether the path was resolved before it was signed',
    advice:
      'Join the parts of the URL with exactly one slash and without dots, or set normalizePath as the gateway has it.',
  };
}
