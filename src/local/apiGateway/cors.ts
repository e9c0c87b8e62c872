/** Which answers of the gateway a page may read. */
import { corsHeaders } from '../http/index.js';
import type { CorsOptions } from './options.js';

/**
 * The `Access-Control-*` headers of an answer.
 * @param request What is answered, a preflight or a real one.
 * @param from Who answers: the API, or the gateway in its place, with a refusal.
 * @param cors The option.
 * @returns Empty for a page that may not read the answer, and for whoever is no page.
 */
export function gatewayCors(
  request: Request,
  from: 'api' | 'gateway',
  cors: boolean | CorsOptions,
): Record<string, string> {
  const { refusals = true, origins, headers: allowed } = rulesOf(cors);
  const origin = request.headers.get('origin') ?? '';
  if ((from === 'gateway' && !refusals) || origins?.includes(origin) === false) return {};
  const headers = corsHeaders(request);
  if (allowed === undefined || !('Access-Control-Allow-Headers' in headers)) return headers;
  return { ...headers, 'Access-Control-Allow-Headers': allowed.join(',') };
}

function rulesOf(cors: boolean | CorsOptions): CorsOptions {
  if (cors === false) return { origins: [] };
  return cors === true ? {} : cors;
}
