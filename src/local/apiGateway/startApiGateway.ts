/** Starts an API gateway that checks signature, credentials, clock and policy of each request, and passes it on. */
import { isPreflight, listen } from '../http/index.js';
import type { WireInfo } from '../http/index.js';
import { errorListener, openClock } from '../options/index.js';
import type { Answer } from './answer.js';
import { gatewayCors } from './cors.js';
import { checkApiGatewayOptions } from './options.js';
import type { ApiGatewayOptions } from './options.js';
import { logRequest } from './requestLog.js';
import type { LoggedRequest } from './requestLog.js';
import { createResponder } from './respond.js';

/** A running API gateway. */
export interface LocalApiGateway {
  /** The API's URL with its stage: `http://127.0.0.1:<port>/dev`. */
  readonly url: string;
  /** The port of the URL. */
  readonly port: number;
  /** The region that requests must be signed for. */
  readonly region: string;
  /** The stage, which is the first segment of every path. */
  readonly stage: string;
  /** The ARN with which the resources of a policy begin: `arn:aws:execute-api:<region>:<account>:<api>`. */
  readonly arn: string;
  /** The latest thousand requests, preflights among them, the oldest first. */
  readonly requests: readonly LoggedRequest[];
  /**
   * Stops the server, and ends open connections. May be called more than once.
   * @returns A promise that resolves once nothing listens any more.
   * @example
   * afterAll(() => gateway.stop());
   */
  stop(): Promise<void>;
}

/**
 * Starts an API gateway with IAM authorization on 127.0.0.1. As AWS does, it checks the signature, the credentials, the clock and the
 * policy of each request, refuses with AWS's own answers, and passes good requests on to the API behind it.
 *
 * @param options The store of credentials; the API, policy, region, stage, port, timeout in milliseconds …
 * @returns The running gateway.
 * @throws LocalAwsError `InvalidOption`, with the option's name, or `PortInUse`
 *
 * @example
 * const store = new CredentialStore();
 * const gateway = await startApiGateway({ store, handler: (request, { identityId }) => Response.json({ identityId }) });
 * // sign requests to gateway.url with credentials of the store, and in the end:
 * await gateway.stop();
 */
export async function startApiGateway(options: ApiGatewayOptions): Promise<LocalApiGateway> {
  checkApiGatewayOptions(options);
  const { cors = true, onRequest } = options;
  const onError = errorListener(options.onError);
  const now = openClock(options.now);
  const { place, respond } = createResponder({ ...options, onError }, now);
  const { frontend, region, stage, arn } = place;
  const requests: LoggedRequest[] = [];

  function tell(logged: LoggedRequest): void {
    try {
      onRequest?.(logged);
    } catch (error) {
      onError(error); // the caller's answer does not hang on who listens
    }
  }

  async function handle(request: Request, wire: WireInfo): Promise<Response> {
    const requestId = frontend.makeRequestId();
    const preflight: Answer | undefined =
      isPreflight(request) && cors !== false
        ? { response: new Response(null, { status: 204 }), from: 'api' }
        : undefined;
    const { response, from, ...about } = preflight ?? (await respond(request, wire, requestId));
    const logged: LoggedRequest = { method: request.method, path: wire.path, status: response.status, ...about };
    logRequest(requests, logged);
    tell(logged);

    const headers = new Headers(response.headers);
    headers.set('date', now().toUTCString());
    for (const [name, value] of Object.entries(frontend.idHeaders(requestId))) headers.set(name, value);
    if (!headers.has('access-control-allow-origin')) {
      for (const [name, value] of Object.entries(gatewayCors(request, from, cors))) {
        if (name === 'Vary') headers.append(name, value);
        else headers.set(name, value);
      }
    }
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  }

  const server = await listen(handle, options.port, { onError, maxBody: frontend.maxBody });
  const stop = (): Promise<void> => server.close();
  return { url: server.url + place.prefix, port: server.port, region, stage, arn, requests, stop };
}
