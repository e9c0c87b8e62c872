/** Requests signed by others' signers, as they stood on the wire: of aws4, @smithy/signature-v4, aws4fetch and AWS SDK v3. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { CognitoIdentityClient, ListIdentityPoolsCommand } from '@aws-sdk/client-cognito-identity';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import aws4 from 'aws4';
import { AwsClient } from 'aws4fetch';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { verifyRequest } from '../../src/verify';
import type { VerifyOptions, VerifyResult, WireRequest } from '../../src/verify';
import { withoutUnset } from './verifyHarness';
import { closeServer, listenLocally } from './localServer';

export const region = 'eu-west-1';
export const accessKeyId = 'ASIAIOSFODNN7EXAMPLE';
export const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const sessionToken = 'IQoJb3JpZ2luX2Vj/+token==';
export const keys = { accessKeyId, secretAccessKey, sessionToken };
export const expiration = new Date('2100-01-01T00:00:00Z');

export interface Wire extends WireRequest {
  headers: [string, string][];
  body: string;
}

let server: Server;
export let origin: string;
let recorded: Wire[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      const headers: [string, string][] = [];
      for (let i = 0; i < request.rawHeaders.length; i += 2)
        headers.push([request.rawHeaders[i]!, request.rawHeaders[i + 1]!]);
      recorded.push({ method: request.method!, target: request.url!, headers, body });
      response.setHeader('content-type', 'application/x-amz-json-1.1').end('{}');
    });
  });
  ({ url: origin } = await listenLocally(server));
});
afterAll(() => closeServer(server));

/** The one request that a signer sends. */
export async function record(send: () => Promise<unknown>): Promise<Wire> {
  recorded = [];
  await send();
  expect(recorded).toHaveLength(1);
  return recorded[0]!;
}

export const path = "/dev/notes/a%20b/c@d:e(f)*,;=+!'$&~/%C3%A9";
const query = 'b=2&a=1&a=0&empty=&reserved=%26%3D%2B%2F%3F%23&text=%C3%A9%20%E6%BC%A2';
const body = '{"text":"é — 漢字"}';

/** What a signer signs, sent with fetch, which adds headers of its own. */
async function sendSigned(
  url: string,
  method: string,
  headers: Record<string, string>,
  content?: string,
): Promise<void> {
  const sent = Object.entries(headers).filter(([name]) => !/^(host|content-length)$/i.test(name));
  await fetch(url, { method, headers: sent, ...(content === undefined ? {} : { body: content }) });
}

async function withAws4(method: string, signQuery: boolean, content?: string): Promise<void> {
  const signed = aws4.sign(
    {
      host: new URL(origin).host,
      path: `${path}?${query}`,
      method,
      service: 'execute-api',
      region,
      signQuery,
      headers: { 'X-Mine': '  two   words ', ...(content === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(content === undefined ? {} : { body: content }),
    },
    keys,
  );
  await sendSigned(origin + signed.path!, method, signed.headers as Record<string, string>, content);
}

const smithy = (): SignatureV4 =>
  new SignatureV4({ service: 'execute-api', region, credentials: { ...keys }, sha256: Sha256 });
function smithyRequest(method: string, content?: string): HttpRequest {
  const { hostname, port, host } = new URL(origin);
  return new HttpRequest({
    protocol: 'http:',
    hostname,
    port: Number(port),
    method,
    path,
    query: { a: ['1', '0'], b: '2', reserved: '&=+/?#', text: 'é 漢', empty: '' },
    headers: { host, 'x-mine': 'value', 'content-type': 'application/json' },
    ...(content === undefined ? {} : { body: content }),
  });
}
function urlOf({ query: parameters = {}, path: signedPath }: { path: string; query?: HttpRequest['query'] }): string {
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  const pairs = Object.entries(parameters).flatMap(([name, values]) =>
    [values ?? ''].flat().map((value) => `${encode(name)}=${encode(value)}`),
  );
  return `${origin}${signedPath}?${pairs.join('&')}`;
}

const aws4fetch = (): AwsClient => new AwsClient({ ...keys, service: 'execute-api', region, retries: 0 });

// What the signer does with it, and the service it signs for.
export const signers: Record<string, { send: () => Promise<unknown>; service?: string }> = {
  'aws4, GET': { send: () => withAws4('GET', false) },
  'aws4, PUT': { send: () => withAws4('PUT', false, body) },
  'aws4, in the query': { send: () => withAws4('GET', true) },
  '@smithy/signature-v4, POST': {
    send: async () => {
      const signed = await smithy().sign(smithyRequest('POST', body));
      await sendSigned(urlOf(signed), 'POST', signed.headers, body);
    },
  },
  '@smithy/signature-v4, DELETE': {
    send: async () => {
      const signed = await smithy().sign(smithyRequest('DELETE'));
      await sendSigned(urlOf(signed), 'DELETE', signed.headers);
    },
  },
  '@smithy/signature-v4, presigned': {
    send: async () => {
      const signed = await smithy().presign(smithyRequest('GET'), { expiresIn: 900 });
      await sendSigned(urlOf(signed), 'GET', signed.headers);
    },
  },
  'aws4fetch, GET': { send: () => aws4fetch().fetch(`${origin}${path}?${query}`) },
  'aws4fetch, POST': {
    send: () =>
      aws4fetch().fetch(`${origin}${path}?${query}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', 'x-mine': 'a,  b' },
        aws: { allHeaders: true },
      }),
  },
  'aws4fetch, in the query': {
    send: () => aws4fetch().fetch(`${origin}${path}?${query}`, { aws: { signQuery: true } }),
  },
  'AWS SDK v3': {
    service: 'cognito-identity',
    send: async () => {
      const client = new CognitoIdentityClient({ region, endpoint: origin, credentials: { ...keys } });
      try {
        await client.send(new ListIdentityPoolsCommand({ MaxResults: 5 }));
      } finally {
        client.destroy();
      }
    },
  },
};

export type Options = Partial<VerifyOptions<typeof keys>>;

/** The check of a server that knows these keys. */
export const verifyAs = (
  service: string,
  now: Date,
  request: Wire,
  options: Options = {},
): Promise<VerifyResult<typeof keys>> =>
  verifyRequest(request, {
    credentials: (id) => (id === accessKeyId ? { ...keys, expiration, user: 'user@example.com' } : undefined),
    now: () => now,
    ...withoutUnset<Options>({ region, service, ...options }),
  });
