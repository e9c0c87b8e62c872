/** The chain that both entries share: current user, credentials, signature, fetch, JSON. */
import { COGNITO_OPTIONS, createCognito } from '../cognito/index.js';
import type { Cognito, CognitoConnections, CognitoOptions, PoolUser } from '../cognito/index.js';
import {
  createRetryPolicy,
  prepareRequest,
  readDestination,
  readFetchArguments,
  sendRequest,
} from '../signedFetch/index.js';
import type { SignedFetch, SigningOptions } from '../signedFetch/index.js';
import { checkSignedHost } from '../sigv4/index.js';
import { checkTimeout, invalidOption } from '../util/index.js';
import { checkRequest, readResponse } from './apiRequest.js';
import type { ApigRequest } from './apiRequest.js';
import { CALL_DEFAULTS, withDefaults } from './callDefaults.js';
import type { CallDefaults } from './callDefaults.js';
import { identityForCall } from './callIdentity.js';
import { createSenders } from './senders.js';
import type { InvokeApig } from './typedCalls.js';

/** Options that replace the user pool. With `credentials`, an app needs no identity pool either. */
export type WithoutUserPool =
  | {
      /** Credentials of the app's own: see `CognitoOptions`. */
      readonly credentials: NonNullable<CognitoOptions['credentials']>;
    }
  | {
      /** Tokens of other identity providers: see `CognitoOptions`. */
      readonly logins: NonNullable<CognitoOptions['logins']>;
    }
  | {
      /** Identities for which a backend of the app's own vouches: see `CognitoOptions`. */
      readonly developerIdentity: NonNullable<CognitoOptions['developerIdentity']>;
    }
  | {
      /** Calls are made as the identity pool's guest. */
      readonly guests: true;
    };

/** Options of `createApig` that both entries have. */
export interface BaseOptions extends CognitoOptions, CallDefaults {
  /** The host that the API's requests are signed for where its URL has another, such as CloudFront's or a proxy's. Default: the URL's. */
  readonly signedHost?: SigningOptions['signedHost'];
}

/** The names of `BaseOptions`. */
export const BASE_OPTIONS: readonly string[] = [...COGNITO_OPTIONS, ...CALL_DEFAULTS, 'signedHost'];

/**
 * An instance: users, their credentials, and calls to the API. Made by `createApig` or `configure`. With the `paths` that
 * openapi-typescript makes of the API's document as `Paths`, `invokeApig` is typed by it.
 */
export interface Apig<User extends PoolUser = PoolUser, Paths = unknown> extends Cognito<User> {
  /**
   * Calls the API in the name of the user who is logged in.
   * @param request Path, method, headers, query, body; `login` logs a user in first where that is needed.
   * @returns The response's JSON, `undefined` where it is empty; with another `responseType` its text, Blob, ArrayBuffer, stream,
   *   events, or the Response.
   * @throws ApigError where the API answers with anything but 2xx; its message is the response's text.
   * @throws AuthError `NotLoggedIn`, `SessionExpired`, `IdentityPoolRefused` … where credentials cannot be got, and the codes of
   *   `login` with the option `login`; `SessionChanged` where the user logs out, or another one logs in, before the call is sent
   * @throws RequestError `NetworkError`, `Timeout` or `InvalidResponse` where no usable answer comes.
   * @throws SigV4Error for a request that cannot be sent, before credentials are asked for; it names the option.
   * @throws the reason of the app's own `signal`, and what `credentials` of the app's own threw, unchanged
   * @example
   * const notes = await apig.invokeApig<Note[]>({ path: '/notes', queryParams: { limit: 10 } });
   */
  readonly invokeApig: InvokeApig<Paths>;
  /**
   * A `fetch` that signs in the name of the user who is logged in, for libraries that take one. Retries are those of `invokeApig`.
   * URLs below the API's are signed for its configured region; others for the region and service that their host names.
   * @param input The absolute URL, or a Request.
   * @param init Options of fetch, and `retry` and `timeout` in milliseconds. Default: a GET.
   * @returns The response, whatever its status; after retries, the last one.
   * @throws AuthError, RequestError and SigV4Error as `invokeApig` does; no ApigError
   * @example
   * const client = createClient<paths>({ baseUrl: config.apiGateway.URL, fetch: apig.fetch }); // openapi-fetch
   */
  readonly fetch: SignedFetch;
}

/**
 * Makes an instance for a configuration.
 * @param config The configuration object of the app.
 * @param options See `BaseOptions`; unknown options must have been refused already.
 * @param connections How the pools are reached.
 * @throws AuthError `InvalidConfig`
 */
export function createApigWith<User extends PoolUser>(
  config: unknown,
  options: BaseOptions,
  connections: CognitoConnections<User>,
): Apig<User> {
  checkSignedHost(options.signedHost);
  const core = createCognito(config, options, connections);
  const { load, identity, identityOfLogin, logInForCall, config: checked, ...cognito } = core;
  const users = { load, identity, identityOfLogin, logInForCall, getCurrentUser: cognito.getCurrentUser };
  const { url: endpoint, region } = checked.apiGateway;
  const destination = readDestination(endpoint);
  const senders = createSenders(region, options);
  prepareRequest(destination, withDefaults(options, { path: '/' })); // throws for options that no call could use

  return {
    ...cognito,
    async invokeApig<T>(given: ApigRequest): Promise<T> {
      // Requests that cannot be sent are refused before credentials are asked for.
      checkRequest(given);
      const request = withDefaults(options, given);
      const call = prepareRequest(destination, request);
      return sendRequest(
        call,
        (response, sent) => readResponse(response, sent, request, call),
        async (signal) =>
          request.sign === false
            ? senders.unsigned
            : senders.of(await identityForCall(users, request.login, signal)).api,
      ) as Promise<T>;
    },
    fetch: async (input, init) => {
      checkAbsolute(input);
      const { retry, timeout } = withDefaults(options, { path: '', retry: init?.retry, timeout: init?.timeout });
      const call = readFetchArguments(input, init);
      const isOwn = call.url.origin === destination.origin;
      // Only for the API: headers for all calls may hold a key, which other servers must not get.
      for (const [name, value] of Object.entries(isOwn ? (options.headers ?? {}) : {})) {
        if (!call.headers.has(name)) call.headers.set(name, value);
      }
      return sendRequest(
        { ...call, retryPolicy: createRetryPolicy(retry), timeout: checkTimeout(timeout) },
        (response) => response,
        async () => senders.of(await identityForCall(users))[isOwn ? 'api' : 'others'],
      );
    },
  };
}

/** Refuses relative URLs: a page would send them, with the user's session token, to its own server. */
function checkAbsolute(input: unknown): void {
  if (typeof input !== 'string' || /^[a-z][a-z\d+.-]*:/i.test(input)) return;
  throw invalidOption('url', "an absolute URL; invokeApig takes a path below the API's", input);
}
