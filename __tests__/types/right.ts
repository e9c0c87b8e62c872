// All of these must compile as they stand, under the strictest settings that an app may have.
import sigV4Client, {
  calculateSignature,
  createCanonicalRequest,
  createStringToSign,
  deriveSigningKey,
  newClient,
  sha256Hex,
  SigV4ClientError,
  SigV4Error,
} from '../../src/sigv4/index.js';
import type {
  ClientConfig,
  HashEngine,
  RequestToSign,
  SignedRequest,
  SigV4Client,
  SigV4ErrorCode,
} from '../../src/sigv4/index.js';
import type { LoginCallbacks } from '../../src/apig/index.js';

const keys = { accessKey: 'AKIDEXAMPLE', secretKey: 'secret', endpoint: 'https://api.example.com' };
const client: SigV4Client = sigV4Client.newClient(keys);

// Credentials as AWS clients give them: options that may be missing, undefined or null.
declare const environment: Record<string, string | undefined>;
declare const credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
export const fromCredentials = newClient({
  accessKey: credentials.accessKeyId,
  secretKey: credentials.secretAccessKey,
  sessionToken: credentials.sessionToken,
  region: environment.AWS_REGION,
  serviceName: null,
  endpoint: 'wss://api.example.com',
  signSessionToken: undefined,
  signBody: true,
  now: () => new Date(),
});
export const withNumbers = newClient({ ...keys, now: Date.now });
const frozen: Readonly<ClientConfig> = Object.freeze({ ...keys });
export const fromFrozen = newClient(frozen);

// A signed request goes straight into fetch, Request and axios-like calls.
export async function call(): Promise<Response> {
  const signed: SignedRequest = client.signRequest({ method: 'POST', path: '/notes', body: { text: 'Hello' } });
  new Request(signed.url, signed);
  new Headers(signed.headers);
  return fetch(signed.url, { ...signed, signal: AbortSignal.timeout(1000) });
}

// Bodies: interfaces, classes, read-only objects, arrays, text, bytes, forms.
interface Note {
  readonly id: number;
  text?: string;
  tags: readonly string[];
}
class Draft {
  readonly title = 'title';
}
declare const note: Note;
declare const unknownObject: object;
const bodies: RequestToSign['body'][] = [
  note,
  new Draft(),
  Object.freeze({ a: 1 }),
  [1, 'two', null] as const,
  'text',
  12,
  false,
  null,
  undefined,
  unknownObject,
  new Uint8Array(),
  new Uint8Array().buffer,
  new DataView(new ArrayBuffer(1)),
  new URLSearchParams(),
];
for (const body of bodies) client.signRequest({ method: 'PUT', body });

// Headers and queries in every form.
declare const optionalText: string | undefined;
declare const querySet: Readonly<Record<string, string | readonly string[] | undefined>>;
client.signRequest({ headers: new Headers({ accept: 'text/plain' }), queryParams: new URLSearchParams('a=1') });
client.signRequest({
  headers: { a: optionalText, b: 1, c: true, d: null },
  queryParams: { a: optionalText, b: [1, 2n] },
});
client.signRequest({ headers: [['a', 'b']], queryParams: [['a', 'b']] as const });
client.signRequest({ headers: new Map([['a', 'b']]), queryParams: new Map([['a', 'b']]) });
client.signRequest({ headers: { accept: 'text/plain' } as const, queryParams: { a: ['b'] } as const });
client.signRequest({ queryParams: querySet, headers: null, method: undefined, date: 0 });
client.presignUrl();
client.presignUrl({ expiresIn: 60, date: new Date(), headers: { 'content-type': 'text/csv' } });
export const readable: string = client.endpoint + client.pathComponent + client.region + client.serviceName;

// The four stages.
const canonicalRequest: string = createCanonicalRequest({
  method: 'GET',
  path: '/',
  query: new URLSearchParams(),
  headers: new Headers(),
  payloadHash: sha256Hex(new Uint8Array()),
});
const signingKey = deriveSigningKey({ secretAccessKey: 's', date: '20150830', region: 'r', service: 's' });
const stringToSign = createStringToSign({ amzDate: 'now', credentialScope: 'scope', canonicalRequest });
export const signature: string = calculateSignature(signingKey, stringToSign);

// Errors: the base, and the literal codes.
export function explain(error: unknown): SigV4ErrorCode | undefined {
  if (error instanceof SigV4Error) return error.option ? error.code : 'InvalidOption';
  if (error instanceof SigV4ClientError) console.log(error.code.toUpperCase(), error.cause);
  return undefined;
}
export const engine: HashEngine = { sha256: sha256Hex, hmac: () => (message) => message };
export const signedBody: string | ArrayBuffer | ArrayBufferView | undefined = client.signRequest({}).body;

// Callbacks of a login that an app has only sometimes.
declare const askForCode: (() => Promise<string>) | undefined;
export const callbacks: LoginCallbacks = { mfaCode: askForCode, totpCode: askForCode, passkey: undefined };
