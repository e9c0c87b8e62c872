/** Refusals of requests without a signature, or with one that the gateway could not read. */
import type { Explanation } from '../../util/index.js';
import { hideSecrets, quote } from '../compare/index.js';
import type { Answer, Signed } from '../read/index.js';
import { API_GATEWAY } from './services/index.js';

/** A text that only API Gateway has. */
const NO_SUCH_ROUTE =
  'API Gateway answers the same for a path or method that the API does not have: check the stage, the path and the method, and that the API was deployed after they were added.';

const MISSING = /Missing Authentication Token/i;
const NOT_SIGNED = /headers present in the request which were not signed:?\s*([\w-]+(?:,\s*[\w-]+)*)/;
const INCOMPLETE =
  /missing equal-sign|Authorization header requires|Authorization header must|query-string parameters must|slash-delimited elements|Unsupported AWS 'algorithm'|must be a 'SignedHeader'|Date must be in ISO-8601/;

/**
 * Explains a refusal of a request that arrived without a signature, with two, or with an incomplete one.
 * @returns `undefined` where it is about something else.
 */
export function explainUnsigned({ message, type }: Answer, signed: Signed, service: string): Explanation | undefined {
  const isApiGateway = service === API_GATEWAY;
  if (MISSING.test(message) || type === 'MissingAuthenticationToken') {
    if (signed.place === 'none') return notSigned(signed, isApiGateway);
    return isApiGateway ? lostOrNoSuchRoute(signed) : signatureLost(signed);
  }
  if (message.includes("Found both 'X-Amz-Algorithm'")) return twoSignatures();
  const names = NOT_SIGNED.exec(message)?.[1];
  if (names !== undefined) return unsignedHeader(names.toLowerCase(), signed);
  return type === 'IncompleteSignature' || INCOMPLETE.test(message)
    ? incomplete(message, signed, isApiGateway)
    : undefined;
}

function notSigned({ words }: Signed, isApiGateway: boolean): Explanation {
  return {
    code: 'NotSigned',
    cause: 'The request was not signed: it has no Authorization header of AWS4-HMAC-SHA256.',
    difference: 'the header authorization: missing in what was sent',
    advice: isApiGateway ? `${words.sign} ${NO_SUCH_ROUTE}` : words.sign,
  };
}

const carrierOf = (place: Signed['place']): string =>
  place === 'query' ? 'the query with the signature' : 'the header authorization';

const PASS_QUERY = 'Let proxies and CDNs pass the whole query on.';
const NO_REDIRECTS =
  "do not follow redirects to another host (fetch drops Authorization there), and do not fetch with mode: 'no-cors', which drops it too.";

/** Explains the answer of services other than API Gateway, which they give only where no signature arrived. */
function signatureLost({ place }: Signed): Explanation {
  const carrier = carrierOf(place);
  return {
    code: 'MissingAuthentication',
    cause: `The request was signed, but ${carrier} did not reach the service.`,
    difference: `${carrier}: signed, but dropped on the way`,
    advice: place === 'query' ? PASS_QUERY : `Let proxies and CDNs pass Authorization on, ${NO_REDIRECTS}`,
  };
}

function lostOrNoSuchRoute({ place, url, method }: Signed): Explanation {
  const carrier = carrierOf(place);
  return {
    code: 'MissingAuthentication',
    cause: `The request was signed, but either ${carrier} did not reach the gateway, or the API has no such path and method: the answer is the same.`,
    difference: `${carrier}: signed, but perhaps dropped on the way; or the path ${quote(url?.pathname ?? '')} with the method ${hideSecrets(method)}: perhaps unknown to the API`,
    advice:
      place === 'query'
        ? `${PASS_QUERY} ${NO_SUCH_ROUTE}`
        : `First: ${NO_SUCH_ROUTE} Then: let proxies and CDNs pass Authorization on (CloudFront drops it from GET requests unless the cache policy or the origin request policy names it), ${NO_REDIRECTS}`,
  };
}

function twoSignatures(): Explanation {
  return {
    code: 'TwoSignatures',
    cause: 'The request carries two ways to authenticate: a signature in its query, and an Authorization header.',
    difference: 'the header authorization: sent along with a presigned URL',
    advice:
      'Fetch a presigned URL without an Authorization header. Look for an HTTP client, interceptor or proxy that adds one to every request.',
  };
}

