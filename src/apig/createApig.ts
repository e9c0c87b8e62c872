/** The chain, whichever way the identity pool is reached: current user, credentials, signature, fetch, JSON. */
import { createCognito } from '../cognito/index.js';
import type { Cognito, CognitoConnections, CognitoOptions, Identity } from '../cognito/index.js';
import { AuthError } from '../errors.js';
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

type Login = NonNullable<ApigRequest['login']>;

/** Users, credentials and calls to the API. */
export interface Apig extends Cognito {
  /**
   * Calls the API in the name of the user who is logged in.
   * @param request Path, method, headers, query, body; `login` logs a user in first where that is needed.
   * @returns The response's JSON; `undefined` where it is empty.
   * @throws ApigError where the API answers with anything but 2xx; its message is the response's text.
   * @throws AuthError where there is no user, or no credentials are to be had; `SessionChanged` where the user logs out
   *   before the call is sent.
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
  const {
    identity,
    isCurrent,
    isLoggedInAs,
    config: checked,
    ...cognito
  } = createCognito(config, options, connections);
  const { url: endpoint, region } = checked.apiGateway;
  const logins = new Map<string, Promise<unknown>>();
  const clock = createClock(options.now);
  const destination = readDestination(endpoint);
  let sending: { readonly identity: Identity; readonly sender: Sender } | undefined;

  /** One for each session: its credentials, and the last look at who is logged in before a request leaves. */
  function currentSender(): Sender {
    const current = identity();
    if (sending?.identity === current) return sending.sender;
    const sendOnce = options.fetch ?? globalThis.fetch;
    const sender: Sender = {
      signer: createRequestSigner({
        credentials: (context) => current.getCredentials(context),
        service: 'execute-api',
        region,
        clock,
      }),
      fetch: (input, init) => {
        if (!isCurrent(current)) current.end();
        current.assertCurrent();
        return sendOnce(input, init);
      },
      isCustomFetch: options.fetch !== undefined,
    };
    sending = { identity: current, sender };
    return sender;
  }

  /** Calls that come with the same login at the same time share it. */
  function loginFirst({ username, password }: Login): Promise<unknown> {
    const key = JSON.stringify([username, password]);
    const run = logins.get(key) ?? cognito.login(username, password).finally(() => logins.delete(key));
    logins.set(key, run);
    return run;
  }

  /** Asks for credentials, which shows whether the session, which may be a stored one, has ended. */
  async function findEnded(): Promise<boolean> {
    try {
      await identity().getCredentials();
    } catch (error) {
      if (error instanceof AuthError && error.code === 'SessionExpired') return true;
      throw error;
    }
    return false;
  }

  async function openSender({ login }: ApigRequest, signal?: AbortSignal): Promise<Sender> {
    if (login && (!isLoggedInAs(login.username) || (await findEnded()))) {
      if (signal?.aborted) throw signal.reason; // without `throwIfAborted`, which older platforms do not have
      await loginFirst(login);
    }
    return currentSender();
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
        (signal) => openSender(request, signal),
      ) as Promise<T>;
    },
  };
}
