/** The chain, whichever way the identity pool is reached: current user, credentials, signature, fetch, JSON. */
import { createCognito } from '../cognito.js';
import type { Cognito, CognitoOptions, ConnectIdentityPool, CredentialSharing, Identity } from '../cognito.js';
import { createClock, createSignedFetch, originOf } from '../signedFetch.js';
import type { SignedFetch } from '../signedFetch.js';
import { shared } from '../cognito/waiting.js';
import { readResponse, requestError, toFetchArguments } from './request.js';
import type { ApigRequest } from './request.js';

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
   * @throws AuthError where there is no user, or no credentials are to be had; `SessionChanged` where the user logs out
   *   before the call is sent.
   * @throws RequestError where no usable answer comes.
   * @example
   * const notes = await invokeApig<Note[]>({ path: '/notes', queryParams: { limit: 10 } });
   */
  readonly invokeApig: <T = unknown>(request: ApigRequest) => Promise<T>;
}

/**
 * Users, credentials and calls for a configuration.
 * @param config The configuration object of the app.
 * @param options See `CognitoOptions`.
 * @param connect How to get credentials from the identity pool.
 * @param sharing Where to make the credentials known as well.
 */
export function createApigWith(
  config: unknown,
  options: CognitoOptions,
  connect: ConnectIdentityPool,
  sharing?: CredentialSharing,
): Apig {
  const {
    identity,
    isCurrent,
    isLoggedInAs,
    config: checked,
    ...cognito
  } = createCognito(config, options, connect, sharing);
  const { url: endpoint, region } = checked.apiGateway;
  const logins = new Map<string, () => Promise<unknown>>();
  const clock = createClock(options.now);
  let signing: { identity: Identity; fetch: SignedFetch } | undefined;

  /** One signed fetch for each stay: its credentials, and the last look at who is logged in before a request leaves. */
  function signedFetch(): SignedFetch {
    const current = identity();
    if (signing?.identity === current) return signing.fetch;
    const send = options.fetch ?? globalThis.fetch;
    signing = {
      identity: current,
      fetch: createSignedFetch({
        credentials: (refresh) => current.getCredentials(refresh),
        service: 'execute-api',
        region,
        clock,
        fetch: async (input, init) => {
          if (!isCurrent(current)) current.end();
          current.assertCurrent();
          return send(input, init);
        },
      }),
    };
    return signing.fetch;
  }

  /** Calls that come with the same login at the same time share it. */
  async function loginFirst({ username, password }: NonNullable<ApigRequest['login']>): Promise<void> {
    if (isLoggedInAs(username)) return;
    const key = JSON.stringify([username, password]);
    const run = logins.get(key) ?? shared(() => cognito.login(username, password));
    logins.set(key, run);
    try {
      await run();
    } finally {
      logins.delete(key);
    }
  }

  return {
    ...cognito,
    async invokeApig<T>(request: ApigRequest): Promise<T> {
      const [url, init] = toFetchArguments(endpoint, request);
      if (request.login) await loginFirst(request.login);
      const send = signedFetch();
      let response: Response | undefined;
      try {
        response = await send(url, init);
        return (await readResponse(response, request, url)) as T;
      } catch (error) {
        throw requestError(error, request, url, response && originOf(response)?.attempts);
      }
    },
  };
}