/**
 * Explains headers that should have been signed.
 * @param names The names of the headers that arrived unsigned, in lower case, joined by commas.
 */
function unsignedHeader(names: string, signed: Signed): Explanation {
  const isOurs = signed.headers.has(names.split(',')[0]!);
  const how = isOurs
    ? 'It was added to the headers after signing.'
    : 'A proxy, CDN or HTTP client added it on the way.';
  return {
    code: 'HeaderAdded',
    cause: `The gateway saw ${names}, which is not among the signed headers; x-amz-* headers have to be. ${how}`,
    difference: `the header ${names}: arrived, but was not signed`,
    advice: isOurs ? adviceToSign(names) : adviceToFind(names),
  };
}

function adviceToSign(names: string): string {
  return names === 'x-amz-security-token'
    ? 'Leave signSessionToken at its default, true: this gateway wants the token signed.'
    : `State ${names} with the other headers before the request is signed.`;
}

function adviceToFind(names: string): string {
  return `Find out what adds ${names} on the way and switch that off, or sign the same header with the same value.`;
}

function incomplete(message: string, signed: Signed, isApiGateway: boolean): Explanation {
  if (signed.amzDate !== '' && message.includes("existence of either a 'X-Amz-Date'")) return dateDropped(signed);
  if (signed.amzDate !== '' && message.includes('Date must be in ISO-8601')) return dateUnreadable(signed);
  const carrier = signed.place === 'query' ? 'the query' : 'the header authorization';
  return signed.place === 'none' ? otherScheme(carrier, message, isApiGateway) : signatureUnreadable(carrier, message);
}

const KEEP_DATE = 'Send the signed headers as they are, each once, and let proxies pass x-amz-date on unchanged.';

function dateDropped({ amzDate }: Signed): Explanation {
  return {
    code: 'HeaderDropped',
    cause: 'The header x-amz-date was signed, but did not reach the gateway.',
    difference: `the header x-amz-date: signed as ${quote(amzDate)}, did not arrive`,
    advice: KEEP_DATE,
  };
}

function dateUnreadable({ amzDate }: Signed): Explanation {
  return {
    code: 'HeaderChanged',
    cause: 'The header x-amz-date was signed, but reached the gateway as something else, or twice.',
    difference: `the header x-amz-date: signed as ${quote(amzDate)}, arrived in another form`,
    advice: KEEP_DATE,
  };
}

function otherScheme(carrier: string, message: string, isApiGateway: boolean): Explanation {
  return {
    code: 'IncompleteSignature',
    cause:
      'The request carries another kind of authorization than a signature, such as a bearer token, and the gateway tried to read it as one.',
    difference: `${carrier}: ${howItArrived(message)}`,
    advice: isApiGateway
      ? `Where the method has IAM authorization, sign the request. Where it takes tokens (a Cognito or JWT authorizer), the path or method is unknown to the API: ${NO_SUCH_ROUTE}`
      : 'Sign the request, in place of what the header authorization holds now.',
  };
}

function signatureUnreadable(carrier: string, message: string): Explanation {
  return {
    code: 'IncompleteSignature',
    cause: `The request was signed, but the gateway could not read the signature: ${carrier} was replaced, added to or cut on the way, or one of the keys holds white space or a slash.`,
    difference: `${carrier}: signed as "AWS4-HMAC-SHA256 …", ${howItArrived(message)}`,
    advice:
      'Look for an HTTP client, interceptor or proxy that sets Authorization itself (a bearer token for every request) or sends it twice, and switch it off for this API. Check the access key id for white space and line breaks.',
  };
}

/** How the gateway describes the header that it could not read. Of the header itself, only the scheme is shown. */
function howItArrived(message: string): string {
  // ISO-8601's 'basic format', of which AWS's text on dates speaks, is no scheme.
  const scheme = /['=](?!basic format)(Bearer|Basic|Digest|Negotiate) /i.exec(message)?.[1];
  if (scheme !== undefined) return `arrived as ${quote(`${scheme} …`)}`;
  const missing = missingParameters(message);
  return missing.length > 0
    ? `arrived without ${missing.join(', ')}`
    : 'arrived in a form that the gateway cannot read';
}

/** The parameters that the gateway names as missing, each once. */
function missingParameters(message: string): string[] {
  const found = message.match(/(?:requires|include) '[\w-]+'/g) ?? [];
  return [...new Set(found.map((text) => text.slice(text.indexOf("'") + 1, -1)))];
}
