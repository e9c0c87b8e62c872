/** Signs a request for as often as it is sent, and puts right what a refusal shows to be wrong. */
import { newClient, sha256Hex } from '../sigV4Client.js';
import type { ClientConfig, HashEngine, SignedRequest } from '../sigV4Client.js';
import { digestBody } from '../hash/web.js';
import { createClock } from './clock.js';
import type { Clock } from './clock.js';
import { createCredentialSource } from './credentials.js';
import type { AwsCredentials, CredentialProvider } from './credentials.js';
import { isDateRefused, isTokenRefused, serverTimeOf } from './refusal.js';
import type { Refusal } from './refusal.js';

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
   * Puts right what a refusal shows to be wrong, each once: the clock, and credentials that are expired or unknown. A clock
   * that was put right, and is refused all the same, is put back.
   * @returns Whether signing and sending the request again makes sense, and does no harm.
   */
  putRight(refusal: Omit<Refusal, 'method' | 'url'>): Promise<boolean>;
}

/**
 * @param options How to sign.
 * @throws SigV4Error for credentials that are none
 */
export function createSigning(options: SigningOptions): (outgoing: Outgoing) => SignedCall {
  const clock = options.clock ?? createClock(options.now);
  const source = createCredentialSource(options.credentials, clock);

  return (outgoing) => {
    let payloadHash: Promise<string> | undefined;
    let used: AwsCredentials | undefined;
    let renewed: AwsCredentials | undefined;
    let correction: { readonly before: number; readonly after: number } | undefined;
    let isRenewed = false;

    /** Whether the clock was put right, which is done once. */
    function putClockRight(refusal: Refusal): boolean {
      const before = clock.offset;
      if (correction !== undefined) {
        // Unless another call has learned better in the meantime.
        if (isDateRefused(refusal) && before === correction.after)
          clock.correct(clock.now() - before + correction.before);
        return false;
      }
      const serverTime = serverTimeOf(refusal, clock.now());
      if (serverTime === undefined) return false;
      clock.correct(serverTime);
      correction = { before, after: clock.offset };
      return true;
    }

    async function putRight(response: Omit<Refusal, 'method' | 'url'>): Promise<boolean> {
      const refusal = { ...response, method: outgoing.method, url: outgoing.url };
      if (putClockRight(refusal)) return true;
      if (isRenewed || used === undefined || !isTokenRefused(refusal)) return false;
      isRenewed = true;
      renewed = await source.renew(used);
      return renewed !== undefined;
    }

    return {
      putRight,
      async sign() {
        used = renewed ?? (await source.get());
        renewed = undefined;
        payloadHash ??= hashBody(outgoing.body, options.hash);
        return signOutgoing(outgoing, await payloadHash, used, clock.now(), options);
      },
    };
  };
}

async function hashBody(body = new Uint8Array(), hash?: HashEngine): Promise<string> {
  return hash ? hash.sha256(body) : digestBody(body, sha256Hex);
}

/** Unlike the signer alone, adds no header but the signature's: `Accept` is what fetch sends for none. */
function signOutgoing(
  { method, url, headers, body }: Outgoing,
  payloadHash: string,
  credentials: AwsCredentials,
  date: number,
  options: SigningOptions,
): SignedRequest {
  const isTyped = headers.has('content-type');
  const client = newClient({
    accessKey: credentials.accessKeyId,
    secretKey: credentials.secretAccessKey,
    sessionToken: credentials.sessionToken,
    endpoint: url.origin,
    region: options.region,
    serviceName: options.service,
    signSessionToken: options.signSessionToken,
    signBody: options.signBody,
    normalizePath: options.normalizePath,
    hash: options.hash,
  });
  const signed = client.signRequest({
    method,
    path: url.pathname,
    queryParams: url.searchParams,
    headers: headers.has('accept') ? headers : [...headers, ['accept', '*/*']],
    body: isTyped ? body : undefined, // without one the signer signs no Content-Type, and knows the body by its hash
    payloadHash: headers.get('x-amz-content-sha256') ?? payloadHash,
    date,
  });
  if (!isTyped) delete signed.headers['Content-Type'];
  if (body !== undefined) signed.body = body;
  return signed;
}
