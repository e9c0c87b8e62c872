import { Hono } from 'hono';
import { verifyRequest } from 'sigv4-client/verify';
import type { VerifyOptions } from 'sigv4-client/verify';

/** `normalizePath: false`, since Hono routes `//notes` as another path than `/notes`; by default, as with AWS, both have one signature. */
export const serve = (options: VerifyOptions) =>
  new Hono<{ Variables: { accessKeyId: string } }>()
    .use(async (c, next) => {
      const result = await verifyRequest(c.req.raw, { ...options, normalizePath: false });
      if (!result.ok) return c.text(result.code, 403);
      c.set('accessKeyId', result.accessKeyId);
      return next();
    })
    .all('*', async (c) => c.text(`Hello ${c.get('accessKeyId')}. ${await c.req.text()}`)); // it was read from a copy
