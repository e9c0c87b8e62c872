import { createFetch } from 'ofetch';
import type { Apig } from 'sigv4-client/apig';

export function addNote(apig: Apig, baseURL: string): Promise<{ content: string }> {
  const api = createFetch({ fetch: apig.fetch, defaults: { baseURL, retry: 0 } });
  return api<{ content: string }>('/notes', { method: 'POST', body: { content: 'Milk' } });
}
