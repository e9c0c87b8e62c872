/** Which service a request is for. */
import { parseEndpoint } from '../../../sigv4/index.js';
import type { Signed } from '../../read/index.js';

/** The service of API Gateway, and of whatever does not say what it is. */
export const API_GATEWAY = 'execute-api';

/**
 * The signing name of the service that a request was sent to: what its AWS host states, else what it was signed for.
 */
export function serviceOf({ url, service }: Signed): string {
  return serviceOfHost(url) ?? (service || API_GATEWAY);
}

/** What an AWS host states; `undefined` for other hosts. */
export function serviceOfHost(url: URL | undefined): string | undefined {
  if (!url || !/^(http|ws)s?:$/.test(url.protocol)) return undefined;
  const { service } = parseEndpoint(url.origin);
  // Bedrock has a host for each of its parts, and one signing name for all but AgentCore.
  return service?.replace(/^bedrock(?!-agentcore)-.+/, 'bedrock');
}
