import { createSignedFetch, newClient } from 'sigv4-client';
import type { AwsCredentials } from 'sigv4-client';

/** Uploads and downloads with a signature in the header. */
export async function copy(credentials: AwsCredentials, bucket: string, text: string): Promise<string> {
  const signedFetch = createSignedFetch({ credentials, service: 's3', region: 'us-east-1' });
  await signedFetch(`${bucket}/notes/1.txt`, { method: 'PUT', body: text });
  return (await signedFetch(`${bucket}/notes/1.txt`)).text();
}

/** A link that uploads one file, or downloads it, for somebody without credentials. */
export function link(credentials: AwsCredentials, endpoint: string, method: 'GET' | 'PUT'): string {
  const client = newClient({ credentials, endpoint, service: 's3', region: 'us-east-1' });
  return client.presignUrl({ method, path: '/notes/1.txt', expiresIn: 900 });
}
