/** Which service a request is for. */
import { parseEndpoint } from '../../../sigv4/index.js';
import type { Signed } from '../../read/index.js';

/** API Gateway's signing name, which is also that of requests whose service is not known. */
export const API_GATEWAY = 'execute-api';

/**
 * The signing name of the service that a request was sent to: the one that an AWS host tells, or the one that it was signed for.
 */
export function serviceOf({ url, service }: Signed): string {
  return serviceOfHost(url) ?? (service || API_GATEWAY);
}

/** The signing name that an AWS host tells; `undefined` for other hosts. */
export function serviceOfHost(url: URL | undefined): string | undefined {
  if (!url || !/^(http|ws)s?:$/.test(url.protocol)) return undefined;
  const { service } = parseEndpoint(url.origin);
  // Bedrock's parts have hosts of their own; all but AgentCore have the same signing name.
  return service?.replace(/^bedrock(?!-agentcore)-.+/, 'bedrock');
}
