import createClient from 'openapi-fetch';
import type { Apig } from 'sigv4-client/apig';

/** What `npx openapi-typescript` makes of the API's description. */
interface paths {
  '/notes': {
    post: {
      requestBody: { content: { 'application/json': { content: string } } };
      responses: { 201: { content: { 'application/json': { id: string; content: string } } } };
    };
  };
}

export async function addNote(apig: Apig, baseUrl: string): Promise<string | undefined> {
  const api = createClient<paths>({ baseUrl, fetch: apig.fetch });
  const { data } = await api.POST('/notes', { body: { content: 'Milk' } });
  return data?.content;
}
