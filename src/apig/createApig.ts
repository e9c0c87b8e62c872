/** The chain, whichever way the identity pool is reached: current user, credentials, signature, fetch, JSON. */
import { createCognito, sessionChanged } from '../cognito/index.js';
import type { Cognito, CognitoConnections, CognitoOptions, Identity } from '../cognito/index.js';
import { AuthError } from '../errors.js';
import { throwIfAborted } from '../util/index.js';
import {
  createClock,
  createRequestSigner,
  prepareRequest,
  readDestination,
  sendRequest,
} from '../signedFetch/index.js';
import type { Sender } from '../signedFetch/index.js';
import { checkRequest, readResponse } from './apiRequest.js';
import type { ApigRequest } from './apiRequest.js';

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
      /** Calls are made as a guest. */
      readonly guests: true;
    };

/** Users, credentials and calls to the API. */
export interface Apig extends Cognito {
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
}

/**
 * Users, credentials and calls for a configuration.
 * @param config The configuration object of the app.
 * @param options See `CognitoOptions`: known ones only.
 * @param connections How the pools are reached.
 * @throws AuthError `InvalidConfig`
 */
export function createApigWith(config: unknown, options: CognitoOptions, connections: CognitoConnections): Apig {
  const { identity, identityNamed, logIn, config: checked, ...cognito } = createCognito(config, options, connections);
  const { url: endpoint, region } = checked.apiGateway;
  const clock = createClock(options.now);
  const destination = readDestination(endpoint);
  let last: { readonly identity: Identity; readonly sender: Sender } | undefined;

  /** What signs and sends for an identity, with the last look at whether that is still the one who is logged in. */
  function senderOf(mine: Identity): Sender {
    if (last?.identity === mine) return last.sender;
    const sendOnce = options.fetch ?? globalThis.fetch;
    const sender: Sender = {
      signer: createRequestSigner({
        credentials: (context) => mine.getCredentials(context),
        service: 'execute-api',
        region,
        clock,
      }),
      fetch: (input, init) => {
        mine.assertCurrent();
        return sendOnce(input, init);
      },
      isCustomFetch: options.fetch !== undefined,
    };
    last = { identity: mine, sender };
    return sender;
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

  /** Whom a call is for. Found before anything is waited for, but for a login that opens the session itself. */
  async function identityFor({ login }: ApigRequest, signal?: AbortSignal): Promise<Identity> {
    if (!login) return identity();
    const { username, password } = login;
    const found = identityNamed(username);
    if (found && !(await hasExpired(found))) return found;
    throwIfAborted(signal);
    // Where that took a while, another call may have logged the same user in by now, or someone else have logged in.
    const renewed = found && identityNamed(username);
    if (renewed) return renewed;
    if (found && cognito.getCurrentUser()) throw sessionChanged();
    return logIn(username, password);
  }

  return {
    ...cognito,
    async invokeApig<T>(request: ApigRequest): Promise<T> {
      // What cannot be sent is refused before anyone is asked for anything.
      checkRequest(request);
      const call = prepareRequest(destination, request);
      return sendRequest(
        call,
        (response, sent) => readResponse(response, sent, request, call),
        async (signal) => senderOf(await identityFor(request, signal)),
      ) as Promise<T>;
    },
  };
}
