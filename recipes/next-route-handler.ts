import { createSignedFetch } from 'sigv4-client';
import type { CredentialProvider } from 'sigv4-client';

/** Of `app/notes/route.ts`: `export const GET = handler(fromNodeProviderChain(), process.env.API_URL!)`. */
export function handler(credentials: CredentialProvider, api: string) {
  const signedFetch = createSignedFetch({ credentials, region: 'us-east-1', timeout: 10_000 });
  return async (request: Request): Promise<Response> => {
    const { search } = new URL(request.url);
    const answer = await signedFetch(`${api}/notes${search}`, { signal: request.signal });
    return Response.json(await answer.json(), { status: answer.status });
  };
}
