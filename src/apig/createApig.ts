/** The chain, whichever way the identity pool is reached: current user, credentials, signature, fetch, JSON. */
import { COGNITO_OPTIONS, createCognito, sessionChanged } from '../cognito/index.js';
import type { Cognito, CognitoConnections, CognitoOptions, Identity, PoolUser } from '../cognito/index.js';
import { AuthError } from '../errors.js';
import { checkTimeout, invalidOption, throwIfAborted } from '../util/index.js';
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
import type { ApigRequest } from './apiRequest.js';
import { CALL_DEFAULTS, withDefaults } from './callDefaults.js';
import type { CallDefaults } from './callDefaults.js';

/** Options with which an app needs no user pool; with `credentials`, no identity pool either. */
export type WithoutUserPool =
  | {
      /** Credentials of the app's own. */
      readonly credentials: NonNullable<CognitoOptions['credentials']>;
    }
  | {
      /** Logins at other identity providers. */
      readonly logins: NonNullable<CognitoOptions['logins']>;
    }
  | {
      /** A backend of the app's own vouches for its users. */
      readonly developerIdentity: NonNullable<CognitoOptions['developerIdentity']>;
    }
  | {
      /** Calls are made as a guest. */
      readonly guests: true;
    };

/** What an instance is made with, whichever way the identity pool is reached. */
export interface BaseOptions extends CognitoOptions, CallDefaults {}

/** The names of these options. */
export const BASE_OPTIONS: readonly string[] = [...COGNITO_OPTIONS, ...CALL_DEFAULTS];

/** Users, credentials and calls to the API. */
export interface Apig<User extends PoolUser = PoolUser> extends Cognito<User> {
  /**
   * Calls the API in the name of the user who is logged in.
   * @param request Path, method, headers, query, body; `login` logs a user in first where that is needed.
   * @returns The response's JSON; `undefined` where it is empty.
   * @throws ApigError where the API answers with anything but 2xx; its message is the response's text.
   * @throws AuthError where there is no user, or no credentials are to be had; `SessionChanged` where the user for whom it
   *   was made, with `login` that one, logs out or is followed by another before the call is sent.
   * @throws RequestError where no usable answer comes.
   * @throws SigV4Error for a request that cannot be sent, before anyone is asked for anything; it names the option.
   * @throws Whatever the app's own `signal` has as its reason, and `credentials` of the app's own threw, as it is.
   * @example
   * const notes = await invokeApig<Note[]>({ path: '/notes', queryParams: { limit: 10 } });
   */
  readonly invokeApig: <T = unknown>(request: ApigRequest) => Promise<T>;
  /**
   * A `fetch` that signs in the name of the user who is logged in, for libraries that take one. As with `createSignedFetch`,
   * the response is resolved with whatever its status, and each call is retried, and bound to the user, as `invokeApig` does it.
   * The API's own URL is signed as configured, that of another service as its host says.
   * @throws AuthError, RequestError and SigV4Error as `invokeApig`
   * @example
   * const client = createClient<paths>({ baseUrl: config.apiGateway.URL, fetch: apig.fetch }); // openapi-fetch
   */
  readonly fetch: SignedFetch;
}

/**
 * Users, credentials and calls for a configuration.
 * @param config The configuration object of the app.
 * @param options See `BaseOptions`: known ones only.
 * @param connections How the pools are reached.
 * @throws AuthError `InvalidConfig`
 */
export function createApigWith<User extends PoolUser>(
  config: unknown,
  options: BaseOptions,
  connections: CognitoConnections<User>,
): Apig<User> {
  const core = createCognito(config, options, connections);
  const { identity, identityOfLogin, logIn, load, config: checked, ...cognito } = core;
  const { url: endpoint, region } = checked.apiGateway;
  const clock = createClock(options.now);
  const destination = readDestination(endpoint);
  const sendOnce: typeof fetch = (input, init) => (options.fetch ?? globalThis.fetch)(input, init);
  const isCustomFetch = options.fetch !== undefined;
  const openSender: Sender = { signer: createUnsignedSender(clock), fetch: sendOnce, isCustomFetch };
  prepareRequest(destination, withDefaults(options, { path: '/' })); // throws for defaults that no call could use
  let last: { readonly identity: Identity; readonly api: Sender; readonly others: Sender } | undefined;

  /** What signs and sends for an identity, with the last look at whether that is still the one who is logged in. */
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
    const senderFor = (how: Pick<SigningOptions, 'service' | 'region'>): Sender => ({
      signer: createRequestSigner({ credentials, clock, ...how }),
      fetch: send,
      isCustomFetch,
    });
    return (last = { identity: mine, api: senderFor({ service: 'execute-api', region }), others: senderFor({}) });
  }

  /** Asks for credentials, which shows whether the session, which may be a stored one, has ended. */
  async function hasExpired(mine: Identity): Promise<boolean> {
    try {
      await mine.getCredentials();
      return false;
    } catch (error) {
      if (error instanceof AuthError && error.code === 'SessionExpired') return true;
      throw error;
    }
  }

  /** Whom a call is for. Found before anything is waited for, but for the storage, and for a login that opens the session itself. */
  async function identityFor({ login }: Pick<ApigRequest, 'login'>, signal?: AbortSignal): Promise<Identity> {
    const loading = load();
    if (loading) await loading;
    if (!login) return identity();
    const { username, password } = login;
    const found = identityOfLogin(username, password);
    if (found && !(await hasExpired(found))) return found;
    throwIfAborted(signal);
    // Where that took a while, another call may have logged the same user in by now, or someone else have logged in.
    const renewed = found && identityOfLogin(username, password);
    if (renewed) return renewed;
    if (found && cognito.getCurrentUser()) throw sessionChanged();
    return logIn(username, password);
  }

  return {
    ...cognito,
    async invokeApig<T>(given: ApigRequest): Promise<T> {
      // What cannot be sent is refused before anyone is asked for anything.
      checkRequest(given);
      const request = withDefaults(options, given);
      const call = prepareRequest(destination, request);
      return sendRequest(
        call,
        (response, sent) => readResponse(response, sent, request, call),
        async (signal) => (request.sign === false ? openSender : sendersOf(await identityFor(request, signal)).api),
      ) as Promise<T>;
    },
    fetch: async (input, init) => {
      checkAbsolute(input);
      const { retry, timeout } = withDefaults(options, { path: '', retry: init?.retry, timeout: init?.timeout });
      const call = readFetchArguments(input, init);
      const isOwn = call.url.origin === destination.origin;
      // They are meant for the API: a key among them is no other server's business.
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

/** How far off a clock has to be before a login's word is taken for it, in milliseconds: tokens tell whole seconds. */
const NOTABLE_DRIFT = 60_000;

/**
 * Starts the signer's clock with what a login has told of the time: a page may never see the refusal that would tell it. What a
 * refusal has told goes before it.
 */
function startClock(clock: Clock, now: number): void {
  if (clock.offset === 0 && Math.abs(now - clock.now()) > NOTABLE_DRIFT) clock.correct(now);
}

/** A page would send what is relative, and the user's session token with it, to its own server. */
function checkAbsolute(input: unknown): void {
  if (typeof input !== 'string' || /^[a-z][a-z\d+.-]*:/i.test(input)) return;
  throw invalidOption('url', "an absolute URL; invokeApig takes a path below the API's", input);
}
