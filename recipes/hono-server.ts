import { Hono } from 'hono';
import { verifyRequest } from 'sigv4-client/verify';
import type { VerifyOptions } from 'sigv4-client/verify';

export const serve = (options: VerifyOptions) =>
  new Hono<{ Variables: { accessKeyId: string } }>()
    .use(async (c, next) => {
      const result = await verifyRequest(c.req.raw.clone(), options);
      if (!result.ok) return c.text(result.code, 403);
      c.set('accessKeyId', result.accessKeyId);
      return next();
    })
    .all('*', (c) => c.text(`Hello ${c.get('accessKeyId')}`));
