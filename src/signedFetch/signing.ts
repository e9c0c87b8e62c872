/** Signs a request for as often as it is sent, and has put right what a refusal shows to be wrong. */
import { newClient, sha256Hex } from '../sigv4/index.js';
import type { ClientConfig, HashEngine, SignedRequest, SigV4Client } from '../sigv4/index.js';
import { digestBody } from '../hash/web.js';
import { loadRefused, REFUSAL_STATUSES } from './answers.js';
import { createClock } from './clock.js';
import type { Clock } from './clock.js';
import { createCredentialSource } from './credentials.js';
import type { AwsCredentials, CredentialProvider } from './credentials.js';
import type { CallState } from './refused.js';
import { IDEMPOTENT_METHODS } from './retry.js';

/** How requests are signed. */
export interface SigningOptions {
  /** Whose requests: credentials, or a function that gets them whenever a request is signed. */
  readonly credentials: CredentialProvider;
  /** Default: read from an AWS endpoint's host, else `us-east-1`. */
  readonly region?: string | undefined;
  /** Signing name of the service. Default: read from an AWS endpoint's host, else `execute-api`. */
  readonly service?: string | undefined;
  /** The device's clock. Default `Date.now`. */
  readonly now?: (() => Date | number) | undefined;
  /** In place of `now`: a clock from `createClock`, to be shared. */
  readonly clock?: Clock | undefined;
  /** Engine in place of crypto-js, and for large bodies of WebCrypto. */
  readonly hash?: HashEngine | undefined;
  /** See `newClient`. */
  readonly signSessionToken?: ClientConfig['signSessionToken'];
  /** See `newClient`. */
  readonly signBody?: ClientConfig['signBody'];
  /** See `newClient`. */
  readonly normalizePath?: ClientConfig['normalizePath'];
}

/** A request with its body read: what is signed, and sent as signed. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer> | undefined;
}

/** One request, from its first signature to its last. */
export interface SignedCall {
  /** Signs it as of now, with the credentials of now. */
  sign(): Promise<SignedRequest>;
  /**
   * Puts right what a refusal shows to be wrong; gives whether signing and sending the request again makes sense. Then the
   * response is no longer needed, and its connection freed.
   */
  putRight(response: Response): Promise<boolean>;
}

/** What signs calls. */
export interface Signing {
  readonly clock: Clock;
  /** Once the signal is aborted, nothing is asked for the call any more. */
  readonly prepare: (outgoing: Outgoing, signal?: AbortSignal) => SignedCall;
}

/**
 * @param options How to sign.
 * @throws SigV4Error for credentials that are none
 */
export function createSigning(options: SigningOptions): Signing {
  const clock = options.clock ?? createClock(options.now);
  const source = createCredentialSource(options.credentials, clock);
  const clientOf = createClients(options);

  function prepare(outgoing: Outgoing, signal?: AbortSignal): SignedCall {
    const { method, url, body } = outgoing;
    const state: CallState = { url, isIdempotent: IDEMPOTENT_METHODS.includes(method), clock, source, signal, date: 0 };
    let payloadHash: Promise<string> | undefined;

    return {
      async sign() {
        const used = state.renewed ?? (await source.get(signal));
        state.used = used;
        state.renewed = undefined;
        if (body !== undefined) payloadHash ??= hashBody(body, options.hash);
        const hash = await payloadHash;
        state.date = clock.now();
        return signOutgoing(clientOf(used, url.origin), outgoing, hash, state.date);
      },
      async putRight(response) {
        if (!REFUSAL_STATUSES.includes(response.status)) return false;
        return (await loadRefused())?.putRight(state, response) ?? false;
      },
    };
  }

  return { clock, prepare };
}

async function hashBody(body: Uint8Array<ArrayBuffer>, hash?: HashEngine): Promise<string> {
  return hash ? hash.sha256(body) : digestBody(body, sha256Hex);
}

/** Stand in for those that only a call asks for. */
const NO_KEYS: AwsCredentials = { accessKeyId: 'none', secretAccessKey: 'none' };

/**
 * Brings to light at once what would be refused when a request is signed.
 * @param options How to sign.
 * @throws SigV4Error for options that cannot be used
 */
export function checkSigning(options: SigningOptions): void {
  const { credentials } = options;
  createClients(options)(typeof credentials === 'function' ? NO_KEYS : credentials, 'https://none');
}

/** Keeps the last client: most apps have one API, and credentials for an hour. */
function createClients(options: SigningOptions): (credentials: AwsCredentials, endpoint: string) => SigV4Client {
  let last: { readonly id: string; readonly client: SigV4Client } | undefined;

  return ({ accessKeyId, secretAccessKey, sessionToken }, endpoint) => {
    // By their values: a provider may give a new object each time, or change the one that it has given.
    const id = [accessKeyId, secretAccessKey, sessionToken, endpoint].join(' '); // none of them has a space
    if (last?.id !== id) {
      const client = newClient({
        credentials: { accessKeyId, secretAccessKey, sessionToken },
        endpoint,
        region: options.region,
        service: options.service,
        hash: options.hash,
        signSessionToken: options.signSessionToken,
        signBody: options.signBody,
        normalizePath: options.normalizePath,
        defaultAcceptType: '*/*', // what fetch sends
      });
      last = { id, client };
    }
    return last.client;
  };
}

/** Unlike the signer alone, states no Content-Type where none is stated. */
function signOutgoing(
  client: SigV4Client,
  { method, url, headers, body }: Outgoing,
  payloadHash: string | undefined,
  date: number,
): SignedRequest {
  const isTyped = headers.has('content-type');
  const signed = client.signRequest({
    method,
    path: url.pathname,
    queryParams: url.searchParams,
    headers,
    body: isTyped ? body : undefined, // without one the signer signs no Content-Type, and knows the body by its hash
    payloadHash: headers.get('x-amz-content-sha256') ?? payloadHash,
    date,
  });
  if (!isTyped) delete signed.headers['Content-Type'];
  if (body !== undefined) signed.body = body;
  return signed;
}
