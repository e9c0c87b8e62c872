/** Signs requests, each attempt with credentials and time of its own, and recovers from refusals. */
import { digestBody } from '../hash/web.js';
import {
  checkFlags,
  checkSignedHost,
  CONTENT_HASH,
  FLAGS,
  isS3Service,
  newClient,
  readScopePart,
  signedHeadersRule,
  takesNoPayloadHash,
  UNSIGNED_PAYLOAD,
} from '../sigv4/index.js';
import type { HashEngine, SignedBody, SignedRequest, SigV4Client } from '../sigv4/index.js';
import { checkOptions, invalidOption } from '../util/index.js';
import type { AwsCredentials } from '../util/index.js';
import { isStream } from './body.js';
import { checkClock, createClock } from './clock.js';
import { createCredentialSource } from './credentials.js';
import { createRecovery } from './recovery.js';
import type { SignedWith } from './recovery.js';
import { REFUSAL_STATUSES } from './refusal.js';
import { readErrorText } from './response.js';
import { IDEMPOTENT_METHODS } from './retryPolicy.js';
import type { Clock, HttpRequest, SigningOptions } from './types.js';

/** Signs the attempts of one request. */
export interface AttemptSigner {
  /**
   * Signs the request with the present time and credentials.
   * @param hop The request that a redirect within the origin has led to, which has the same body or none. Default: the request itself.
   */
  sign(hop?: HttpRequest): Promise<SignedRequest>;
  /**
   * Acts on a refusal of the last signature: corrects the clock, or renews the credentials.
   * @param response The response.
   * @param mayHaveActed Whether the server may have acted on the request already, as where it answered with a redirect before.
   * @returns Whether signing and sending the request again makes sense and does no harm. The response is then no longer needed.
   */
  recover(response: Response, mayHaveActed: boolean): Promise<boolean>;
  /** The keys, tokens and signatures of all attempts, which must not be shown. */
  secrets(): readonly string[];
}

/** Signs requests with one set of options. */
export interface RequestSigner {
  /** The time that requests are signed with. */
  readonly clock: Clock;
  /** Makes the signer of one request's attempts. Once the signal is aborted, credentials are not asked for any more. */
  readonly forRequest: (request: HttpRequest, signal?: AbortSignal) => AttemptSigner;
}

/** The options that are passed on to each client unchanged. */
const CLIENT_OPTIONS = [
  'signedHost',
  'region',
  'service',
  'hash',
  'signSessionToken',
  'signBody',
  'normalizePath',
  'doubleEncodePath',
  'unsignedHeaders',
  'extraSignedHeaders',
] as const satisfies readonly (keyof SigningOptions)[];

const SIGNING_OPTIONS = ['credentials', 'now', 'clock', ...CLIENT_OPTIONS];

/**
 * Checks the options at once, and not only when a request is signed.
 * @param options What was given.
 * @param others The names of options that are allowed beside those for signing.
 * @throws SigV4Error `InvalidOption`, for an unknown one with the nearest name that is known
 */
export function checkSigningOptions(options: SigningOptions, others: readonly string[]): void {
  checkOptions(options, [...SIGNING_OPTIONS, ...others]);
  const { hash } = options;
  for (const name of ['region', 'service']) readScopePart(options, name);
  signedHeadersRule(options);
  checkSignedHost(options.signedHost);
  checkFlags(options, FLAGS);
  const isEngine = typeof (hash as Partial<HashEngine> | null | undefined)?.hmac === 'function';
  if (hash !== undefined && !isEngine) throw invalidOption('hash', 'an engine', hash);
}

/**
 * Makes a signer of requests.
 * @param options How to sign; with `presign` in the query, for 300 seconds, in place of headers.
 * @throws SigV4Error for options that cannot be used
 */
