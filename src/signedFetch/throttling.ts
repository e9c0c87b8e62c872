/** Did AWS throttle the request? Then the server surely did not act. */
import { parseEndpoint } from '../sigv4/index.js';
import { errorName, readAwsError } from '../util/index.js';
import { TYPE_HEADER } from './refusal.js';
import { headerOf, readErrorText } from './response.js';

const THROTTLED =
  /^(BandwidthLimitExceeded|EC2ThrottledException|LimitExceededException|PriorRequestNotComplete|ProvisionedThroughputExceededException|RequestLimitExceeded|RequestThrottled(Exception)?|SlowDown|Throttled(Exception)?|Throttling(Exception)?|TooManyRequestsException)$/;

/** Services behind which there are APIs, which could pass on anything. */
const IN_FRONT = /^(appsync|execute-api|lambda|vpc-lattice-svcs)$/;

/** Whether a host is one of AWS's own services, behind which there is no API. */
function isOwnService({ origin }: URL): boolean {
  const { isAws, service } = parseEndpoint(origin);
  return Boolean(isAws && service && !IN_FRONT.test(service));
}

/**
 * Whether AWS names throttling as the error: in a header, which pages often cannot see, or in the body.
 * @param response The response.
 * @param url The URL of the request.
 * @param isHarmless Whether doing it twice does no harm. Otherwise it counts only where AWS's own service answers: an API may
 *   pass on what a call of its own got, header and body, after it has acted.
 */
export async function isThrottled(response: Response, url: URL, isHarmless: boolean): Promise<boolean> {
  const { status } = response;
  if (!isHarmless && !isOwnService(url)) return false;
  if (status < 500 && ![400, 403, 429].includes(status)) return false;
  const header = errorName(headerOf(response, TYPE_HEADER));
  return THROTTLED.test(header === '' ? readAwsError(await readErrorText(response)).code : header);
}

/** What API Gateway itself says of too many requests; an API behind it has words of its own. */
const GATEWAY_TEXT = /^\s*\{"message":\s*"(?:Too Many Requests|Limit Exceeded)"\}\s*$/;

/**
 * Whether a 429 is surely no word of an API, which may have acted before it: it comes from a service of AWS's own, or it is what
 * API Gateway says itself, whichever host it stands behind.
 * @param response The response, of status 429.
 * @param url The URL of the request.
 */
export async function isGatewayThrottle(response: Response, url: URL): Promise<boolean> {
  if (isOwnService(url)) return true;
  const header = errorName(headerOf(response, TYPE_HEADER));
  return header === '' ? GATEWAY_TEXT.test(await readErrorText(response)) : THROTTLED.test(header);
}
