/** Cross-origin requests of browsers. */

/**
 * The `Access-Control-*` headers of the local servers: any origin, whatever headers and method the browser asks for.
 * They stand on machines of developers, so being permissive is the point.
 *
 * @param request The request that is being answered, a preflight or a real one.
 * @returns Headers to put on the answer; empty when the request has no `Origin`, thus comes from no browser.
 */
export function corsHeaders(request: Request): Record<string, string> {
  const origin = request.headers.get('origin');
  if (origin === null) return {};
  const headers: Record<string, string> = {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers':
      'Date, x-amzn-RequestId, x-amzn-ErrorType, x-amzn-ErrorMessage, x-amz-apigw-id, apigw-requestid, x-amzn-Trace-Id',
    Vary: 'Origin',
  };
  if (isPreflight(request)) {
    headers['Access-Control-Allow-Methods'] = 'GET,HEAD,POST,PUT,PATCH,DELETE,OPTIONS';
    headers['Access-Control-Allow-Headers'] =
      request.headers.get('access-control-request-headers') ?? 'authorization,content-type,x-amz-date';
    headers['Access-Control-Max-Age'] = '600';
    headers.Vary = 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers';
  }
  return headers;
}

/** Whether a browser asks for permission to send another request. */
export const isPreflight = (request: Request): boolean =>
  request.method === 'OPTIONS' && request.headers.has('access-control-request-method');