export function createRequestSigner(
  options: SigningOptions & { readonly presign?: boolean | undefined },
): RequestSigner {
  const { hash, signedHost } = options;
  const signWith = options.presign === true ? presignRequest : signRequest;
  const clock = options.clock ? checkClock(options.clock) : createClock(options.now);
  const source = createCredentialSource(options.credentials, clock);
  const clientFor = createClients(options);

  function forRequest(request: HttpRequest, signal?: AbortSignal): AttemptSigner {
    const { method, url } = request;
    const isIdempotent = IDEMPOTENT_METHODS.includes(method);
    const recoverFrom = createRecovery({ clock, source, signal });
    let payloadHash: Promise<string> | undefined;
    let renewed: AwsCredentials | undefined;
    let used: SignedWith | undefined;
    const secrets = new Set<string>();

    return {
      async sign(hop = request) {
        const credentials = renewed ?? (await source.get(signal));
        renewed = undefined;
        const { body } = hop;
        const isHashed = body !== undefined && !isStream(body) && !hop.headers.has(CONTENT_HASH);
        if (isHashed) payloadHash ??= digestBody(body, hash);
        const bodyHash = isHashed ? await payloadHash : undefined;
        used = { credentials, date: clock.now() };
        const client = clientFor(credentials, url.origin);
        const hashToSign = takesNoPayloadHash(client.serviceName) ? UNSIGNED_PAYLOAD : bodyHash;
        const signed = signWith(client, hop, hashToSign, used.date);
        if (signedHost !== undefined) signed.signedHost ??= signedHost; // presignUrl gives a link alone
        for (const secret of secretsOf(credentials, signed)) secrets.add(secret);
        return signed;
      },

      async recover(response, mayHaveActed) {
        if (used === undefined || !REFUSAL_STATUSES.includes(response.status)) return false;
        if (mayHaveActed && !isIdempotent) return false;
        const refusal = { url, isIdempotent, response, text: await readErrorText(response) };
        const recovered = await recoverFrom(refusal, used);
        renewed = recovered?.credentials;
        return recovered !== undefined;
      },

      secrets: () => [...secrets],
    };
  }

  return { clock, forRequest };
}

/** The secrets of a signed request. The whole header comes first, so that it is hidden as one. */
function secretsOf({ secretAccessKey, sessionToken }: AwsCredentials, { url, headers }: SignedRequest): string[] {
  const { Authorization = '' } = headers;
  const signature = /Signature=(\w+)/.exec(Authorization || url)?.[1];
  const plain = [Authorization, signature, sessionToken, secretAccessKey].filter(Boolean) as string[];
  return plain.flatMap((secret) => [secret, encodeURIComponent(secret)]);
}

/** Makes clients, and keeps the last one: most apps have one API, and credentials that last an hour. */
function createClients(options: SigningOptions): (credentials: AwsCredentials, endpoint: string) => SigV4Client {
  const stated = Object.fromEntries(CLIENT_OPTIONS.map((name) => [name, options[name]]));
  let last: { readonly id: string; readonly client: SigV4Client } | undefined;

  return ({ accessKeyId, secretAccessKey, sessionToken }, endpoint) => {
    // Values are compared, since a provider may give a new object each time, or change the one that it has given.
    const id = [accessKeyId, secretAccessKey, sessionToken, endpoint].join(' '); // none of the four can hold a space
    if (last?.id !== id) {
      const client = newClient({
        credentials: { accessKeyId, secretAccessKey, sessionToken },
        endpoint,
        ...stated,
        defaultAcceptType: '*/*', // as fetch sends it
      });
      last = { id, client };
    }
    return last.client;
  };
}

/** Signs a request as it is. Unlike the client itself, this adds no Content-Type where the request has none. */
function signRequest(
  client: SigV4Client,
  { method, url, headers, body }: HttpRequest,
  payloadHash: string | undefined,
  date: number,
): SignedRequest {
  const isTyped = headers.has('content-type');
  const isGet = method === 'GET' || method === 'HEAD'; // a body comes only from axios's http adapter
  const content = isStream(body) ? '' : body; // the signer takes the stream's hash from the header
  const signed = client.signRequest({
    method,
    path: url.pathname,
    queryParams: url.searchParams,
    headers,
    body: isTyped && !isGet ? content : undefined, // the signer signs a Content-Type only where there is a body
    payloadHash: headers.get(CONTENT_HASH) ?? payloadHash,
    date,
  });
  if (!isTyped) delete signed.headers['Content-Type'];
  if (body !== undefined) signed.body = body as SignedBody;
  return signed;
}

/** Signs a request in its query. Its headers go as they are, since those that count are signed as well. */
function presignRequest(
  client: SigV4Client,
  { method, url, headers, body }: HttpRequest,
  payloadHash: string | undefined,
  date: number,
): SignedRequest {
  const link = client.presignUrl({
    method,
    path: url.pathname,
    queryParams: url.searchParams,
    headers,
    payloadHash: headers.get(CONTENT_HASH) ?? (isS3Service(client.serviceName) ? undefined : payloadHash),
    date,
  });
  return { url: link, method, headers: Object.fromEntries(headers), body: body as SignedBody };
}
