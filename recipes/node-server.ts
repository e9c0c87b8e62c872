import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { fromNodeRequest, verifyRequest } from 'sigv4-client/verify';
import type { VerifyOptions } from 'sigv4-client/verify';

export const serve = (options: VerifyOptions) =>
  createServer((request, response) => {
    const answer = async () => {
      const rules = { ...options, normalizePath: false }; // for one who acts on `request.url`: `result.path` is resolved by default
      const result = await verifyRequest(fromNodeRequest(request, { body: await buffer(request) }), rules);
      response.writeHead(result.ok ? 200 : 403).end(result.ok ? `Hello ${result.accessKeyId}` : result.code);
    };
    answer().catch(() => response.writeHead(500).end());
  });
