// Each of these must stay a compile error: an unused `@ts-expect-error` is one itself.
import sigV4Client, {
  SigV4ClientError,
  createCanonicalRequest,
  deriveSigningKey,
  newClient,
  sha256Hex,
} from '../../src/sigv4/index.js';
import type { ClientConfig, SigV4Error, SigV4ErrorCode } from '../../src/sigv4/index.js';

const keys = { accessKey: 'AKIDEXAMPLE', secretKey: 'secret' };
const endpoint = 'https://api.example.com';

// @ts-expect-error no options
newClient();
// @ts-expect-error no secretKey
newClient({ accessKey: 'AKIDEXAMPLE', endpoint });
// @ts-expect-error no endpoint
newClient(keys);
// @ts-expect-error a number as accessKey
newClient({ ...keys, accessKey: 1, endpoint });
// @ts-expect-error null as secretKey
newClient({ ...keys, secretKey: null, endpoint });
// @ts-expect-error an unknown option
newClient({ ...keys, endpoint, regoin: 'eu-west-1' });
// @ts-expect-error text for a switch
newClient({ ...keys, endpoint, signSessionToken: 'false' });
// @ts-expect-error a clock that gives text
newClient({ ...keys, endpoint, now: () => '2015-08-30' });
// @ts-expect-error an engine that lacks hmac
newClient({ ...keys, endpoint, hash: { sha256: () => '' } });
// @ts-expect-error an asynchronous engine
newClient({ ...keys, endpoint, hash: { sha256: () => Promise.resolve(''), hmac: () => () => Promise.resolve('') } });
// @ts-expect-error credentials in a promise
newClient({ ...keys, endpoint, sessionToken: Promise.resolve('token') });
// @ts-expect-error the default export makes the same demands
sigV4Client.newClient({ endpoint });

const client = newClient({ ...keys, endpoint });

// @ts-expect-error the secret cannot be read
export const secretKey: unknown = client.secretKey;
// @ts-expect-error nor the access key
export const accessKey: unknown = client.accessKey;
// @ts-expect-error what can be read cannot be written
client.region = 'eu-west-1';
// @ts-expect-error no request
client.signRequest();
// @ts-expect-error a method that is not text
client.signRequest({ method: 1 });
// @ts-expect-error a path that is not text
client.signRequest({ path: new URL('https://api.example.com') });
// @ts-expect-error an unknown part
client.signRequest({ query: { a: 1 } });
// @ts-expect-error a nested object in the query
client.signRequest({ queryParams: { filter: { a: 1 } } });
// @ts-expect-error a nested array in the query
client.signRequest({ queryParams: { list: [['a']] } });
// @ts-expect-error a Date in the query
client.signRequest({ queryParams: { since: new Date() } });
// @ts-expect-error text as query
client.signRequest({ queryParams: 'a=1' });
// @ts-expect-error a list as header
client.signRequest({ headers: { accept: ['text/plain'] } });
// @ts-expect-error text as headers
client.signRequest({ headers: 'accept: text/plain' });
// @ts-expect-error a symbol as body
client.signRequest({ method: 'POST', body: Symbol('body') });
// @ts-expect-error a bigint as body
client.signRequest({ method: 'POST', body: 1n });
// @ts-expect-error text as date
client.signRequest({ date: '2015-08-30T12:36:00Z' });
// @ts-expect-error the result is no promise
export const then: unknown = client.signRequest({}).then;
// @ts-expect-error a body may be missing
export const length: unknown = client.signRequest({}).body.byteLength;
// @ts-expect-error text as expiresIn
client.presignUrl({ expiresIn: '300' });
// @ts-expect-error a link has no body
client.presignUrl({ body: {} });
// @ts-expect-error a link is text
export const url: unknown = client.presignUrl().url;

// @ts-expect-error a part of the canonical request is missing
createCanonicalRequest({ method: 'GET', path: '/', query: [], headers: [] });
// @ts-expect-error the old client's name for the secret
deriveSigningKey({ secretKey: 'secret', date: '20150830', region: 'eu-west-1', service: 'execute-api' });
// @ts-expect-error numbers are neither text nor bytes
sha256Hex([1, 2, 3]);

// @ts-expect-error not one of the codes
const code: SigV4ErrorCode = 'InvalidEverything';
// @ts-expect-error an option cannot be taken for another type
const config: ClientConfig = { ...keys, endpoint: new URL(endpoint) };

export function misread(error: SigV4Error): void {
  // @ts-expect-error no such code
  if (error.code === 'NetworkError') return;
  // @ts-expect-error the option is read-only
  error.option = 'other';
}
const numbers: number[] = [];

export function misreadAny(error: unknown): void {
  // @ts-expect-error caught by its base, the code is text and not anything
  if (error instanceof SigV4ClientError) numbers.push(error.code);
}

export const unused = [code, config];
