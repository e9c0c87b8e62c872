import { createSignedFetch } from 'sigv4-client';
import type { CredentialProvider } from 'sigv4-client';

/** CloudFront puts the host of its origin, the API's own, into `Host`: that is what has to be signed. */
export function read(credentials: CredentialProvider, distribution: string, signedHost: string): Promise<Response> {
  const signedFetch = createSignedFetch({ credentials, signedHost });
  return signedFetch(`${distribution}/dev/notes`);
}
