/** Two canonical requests and two strings to sign, side by side. */
import { comparePayloads } from './body.js';
import type { Canonical } from './canonical.js';
import { compareClocks, parseAmzDate } from './clock.js';
import { change } from './difference.js';
import type { Difference } from './difference.js';
import { compareHeaders } from './header.js';
import { comparePaths } from './path.js';
import { compareQueries } from './query.js';
import type { Answer } from './refusal.js';
import { wrongSecret } from './secret.js';
import { recompute } from './signed.js';
import type { Ours, Signed } from './signed.js';
import type { Explanation } from './types.js';

const MAX_SKEW = 5 * 60_000;
const WHAT_TO_CHECK =
  "Check in this order: the secret access key belongs to the access key id; the signed URL, method, headers and body are sent as signRequest returned them; no proxy or CDN changes host, path, query, content-type or body; region and service are the gateway's; the clock is right.";

/** The gateway computed another signature: where does it differ? */
export function explainMismatch(answer: Answer, signed: Signed): Explanation {
  const ours = recompute(signed);
  const { canonical: theirs, stringToSign } = answer;
  if (!ours || !theirs) return withoutDetails(theirs === undefined);
  // The hash is that of the whole canonical request, also where a log has masked parts of the message.
  const isSame = stringToSign?.hash === ours.stringToSign.hash;
  const differences = isSame ? [] : compare(ours, theirs, signed);
  if (stringToSign) differences.push(...compareScopes(ours, stringToSign));
  if (differences.length > 0) return combine(differences);
  const isWhole = isSame || (!stringToSign && ours.isBodyKnown && ours.unknownHeaders.size === 0);
  return isWhole ? wrongSecret(signed) : unknownPart(ours);
}

/** The deeper cause comes first: a rewritten method or host explains changes further down. */
function compare(ours: Ours, theirs: Canonical, signed: Signed): Difference[] {
  const { canonical } = ours;
  const headers = compareHeaders(ours, theirs);
  return [
    compareMethods(canonical.method, theirs.method),
    compareSignedHeaders(canonical.signedHeaders, theirs.signedHeaders),
    ...headers.filter(({ code }) => code === 'HostChanged'),
    comparePaths(canonical.path, theirs.path, signed.service !== 's3'),
    compareQueries(canonical.query, theirs.query),
    ours.isBodyKnown ? comparePayloads(canonical.payloadHash, theirs.payloadHash, signed) : undefined,
    ...headers.filter(({ code }) => code !== 'HostChanged'),
  ].filter((difference) => difference !== undefined);
}

function compareMethods(ours: string, theirs: string): Difference | undefined {
  if (ours === theirs) return undefined;
  const isRedirect = theirs === 'GET' && ours !== 'HEAD';
  const isCase = ours.toUpperCase() === theirs.toUpperCase();
  return {
    code: 'MethodChanged',
    place: 'the method',
    what: change(ours, theirs) + (isCase ? ': upper and lower case differ' : ''),
    cause: isRedirect
      ? `The request was signed as ${ours} and arrived as GET: most likely a redirect (301, 302, 303) was followed, which turns it into a GET without a body.`
      : `The request was signed as ${ours} and arrived as ${theirs}: the HTTP client or a proxy changed the method.`,
    advice: isRedirect
      ? 'Call the URL that the redirect leads to (https instead of http, with or without the slash at the end), signed for that URL.'
      : isCase
        ? 'Write the method in upper case when signing and when sending: fetch leaves "patch" as it is.'
        : 'Pass the same method to signRequest and to the HTTP client; switch method overrides (X-HTTP-Method-Override) off on the way.',
  };
}

function compareSignedHeaders(ours: string, theirs: string): Difference | undefined {
  if (ours === theirs) return undefined;
  return authorizationChanged('the signed headers list', change(ours, theirs));
}

function compareScopes(ours: Ours, theirs: { amzDate: string; scope: string }): Difference[] {
  const { amzDate, scope } = ours.stringToSign;
  const differences: Difference[] = [];
  if (amzDate !== theirs.amzDate && !ours.canonical.headers.has('x-amz-date')) {
    differences.push(authorizationChanged('the date in the string to sign', change(amzDate, theirs.amzDate)));
  }
  if (scope !== theirs.scope)
    differences.push(authorizationChanged('the credential scope', change(scope, theirs.scope)));
  return differences;
}

/** A difference in what the signature says of itself. */
export function authorizationChanged(place: string, what: string): Difference {
  return {
    code: 'AuthorizationChanged',
    place,
    what,
    cause: `The gateway read another signature than was made: ${place} differs. The Authorization header (of a presigned URL: its query) was changed or replaced after signing, or the answer belongs to another attempt.`,
    advice:
      'Send the Authorization header exactly as signRequest returned it, let nothing else on the way sign or rewrite it, and compare the answer with the very request it refused.',
  };
}

/** One explanation of all differences; the first one's cause leads. */
export function combine(differences: readonly Difference[]): Explanation {
  const [first, ...others] = differences;
  if (!first) throw new TypeError('no difference to explain');
  const places = [...new Set(others.map(({ place }) => place))];
  const besides = places.length === 0 ? '' : ` What else differs: ${places.join(', ')}.`;
  return {
    code: first.code,
    cause: first.cause + besides,
    difference: differences.map(({ place, what }) => `${place}: ${what}`).join('\n'),
    advice: [...new Set(differences.map(({ advice }) => advice))].join('\n'),
  };
}

function unknownPart({ unknownHeaders, isBodyKnown }: Ours): Explanation {
  const unknown = [
    ...(isBodyKnown ? [] : ['the body']),
    ...[...unknownHeaders].map((name) => `the header ${name}`),
    ...(isBodyKnown && unknownHeaders.size === 0
      ? ['the values that are masked in the message (the session token)']
      : []),
  ];
  return {
    code: 'SignatureMismatch',
    cause: 'The gateway computed another signature. Everything that can be compared here is equal.',
    difference: `not comparable: ${unknown.join(', ')}`,
    advice: `Most likely something of this changed after signing: ${unknown.join(', ')}. If not, the secret access key does not belong to the access key id.`,
  };
}

/**
 * A signature that was refused, for all that the answer says.
 * @param now The device's clock, in milliseconds.
 */
export function explainRefusedSignature({ date }: Answer, signed: Signed, now: number): Explanation {
  const signedAt = parseAmzDate(signed.amzDate);
  const isClock = date !== undefined && signedAt !== undefined && Math.abs(signedAt - date) > MAX_SKEW;
  if (isClock && signed.expiresIn === undefined) return compareClocks(signedAt, date, now);
  return {
    code: 'SignatureMismatch',
    cause: 'The gateway refused the signature, and its answer does not say why.',
    advice: `Look whether a gateway response of your own replaces the text of INVALID_SIGNATURE (it should pass $context.error.message on). ${WHAT_TO_CHECK}`,
  };
}

function withoutDetails(isTheirsMissing: boolean): Explanation {
  const side = isTheirsMissing
    ? 'its answer does not say what it saw'
    : 'what was signed cannot be read from the request given here';
  return {
    code: 'SignatureMismatch',
    cause: `The gateway computed another signature than the request carries; ${side}.`,
    advice: WHAT_TO_CHECK,
  };
}
