/** Which service a request is for. */
import type { readAwsHost } from '../../../sigv4/index.js';
import { parseEndpoint } from '../../../sigv4/index.js';
import type { Signed } from '../../read/index.js';

/** API Gateway's signing name, which is also that of requests whose service is not known. */
export const API_GATEWAY = 'execute-api';

/** The service and the region that an AWS host states; nothing for all others, and for a URL that cannot be signed for. */
export function statedBy(url: URL | undefined): ReturnType<typeof readAwsHost> {
  try {
    return parseEndpoint(url?.origin);
  } catch {
    return {};
  }
}

/**
 * The signing name of the service that a request was sent to: the one that an AWS host tells, or the one that it was signed for.
 */
export const serviceOf = ({ url, service }: Signed): string => statedBy(url).service ?? (service || API_GATEWAY);
