import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { initTRPC } from '@trpc/server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { Apig } from 'sigv4-client/apig';

const t = initTRPC.create();
const router = t.router({ greet: t.procedure.query(() => 'Hello') });

/** The API, as its Lambda function serves it. */
export const api = (req: Request): Promise<Response> => fetchRequestHandler({ endpoint: '/trpc', req, router });

export function greet(apig: Apig, url: string): Promise<string> {
  const client = createTRPCClient<typeof router>({
    links: [httpBatchLink({ url: `${url}/trpc`, fetch: (input, init) => apig.fetch(input, init as RequestInit) })],
  });
  return client.greet.query();
}
