import ky from 'ky';
import type { Apig } from 'sigv4-client/apig';

export function addNote(apig: Apig, prefixUrl: string): Promise<{ content: string }> {
  const api = ky.create({ prefixUrl, fetch: apig.fetch, retry: 0 }); // apig.fetch retries by itself
  return api.post('notes', { json: { content: 'Milk' } }).json<{ content: string }>();
}
