import type { IncomingMessage, ServerResponse } from 'node:http';
import { fromNodeRequest, verifyRequest } from 'sigv4-client/verify';
import type { VerifyOptions } from 'sigv4-client/verify';

/**
 * Behind `app.use(express.raw({ type: () => true }))`, which leaves the bytes as they came: JSON that was parsed has another hash.
 * Of Express 4 and 5, for `app.use(checkSignature({ credentials, region, service }))`.
 */
export function checkSignature(options: VerifyOptions) {
  // Express routes a path as it was sent: by default a signature for `/notes` is good for `/admin/../notes` as well, as with AWS.
  const rules = { ...options, normalizePath: false };
  return async (request: IncomingMessage & { body?: unknown }, response: ServerResponse, next: () => void) => {
    const body = Buffer.isBuffer(request.body) ? request.body : undefined;
    const result = await verifyRequest(fromNodeRequest(request, { body }), rules);
    if (result.ok) next();
    else response.writeHead(403).end(result.code);
  };
}
