/** Signs what an axios instance sends. Needs axios's types only: it works on the instance that it is given. */
import type { AxiosInstance, AxiosRequestConfig } from 'axios';
import { checkSigningOptions, createRequestSigner } from '../signedFetch/index.js';
import type { SigningOptions } from '../signedFetch/index.js';
import type { Adapter } from './adapter.js';
import { invalidOption } from '../util/index.js';
import { createSend } from './send.js';

export { createClock } from '../signedFetch/index.js';
export type {
  AwsCredentials,
  Clock,
  CredentialContext,
  CredentialProvider,
  SigningOptions,
} from '../signedFetch/index.js';

/**
 * Signs every request of an axios instance, with an interceptor.
 *
 * It signs what axios really sends: the adapter is wrapped, so that all interceptors and `transformRequest` have run, and
 * gets the bytes and the URL that were signed. FormData, Blobs and streams are read into memory. The data of a
 * GET or HEAD is signed and sent by axios's `http` adapter, in Node; with the others, which cannot send it, it is refused.
 * A request that is sent again, as axios-retry does, is signed again. As with `createSignedFetch`, a signature refused for
 * its date corrects the clock, credentials refused as expired or unknown are renewed, and the request is sent once more.
 * The `request` of responses and errors, which holds the signature and the session token, is not enumerable: logs of them
 * do not show it. Where a refusal repeats the token, which API Gateway does, `response.data` has `[hidden]` in its place, but
 * only where it is text or JSON: bytes, Blobs and streams are as they came.
 *
 * Redirects are followed here, up to the config's `maxRedirects` (default 20): within the origin what they lead to is signed
 * afresh, another origin gets nothing of the signature, no `Cookie`, no `x-amz-…` header and no API key. In a page, which may
 * not see where a redirect leads, the request rejects with a RequestError that says so; since XMLHttpRequest follows with all
 * headers, axios's fetch adapter takes its place there, without upload progress, and axios has to be 1.7 or later.
 *
 * @param instance `axios` itself, or what `axios.create` gave; axios 1.x with any of its adapters.
 * @param options Credentials, region, service, clock …
 * @returns A function that removes the interceptor.
 * @throws SigV4Error for options that cannot be used; requests reject with it where they cannot be signed.
 * @example
 * const api = axios.create({ baseURL: 'https://abc.execute-api.eu-west-1.amazonaws.com/dev' });
 * const stop = signAxios(api, { credentials });
 * const { data } = await api.get('/notes', { params: { limit: 10 } });
 */
export function signAxios(instance: AxiosInstance, options: SigningOptions): () => void {
  const { create, interceptors } = Object(instance) as Partial<AxiosInstance>;
  if (typeof create !== 'function' || interceptors === undefined) {
    throw invalidOption('instance', 'axios, or what axios.create gave', instance);
  }
  checkSigningOptions(options);
  const signer = createRequestSigner(options);
  // An instance without interceptors or defaults: finds the adapter by its name and calls it, and adds nothing of its own.
  const sender = instance.create();
  for (const name of Object.keys(sender.defaults)) Reflect.deleteProperty(sender.defaults, name);
  const send = createSend(sender, signer);

  const interceptor = instance.interceptors.request.use((config) => {
    const { adapter } = config;
    config.adapter = (final) => {
      setAdapter(final, adapter); // whoever sends the config again must not find it wrapped
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
