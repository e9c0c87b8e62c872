/** No signature, or none that the gateway could read. */
import { quote } from './difference.js';
import type { Answer } from './refusal.js';
import type { Signed } from './signed.js';
import type { Explanation } from './types.js';

const NO_SUCH_ROUTE =
  'API Gateway answers the same for a path or method that the API does not have: check the stage, the path and the method, and that the API was deployed after they were added.';

/** Explains a refusal of a request that came without a signature, with two, or with half of one. */
export function explainUnsigned(answer: Answer, signed: Signed): Explanation | undefined {
  const { message, type } = answer;
  if (/Missing Authentication Token/i.test(message) || type.startsWith('MissingAuthenticationToken'))
    return missing(signed);
  if (/Found both 'X-Amz-Algorithm'/i.test(message)) return both();
  const notSigned = /headers present in the request which were not signed:?\s*([\w-]+(?:,\s*[\w-]+)*)/i.exec(message);
  if (notSigned) return unsignedHeader(notSigned[1]!.toLowerCase(), signed);
  const isIncomplete =
    type.startsWith('IncompleteSignature') ||
    /missing equal-sign|Authorization header requires|Authorization header must|query-string parameters must|slash-delimited elements|Unsupported AWS 'algorithm'|must be a 'SignedHeader'|Date must be in ISO-8601/i.test(
      message,
    );
  return isIncomplete ? incomplete(message, signed) : undefined;
}

function missing(signed: Signed): Explanation {
  if (signed.place === 'none') {
    return {
      code: 'NotSigned',
      cause: 'The request was not signed: it has no Authorization header of AWS4-HMAC-SHA256.',
      difference: 'the header authorization: missing in what was sent',
      advice: `Send what signRequest returns, with its headers: fetch(signed.url, signed). ${NO_SUCH_ROUTE}`,
    };
  }
  const carrier = signed.place === 'query' ? 'the query with the signature' : 'the header authorization';
  return {
    code: 'MissingAuthentication',
    cause: `The request was signed, but either ${carrier} did not reach the gateway, or the API has no such path and method: the answer is the same.`,
    difference: `${carrier}: signed, but perhaps dropped on the way; or the path ${quote(signed.url?.pathname ?? '')} with the method ${signed.method}: perhaps unknown to the API`,
    advice:
      signed.place === 'query'
        ? `Let proxies and CDNs pass the whole query on. ${NO_SUCH_ROUTE}`
        : `First: ${NO_SUCH_ROUTE} Then: let proxies and CDNs pass Authorization on (CloudFront drops it from GET requests unless the cache policy or the origin request policy names it), do not follow redirects to another host (fetch drops Authorization there), and do not fetch with mode: 'no-cors', which drops it too.`,
  };
}

function both(): Explanation {
  return {
    code: 'TwoSignatures',
    cause: 'The request carries two ways to authenticate: a signature in its query, and an Authorization header.',
    difference: 'the header authorization: sent along with a presigned URL',
    advice:
      'Fetch a presigned URL without an Authorization header. Look for an HTTP client, interceptor or proxy that adds one to every request.',
  };
}

function unsignedHeader(names: string, signed: Signed): Explanation {
  const isOurs = signed.headers.has(names.split(',')[0]!);
  return {
    code: 'HeaderAdded',
    cause: `The gateway saw ${names}, which is not among the signed headers; x-amz-* headers have to be. ${isOurs ? 'It was added to the headers after signing.' : 'A proxy, CDN or HTTP client added it on the way.'}`,
    difference: `the header ${names}: arrived, but was not signed`,
    advice: isOurs
      ? names === 'x-amz-security-token'
        ? 'Leave signSessionToken at its default, true: this gateway wants the token signed.'
        : `Pass ${names} to signRequest with the other headers.`
      : `Find out what adds ${names} on the way and switch that off, or sign the same header with the same value.`,
  };
}

function incomplete(message: string, signed: Signed): Explanation {
  if (/Date must be in ISO-8601|existence of either a 'X-Amz-Date'/i.test(message) && signed.amzDate !== '') {
    const isMissing = /existence of either/i.test(message);
    return {
      code: isMissing ? 'HeaderDropped' : 'HeaderChanged',
      cause: `The header x-amz-date was signed, but ${isMissing ? 'did not reach the gateway' : 'reached the gateway as something else, or twice'}.`,
      difference: `the header x-amz-date: signed as ${quote(signed.amzDate)}, ${isMissing ? 'did not arrive' : 'arrived in another form'}`,
      advice: 'Send the signed headers as they are, each once, and let proxies pass x-amz-date on unchanged.',
    };
  }
  const scheme = /['"=](Bearer|Basic|Digest|Negotiate)\b/i.exec(message)?.[1];
  const parameters = [
    ...new Set(Array.from(message.matchAll(/(?:requires|include) '([\w-]+)'/g), ([, name = '']) => name)),
  ];
  const arrived = scheme
    ? `arrived as ${quote(`${scheme} …`)}`
    : parameters.length > 0
      ? `arrived without ${parameters.join(', ')}`
      : 'arrived in a form that the gateway cannot read';
  const carrier = signed.place === 'query' ? 'the query' : 'the header authorization';
  if (signed.place === 'none') {
    return {
      code: 'IncompleteSignature',
      cause:
        'The request carries another kind of authorization than a signature, such as a bearer token, and the gateway tried to read it as one.',
      difference: `${carrier}: ${arrived}`,
      advice: `Where the method has IAM authorization, sign the request. Where it takes tokens (a Cognito or JWT authorizer), the path or method is unknown to the API: ${NO_SUCH_ROUTE}`,
    };
  }
  return {
    code: 'IncompleteSignature',
    cause: `The request was signed, but the gateway could not read the signature: ${carrier} was replaced, added to or cut on the way, or one of the keys holds white space or a slash.`,
    difference: `${carrier}: signed as "AWS4-HMAC-SHA256 …", ${arrived}`,
    advice:
      'Look for an HTTP client, interceptor or proxy that sets Authorization itself (a bearer token for every request) or sends it twice, and switch it off for this API. Check the access key id for white space and line breaks.',
  };
}
