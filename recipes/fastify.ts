import fastify from 'fastify';
import { fromNodeRequest, verifyRequest } from 'sigv4-client/verify';
import type { VerifyOptions } from 'sigv4-client/verify';

export function serve(options: VerifyOptions) {
  // Fastify routes a path as it was sent: by default a signature for `/notes` is good for `/admin/../notes` as well, as with AWS.
  const rules = { ...options, normalizePath: false };
  const app = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body); // the bytes as they came
  });
  app.addHook('preHandler', async (request, reply) => {
    const result = await verifyRequest(fromNodeRequest(request, { body: request.body as Buffer | undefined }), rules);
    if (!result.ok) await reply.code(403).send(result.code);
  });
  app.all('*', (_request, reply) => reply.send('Hello'));
  return app;
}
