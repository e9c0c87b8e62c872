/** Tells whether AWS throttled the request, so that the server surely did not act. */
import { parseEndpoint } from '../sigv4/index.js';
import { errorName, readAwsError } from '../util/index.js';
import { TYPE_HEADER } from './refusal.js';
import { headerOf, readErrorText } from './response.js';

const THROTTLED =
  /^(BandwidthLimitExceeded|EC2ThrottledException|LimitExceededException|PriorRequestNotComplete|ProvisionedThroughputExceededException|RequestLimitExceeded|RequestThrottled(Exception)?|SlowDown|Throttled(Exception)?|Throttling(Exception)?|TooManyRequestsException)$/;

/** Services in front of an app's API, whose answers may hold anything. */
const IN_FRONT = /^(appsync|execute-api|lambda|vpc-lattice-svcs)$/;

/** Whether a host is that of an AWS service without an app's API behind it. */
function isOwnService({ origin }: URL): boolean {
  const { isAws, service } = parseEndpoint(origin);
  return Boolean(isAws && service && !IN_FRONT.test(service));
}

/**
 * Whether AWS names throttling as the error, in a header, which pages often cannot see, or in the body.
 * @param response The response.
 * @param url The URL of the request.
 * @param isHarmless Whether the request may be done twice without harm. If not, only the answer of an AWS service without an API
 *   behind it counts: an API may act, and then pass on the throttling of a call of its own.
 */
export async function isThrottled(response: Response, url: URL, isHarmless: boolean): Promise<boolean> {
  const { status } = response;
  if (!isHarmless && !isOwnService(url)) return false;
  if (status < 500 && ![400, 403, 429].includes(status)) return false;
  const header = errorName(headerOf(response, TYPE_HEADER));
  return THROTTLED.test(header === '' ? readAwsError(await readErrorText(response)).code : header);
}

/** API Gateway's own body for too many requests. */
const GATEWAY_TEXT = /^\s*\{"message":\s*"(?:Too Many Requests|Limit Exceeded)"\}\s*$/;

/**
 * Whether a 429 surely does not come from an app's API, which may have acted before it answered: it comes from a service without an
 * API behind it, or has API Gateway's own header or body.
 * @param response The response, of status 429.
 * @param url The URL of the request.
 */
export async function isGatewayThrottle(response: Response, url: URL): Promise<boolean> {
  if (isOwnService(url)) return true;
  const header = errorName(headerOf(response, TYPE_HEADER));
  return header === '' ? GATEWAY_TEXT.test(await readErrorText(response)) : THROTTLED.test(header);
}
