/**
 * Signs the requests of an axios instance. Only axios's types are imported: the instance is the app's.
 * @module sigv4-client/axios
 */
import type { AxiosError, AxiosInstance, AxiosRequestConfig } from 'axios';
import { checkSigningOptions, createRequestSigner } from '../signedFetch/index.js';
import { checkFlags } from '../sigv4/index.js';
import type { SigningOptions } from '../signedFetch/index.js';
import type { Adapter } from './adapter.js';
import { invalidOption } from '../util/index.js';
import type { Explanation } from '../util/index.js';
import { createSend } from './send.js';

export { createClock } from '../signedFetch/index.js';
export type {
  AwsCredentials,
  Clock,
  CredentialContext,
  CredentialProvider,
  GivenCredentials,
  SentRequest,
  SigningOptions,
} from '../signedFetch/index.js';
export type { HashEngine, SignedBody, SignedRequest } from '../sigv4/index.js';
export { sentRequest } from '../signedFetch/index.js';
export type { Explanation, ExplanationCode } from '../util/index.js';

/** Options of `signAxios`. */
export interface SignAxiosOptions extends SigningOptions {
  /**
   * Whether requests are signed in the query, for 300 seconds, in place of the headers. Links are longer, and show the session token to
   * whatever logs them. Default false.
   */
  readonly presign?: boolean | undefined;
}

/** What requests of a signed instance reject with where they were answered, or could not be sent. */
export type SignedAxiosError<Data = unknown> = AxiosError<Data> & {
  /** Why a gateway refused it; in a page, also why no answer may have come. Missing where the API itself answered. */
  explanation?: Explanation;
};

/**
 * Signs every request of an axios instance, with an interceptor.
 *
 * It signs what axios really sends: the adapter is wrapped, so that it runs after all interceptors and `transformRequest`, and gets
 * the bytes and the URL that were signed. FormData, Blobs and streams are read into memory. The data of a GET or HEAD is signed and
 * sent with axios's `http` adapter, in Node; with the other adapters, which cannot send it, it is refused. A request that is sent
 * again, as by axios-retry, is signed again. As with `createSignedFetch`, a signature that is refused for its date corrects the clock,
 * credentials that are refused as expired or unknown are renewed, and the request is sent once more. The `request` of responses and
 * errors, which holds the signature and the session token, is not enumerable, so that logs do not show it. Where a refusal repeats
 * the token, as API Gateway's does, text or JSON in `response.data` has `[hidden]` in its place; bytes, Blobs and streams are
 * unchanged.
 *
 * Redirects are followed up to the config's `maxRedirects` (default 20): within the origin, the next request is signed anew; another
 * origin gets nothing of the signature, no `Cookie`, no `x-amz-…` header and no API key. In pages, which cannot see where a redirect
 * leads, the request rejects with a RequestError that says so. Since XMLHttpRequest would follow with all headers, axios's fetch
 * adapter takes its place in pages, without upload progress; axios has to be 1.7 or later there.
 *
 * @param instance `axios` itself, or what `axios.create` gave; axios 1.x with any of its adapters.
 * A refusal of the gateway's has an `explanation` on the error (see `SignedAxiosError`), and `sentRequest(error.response)` gives what was
 * signed. The call's `signal` also ends what comes before the sending, such as credentials that are waited for.
 *
 * @param options Credentials, region, service, clock … and `presign`
 * @returns A function that removes the interceptor.
 * @throws SigV4Error `InvalidOption` for options that cannot be used or are not known, `InvalidCredentials` for an object without
 *   keys; requests reject with a SigV4Error where they cannot be signed.
 * @example
 * const api = axios.create({ baseURL: 'https://abc.execute-api.eu-west-1.amazonaws.com/dev' });
 * const stop = signAxios(api, { credentials });
 * const { data } = await api.get('/notes', { params: { limit: 10 } });
 */
export function signAxios(instance: AxiosInstance, options: SignAxiosOptions): () => void {
  const { create, interceptors } = Object(instance) as Partial<AxiosInstance>;
  if (typeof create !== 'function' || interceptors === undefined) {
    throw invalidOption('instance', 'axios, or what axios.create gave', instance);
  }
  checkSigningOptions(options, ['presign']);
  checkFlags(options, ['presign']);
  const signer = createRequestSigner(options);
  // An instance without interceptors and defaults, which only finds the adapter by its name and calls it.
  const sender = instance.create();
  for (const name of Object.keys(sender.defaults)) Reflect.deleteProperty(sender.defaults, name);
  const send = createSend(sender, signer);

  const interceptor = instance.interceptors.request.use((config) => {
    const { adapter } = config;
    config.adapter = (final) => {
      setAdapter(final, adapter); // the app may send this config again, which must not be wrapped twice
      return send(final, adapter);
    };
    return config;
  });
  return () => {
    instance.interceptors.request.eject(interceptor);
  };
}

function setAdapter(config: AxiosRequestConfig, adapter: Adapter): void {
  if (adapter === undefined) delete config.adapter;
  else config.adapter = adapter;
}
