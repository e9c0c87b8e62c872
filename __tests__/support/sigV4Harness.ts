import { deepStrictEqual } from 'node:assert';
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { RequestSigner } from 'aws4';
import { newClient } from '../../src/sigv4';
import type { ClientConfig, RequestToSign, SignedRequest } from '../../src/sigv4';
import { closeServer, listenLocally } from './localServer';

export const DATE = new Date('2015-08-30T12:36:00Z');
export const API = 'https://abc123.execute-api.eu-west-1.amazonaws.com/dev';
export const CREDENTIALS = { accessKey: 'AKIDEXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
export const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLE//token+with/reserved==';

/** A client's options with a clock that stands still. */
export const configOf = (changes: Partial<ClientConfig> = {}): ClientConfig => ({
  ...CREDENTIALS,
  endpoint: API,
  now: () => DATE,
  ...changes,
});

export const nodeSha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** A request as it stood on the wire. */
export interface Wire {
  method: string;
  /** Path and query. */
  target: string;
  /** Names as sent. */
  headers: [name: string, value: string][];
  body: Uint8Array;
}

export const headerOf = (wire: Pick<Wire, 'headers'>, name: string): string | undefined =>
  wire.headers.find(([sent]) => sent.toLowerCase() === name)?.[1];

/** A real HTTP server that records what reaches it. */
export async function startRecorder() {
  const seen: Wire[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: target = '', rawHeaders } = request;
      const headers = rawHeaders.flatMap((name, i): [string, string][] => (i % 2 ? [] : [[name, rawHeaders[i + 1]!]]));
      seen.push({ method, target, headers, body: Buffer.concat(chunks) });
      response.writeHead(204).end();
    });
  });
  const { url } = await listenLocally(server);

  /** One at a time. */
  async function send(signed: SignedRequest): Promise<Wire> {
    seen.length = 0;
    await fetch(signed.url, signed);
    const [wire] = seen;
    if (!wire) throw new Error('nothing reached the server');
    return wire;
  }

  return {
    url,
    send,
    /** Signs, fetches, and gives what stood on the wire, once both rivals compute the same signature for it. */
    async call(request: RequestToSign, config: Partial<ClientConfig> = {}): Promise<Wire> {
      const options = configOf({ endpoint: `${url}/dev`, ...config });
      const wire = await send(newClient(options).signRequest(request));
      await expectRightSignature(wire, options.secretKey);
      return wire;
    },
    close: () => closeServer(server),
  };
}

export type Recorder = Awaited<ReturnType<typeof startRecorder>>;

/** A recorder for the tests of a file, from before the first until behind the last. */
export function useRecorder() {
  let recorder: Recorder;
  beforeAll(async () => {
    recorder = await startRecorder();
  });
  afterAll(() => recorder.close());
  return {
    url: () => recorder.url,
    send: (signed: SignedRequest) => recorder.send(signed),
    call: (request: RequestToSign, config?: Partial<ClientConfig>) => recorder.call(request, config),
  };
}

/** What a signed request says about its signature. */
export function readAuthorization(authorization = '') {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([\da-f]{64})$/;
  const [, accessKeyId = '', date = '', region = '', service = '', names = '', signature = ''] =
    pattern.exec(authorization) ?? [];
  return { accessKeyId, date, region, service, signedHeaders: names.split(';'), signature };
}

/** What a client says that it signs for at an endpoint, and does. */
export function signsFor(endpoint: string, config: Partial<ClientConfig> = {}): string {
  const client = newClient(configOf({ endpoint, ...config }));
  const { service, region } = readAuthorization(client.signRequest({}).headers.Authorization);
  expect([client.serviceName, client.region]).toEqual([service, region]);
  return `${service} ${region}`;
}

/** The decoded pairs of a query on the wire. */
export function readQuery(target: string): [string, string][] {
  const [, query = ''] = /\?(.*)/s.exec(target) ?? [];
  const parts = query.split('&').filter(Boolean);
  return parts.map((part) => part.split('=', 2).map(decodeURIComponent) as [string, string]);
}

export function queryBag(target: string): Record<string, string[]> {
  const bag = Object.create(null) as Record<string, string[]>; // `constructor` is a key like any other
  for (const [name, value] of readQuery(target)) (bag[name] ??= []).push(value);
  return bag;
}

/** SHA-256 as @smithy/signature-v4 wants it. */
export class NodeSha256 {
  private readonly hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key = ArrayBuffer.isView(secret) ? Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength) : secret;
    this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', key as string | Buffer);
  }
  update(data: Uint8Array): void {
    this.hash.update(data);
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.hash.digest()));
  }
  reset(): void {
    throw new Error('made anew for each message');
  }
}

const dateOf = (amzDate: string) => new Date(amzDate.replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'));

/** What is to be signed of a wire's headers, by lower-case name. */
function signedHeadersOf(wire: Wire) {
  const { signedHeaders, ...claim } = readAuthorization(headerOf(wire, 'authorization'));
  const pairs = signedHeaders.map((name): [string, string] => [name, headerOf(wire, name) ?? 'not on the wire']);
  const headers = Object.fromEntries(pairs);
  return { ...claim, signedHeaders, headers, path: wire.target.replace(/\?.*/s, '') };
}

/** The signature by aws4 of what stood on the wire. */
export function aws4Signature(wire: Wire, secretAccessKey: string): string {
  const { headers, path, accessKeyId, region, service, signedHeaders } = signedHeadersOf(wire);
  const body = Buffer.from(wire.body);
  const request = { method: wire.method, path, headers, body, region, service, doNotModifyHeaders: true };
  const signer = new RequestSigner(request, { accessKeyId, secretAccessKey });
  // aws4 cleans the path that it is about to send; this one was sent already.
  signer.parsedPath = { path, query: queryBag(wire.target) };
  signer.datetime = headers['x-amz-date']!;
  const extra = Object.fromEntries(signedHeaders.map((name) => [name, true]));
  return Object.assign(signer, { extraHeadersToInclude: extra }).signature();
}

/** The signature by @smithy/signature-v4 of what stood on the wire. */
export async function smithySignature(
  wire: Wire,
  secretAccessKey: string,
  encodesPathTwice?: boolean,
): Promise<string> {
  const { headers, path, accessKeyId, region, service, signedHeaders } = signedHeadersOf(wire);
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region,
    service,
    sha256: NodeSha256,
    applyChecksum: false,
    uriEscapePath: encodesPathTwice ?? service !== 's3',
  });
  const request = new HttpRequest({
    method: wire.method,
    path,
    query: queryBag(wire.target),
    headers,
    ...(wire.body.length > 0 && { body: wire.body }),
  });
  const options = { signingDate: dateOf(headers['x-amz-date']!), signableHeaders: new Set(signedHeaders) };
  return readAuthorization((await signer.sign(request, options)).headers.authorization).signature;
}

/** Fails unless the signature on the wire is the one that both compute for what stands there. */
export async function expectRightSignature(wire: Wire, secretAccessKey = CREDENTIALS.secretKey): Promise<void> {
  const { signature } = readAuthorization(headerOf(wire, 'authorization'));
  const expected = { aws4: aws4Signature(wire, secretAccessKey), smithy: await smithySignature(wire, secretAccessKey) };
  deepStrictEqual({ wire, aws4: signature, smithy: signature }, { wire, ...expected });
}
