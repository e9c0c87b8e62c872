import { GraphQLClient } from 'graphql-request';
import { createSignedFetch } from 'sigv4-client';
import type { CredentialProvider } from 'sigv4-client';

/** AppSync with IAM authorization. */
export function client(credentials: CredentialProvider, url: string): GraphQLClient {
  return new GraphQLClient(url, { fetch: createSignedFetch({ credentials, service: 'appsync', region: 'us-east-1' }) });
}
