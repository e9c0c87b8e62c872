/** The chain that both entries share: current user, credentials, signature, fetch, JSON. */
import { COGNITO_OPTIONS, createCognito, sessionChanged } from '../cognito/index.js';
import type { Cognito, CognitoConnections, CognitoOptions, Identity, PoolUser } from '../cognito/index.js';
import { AuthError } from '../errors.js';
import { checkSignedHost } from '../sigv4/index.js';
import { checkTimeout, invalidOption, NOTABLE_DRIFT, throwIfAborted } from '../util/index.js';
import type { CredentialProvider } from '../util/index.js';
import {
  createClock,
  createRequestSigner,
  createRetryPolicy,
  createUnsignedSender,
  prepareRequest,
  readDestination,
  readFetchArguments,
  sendRequest,
} from '../signedFetch/index.js';
import type { Clock, Sender, SignedFetch, SigningOptions } from '../signedFetch/index.js';
import { checkRequest, readResponse } from './apiRequest.js';
import type { ApigRequest, InvokeApig } from './apiRequest.js';
import { CALL_DEFAULTS, withDefaults } from './callDefaults.js';
import type { CallDefaults } from './callDefaults.js';

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

/** The names of these options. */
export const BASE_OPTIONS: readonly string[] = [...COGNITO_OPTIONS, ...CALL_DEFAULTS, 'signedHost'];

/** An instance: users, their credentials, and calls to the API. Made by `createApig` or `configure`. */
export interface Apig<User extends PoolUser = PoolUser> extends Cognito<User> {
  /**
   * Calls the API in the name of the user who is logged in.
   * @param request Path, method, headers, query, body; `login` logs a user in first where that is needed.
   * @returns The response's JSON, `undefined` where it is empty; with another `responseType` its text, Blob, ArrayBuffer, stream, events, or the Response.
   * @throws ApigError where the API answers with anything but 2xx; its message is the response's text.
   * @throws AuthError `NotLoggedIn`, `SessionExpired`, `IdentityPoolRefused` … where credentials cannot be got, and the codes of
   *   `login` with the option `login`; `SessionChanged` where the user logs out, or another one logs in, before the call is sent
   * @throws RequestError `NetworkError`, `Timeout` or `InvalidResponse` where no usable answer comes.
   * @throws SigV4Error for a request that cannot be sent, before credentials are asked for; it names the option.
   * @throws the reason of the app's own `signal`, and what `credentials` of the app's own threw, unchanged
   * @example
   * const notes = await apig.invokeApig<Note[]>({ path: '/notes', queryParams: { limit: 10 } });
   */
  readonly invokeApig: InvokeApig;
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
  const { identity, identityOfLogin, logInForCall, load, config: checked, ...cognito } = core;
  const { url: endpoint, region } = checked.apiGateway;
  const clock = createClock(options.now);
  const destination = readDestination(endpoint);
  const sendOnce: typeof fetch = (input, init) => (options.fetch ?? globalThis.fetch)(input, init);
  const isCustomFetch = options.fetch !== undefined;
  const unsignedSender: Sender = { signer: createUnsignedSender(clock), fetch: sendOnce, isCustomFetch };
  prepareRequest(destination, withDefaults(options, { path: '/' })); // throws for options that no call could use
  let last: { readonly identity: Identity; readonly api: Sender; readonly others: Sender } | undefined;

  /** The senders for an identity. They check just before sending that its user is still logged in. */
  function sendersOf(mine: Identity) {
    if (last?.identity === mine) return last;
    const credentials: CredentialProvider = async (context) => {
      const found = await mine.getCredentials(context);
      if (options.now === undefined) startClock(clock, mine.now());
      return found;
    };
    const send: typeof fetch = (input, init) => {
      mine.assertCurrent();
      return sendOnce(input, init);
    };
    const senderFor = (how: Pick<SigningOptions, 'service' | 'region' | 'signedHost'>): Sender => ({
      signer: createRequestSigner({ credentials, clock, ...how }),
      fetch: send,
      isCustomFetch,
    });
    return (last = {
      identity: mine,
      api: senderFor({ service: 'execute-api', region, signedHost: options.signedHost }),
      others: senderFor({}),
    });
  }

  /** The identity that a call is made for. It is found before anything but the storage, or the login of the call, is waited for. */
  async function identityFor({ login }: Pick<ApigRequest, 'login'>, signal?: AbortSignal): Promise<Identity> {
    const loading = load();
    if (loading) await loading;
    if (!login) return identity();
    const { username, password } = login;
    const found = identityOfLogin(username, password);
    if (found && !(await hasExpired(found))) return found;
    throwIfAborted(signal);
    // In the meantime, another call may have logged the same user in, or another user may have logged in.
    const renewed = found && identityOfLogin(username, password);
    if (renewed) return renewed;
    if (found && cognito.getCurrentUser()) throw sessionChanged();
    return logInForCall(username, password);
  }

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
        async (signal) => (request.sign === false ? unsignedSender : sendersOf(await identityFor(request, signal)).api),
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
        async () => sendersOf(await identityFor({}))[isOwn ? 'api' : 'others'],
      );
    },
  };
}

/** Whether the session of an identity, which may come from the storage, has ended. Getting credentials shows that. */
async function hasExpired(mine: Identity): Promise<boolean> {
  try {
    await mine.getCredentials();
    return false;
  } catch (error) {
    if (error instanceof AuthError && error.code === 'SessionExpired') return true;
    throw error;
  }
}

/**
 * Corrects the signer's clock by the time that a login has told, unless a refusal has corrected it already. Pages need this, since a
 * browser may hide the refusals from them that tell the time.
 */
function startClock(clock: Clock, now: number): void {
  if (clock.offset === 0 && Math.abs(now - clock.now()) > NOTABLE_DRIFT) clock.correct(now);
}

/** Refuses relative URLs: a page would send them, with the user's session token, to its own server. */
function checkAbsolute(input: unknown): void {
  if (typeof input !== 'string' || /^[a-z][a-z\d+.-]*:/i.test(input)) return;
  throw invalidOption('url', "an absolute URL; invokeApig takes a path below the API's", input);
}
