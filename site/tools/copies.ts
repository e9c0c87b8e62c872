/** A signed request as something to paste elsewhere. */
import type { SignedRequest } from '../../src/sigv4/index.js';

/** A request, and whom it is signed for. Holds no key. */
export interface Described {
  readonly endpoint: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly region: string;
  readonly service: string;
  readonly hasToken: boolean;
  /** The host that is signed, where it is not the endpoint's. */
  readonly signedHost?: string;
  /** For a presigned URL: how long it is good, in seconds. */
  readonly expiresIn?: number;
}

/** As a call of `fetch`. */
export function asFetch({ url, method, headers, body }: SignedRequest): string {
  const init = { method, headers, ...(body !== undefined && { body }) };
  return `await fetch(${JSON.stringify(url)}, ${JSON.stringify(init, null, 2)});`;
}

/** As a command, for POSIX shells. */
export function asCurl({ url, method, headers, body }: SignedRequest): string {
  const parts = [
    `curl ${method === 'GET' ? '' : `-X ${quote(method)} `}${quote(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quote(body as string)}`]),
  ];
  return parts.join(' \\\n  ');
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** As TypeScript that signs it anew, with keys from the environment. */
export function asTypeScript(request: Described): string {
  const { endpoint, path, method, headers, body, region, service, hasToken, signedHost, expiresIn } = request;
  const input = { method, path, ...(Object.keys(headers).length > 0 && { headers }), ...(body !== '' && { body }) };
  const send =
    expiresIn === undefined
      ? `const signed = client.signRequest(${JSON.stringify(input, null, 2)});
const response = await fetch(signed.url, signed);`
      : `const url = client.presignUrl(${JSON.stringify({ method, path, expiresIn }, null, 2)});
const response = await fetch(url, { method: ${JSON.stringify(method)} });`;
  return `import { newClient } from 'sigv4-client';

const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY${hasToken ? ', AWS_SESSION_TOKEN' : ''} } = process.env;
const client = newClient({
  credentials: {
    accessKeyId: AWS_ACCESS_KEY_ID!,
    secretAccessKey: AWS_SECRET_ACCESS_KEY!,${hasToken ? '\n    sessionToken: AWS_SESSION_TOKEN!,' : ''}
  },
  region: ${JSON.stringify(region)},
  service: ${JSON.stringify(service)},
  endpoint: ${JSON.stringify(endpoint)},${signedHost === undefined ? '' : `\n  signedHost: ${JSON.stringify(signedHost)},`}
});
${send}
`;
}
