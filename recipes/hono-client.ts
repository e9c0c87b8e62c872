import { Hono } from 'hono';
import { hc } from 'hono/client';
import type { Apig } from 'sigv4-client/apig';

/** The API, as its Lambda function serves it. */
export const api = new Hono().get('/greetings/:name', (c) => c.json({ text: `Hello ${c.req.param('name')}` }));

export async function greet(apig: Apig, url: string): Promise<string> {
  const client = hc<typeof api>(url, { fetch: apig.fetch });
  const response = await client.greetings[':name'].$get({ param: { name: 'Ada' } });
  return (await response.json()).text;
}
