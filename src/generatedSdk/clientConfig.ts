/** The configuration of a client: the generated SDK's fields, and what it could not do. */
import type { CredentialProvider, Retry } from '../signedFetch/index.js';
import { checkOptions, checkTimeout, invalidOption, parseUrl } from '../util/index.js';
import type { SendOptions } from './send.js';

/** What `newClient` takes. */
export interface ApigClientConfig {
  /** The access key. Without one, and without `credentials`, nothing is signed. Default: none. */
  readonly accessKey?: string | null | undefined;
  /** The secret key. Default: none. */
  readonly secretKey?: string | null | undefined;
  /** The session token of temporary keys. Default: none. */
  readonly sessionToken?: string | null | undefined;
  /** The region to sign for. Default: that of the API's host, else `us-east-1`. */
  readonly region?: string | null | undefined;
  /** Sent as `x-api-key`. Default: none. */
  readonly apiKey?: string | null | undefined;
  /** The `Content-Type` of bodies. Default `application/json`. */
  readonly defaultContentType?: string | undefined;
  /** The `Accept` of calls. Default `application/json`. */
  readonly defaultAcceptType?: string | undefined;
  /** In place of the three keys: credentials, or a function that gets them whenever a call is signed. Default: the keys. */
  readonly credentials?: CredentialProvider | undefined;
  /** Where the API is. Default: the document's server. */
  readonly invokeUrl?: string | undefined;
  /** When a call is sent again. Default: as with `createSignedFetch`; the generated SDK never does, which `false` is. */
  readonly retry?: Retry | undefined;
  /** How long a call may take, in milliseconds. Default: for ever. */
  readonly timeout?: number | undefined;
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
}

const TEXTS = ['accessKey', 'secretKey', 'sessionToken', 'region', 'apiKey'] as const;
const TYPES = ['defaultContentType', 'defaultAcceptType'] as const;

/** The names of what `newClient` takes. */
export const CLIENT_OPTIONS: readonly string[] = [
  ...TEXTS,
  ...TYPES,
  ...['credentials', 'invokeUrl', 'retry', 'timeout', 'fetch'],
];

/**
 * Checks a configuration.
 * @param config What was given.
 * @param known The names of the options that are known.
 * @returns How calls are sent.
 * @throws SigV4Error `InvalidOption`
 */
export function readConfig(config: ApigClientConfig, known: readonly string[] = CLIENT_OPTIONS): SendOptions {
  checkOptions(config, known);
  for (const name of [...TEXTS, ...TYPES]) {
    const value: unknown = config[name] ?? undefined;
    if (value !== undefined && typeof value !== 'string') throw invalidOption(name, 'text', value);
  }
  if (config.fetch !== undefined && typeof config.fetch !== 'function') {
    throw invalidOption('fetch', 'a function', config.fetch);
  }
  return {
    credentials: readCredentials(config),
    region: textOrNone(config.region),
    apiKey: textOrNone(config.apiKey),
    defaultContentType: config.defaultContentType ?? 'application/json',
    defaultAcceptType: config.defaultAcceptType ?? 'application/json',
    retry: config.retry,
    timeout: checkTimeout(config.timeout),
    fetch: config.fetch,
  };
}

/** The generated SDK takes `''` and `null` for none. */
const textOrNone = (text: string | null | undefined): string | undefined =>
  text === '' ? undefined : (text ?? undefined);

function readCredentials({
  credentials,
  accessKey,
  secretKey,
  sessionToken,
}: ApigClientConfig): SendOptions['credentials'] {
  if (credentials !== undefined) {
    if (accessKey || secretKey)
      throw invalidOption('credentials', 'none together with accessKey and secretKey', credentials);
    return credentials;
  }
  if (!accessKey || !secretKey) return undefined; // as the generated SDK: unsigned
  return { accessKeyId: accessKey, secretAccessKey: secretKey, ...(sessionToken && { sessionToken }) };
}

/**
 * Checks where an API is.
 * @returns The URL without a slash at its end.
 * @throws SigV4Error `InvalidOption`
 */
export function readInvokeUrl(url: unknown): string {
  if (typeof url === 'string' && /^https?:\/\/[^?#]+$/.test(url) && parseUrl(url)) return url.replace(/\/$/, '');
  throw invalidOption('invokeUrl', 'the http or https URL of the API, without a query', url);
}
