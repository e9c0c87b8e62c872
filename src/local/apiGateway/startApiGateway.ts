/** Starts an API gateway that checks signature, credentials, clock and policy of each request, and passes it on. */
import { randomBytes, randomUUID } from 'node:crypto';
import { nodeHash } from '../../hash/node.js';
import { MAX_TIMER, resolvePath } from '../../util/index.js';
import { verifyRequest } from '../../verify/index.js';
import type { IssuedCredentials } from '../credentials/index.js';
import { isPreflight, listen } from '../http/index.js';
import type { WireInfo } from '../http/index.js';
import { openClock } from '../options/index.js';
import { ApiTimeout, callWithin, isResponse, linesOf, requestForApi } from './callApi.js';
import { ACCOUNT_ID, roleOf } from './account.js';
import { gatewayCors } from './cors.js';
import { ApiFailure } from './handler.js';
import type { ApiCaller, ApiContext, ApiHandler } from './handler.js';
import { createNotesApi } from './notes.js';
import { checkApiGatewayOptions } from './options.js';
import type { ApiGatewayOptions } from './options.js';
import { createPolicyCheck } from './policy.js';
import { createProxy } from './proxy.js';
import * as refusals from './refusals.js';
import { logRequest } from './requestLog.js';
import type { LoggedRequest } from './requestLog.js';
import { pathReadings } from './resourcePath.js';

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

const API_ID = 'local00api';

/** The answer to a request, and what the log says of it. */
interface Answer extends Pick<LoggedRequest, 'refusal' | 'identityId' | 'accessKeyId' | 'username' | 'denied'> {
  /** The path that was verified; missing where none was. */
  readonly path?: string;
  readonly response: Response;
  /** Whether the API answered, or the gateway in its place. */
  readonly from: 'api' | 'gateway';
}

const refuse = (response: Response, about: Omit<Answer, 'response' | 'from'> = {}): Answer => ({
  response,
  from: 'gateway',
  ...about,
});

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
  const { store, region = 'us-east-1', stage = 'dev', cors = true, target, onRequest, onError } = options;
  const now = openClock(options.now);
  const decide = createPolicyCheck(options.policy);
  const api: ApiHandler = target === undefined ? (options.handler ?? createNotesApi(now)) : createProxy(target);
  const { timeout = api.timeout === undefined ? 29_000 : MAX_TIMER } = options;
  const apiFailed = target === undefined ? refusals.handlerFailed : refusals.targetFailed;
  const arn = `arn:aws:execute-api:${region}:${ACCOUNT_ID}:${API_ID}`;
  const requests: LoggedRequest[] = [];

  /** Who calls, where the signature is good. */
  const authenticate = (request: Request, wire: WireInfo) =>
    verifyRequest<IssuedCredentials>(
      { method: request.method, target: wire.rawPath, headers: wire.rawHeaders, body: wire.rawBody },
      { credentials: (accessKeyId) => store.find(accessKeyId), region, service: 'execute-api', now, hash: nodeHash },
    );

  async function callApi(request: Request, caller: ApiCaller, context: ApiContext): Promise<Answer> {
    try {
      const response: unknown = await callWithin(request, timeout, (inner) => api(inner, caller, context));
      if (isResponse(response)) return { response, from: 'api' };
      throw new TypeError(
        `handler: expected it to return a Response, such as Response.json(value), got ${typeof response}`,
      );
    } catch (error) {
      onError?.(error instanceof ApiFailure ? error.cause : error);
      if (error instanceof ApiFailure) return refuse(error.response);
      return refuse(error instanceof ApiTimeout ? refusals.timedOut() : apiFailed());
    }
  }

  async function respond(request: Request, wire: WireInfo, requestId: string): Promise<Answer> {
    if (wire.isTooLarge) return refuse(refusals.bodyTooLarge());
    const result = await authenticate(request, wire);
    const full = result.ok ? result.path : resolvePath(wire.path);
    if (full !== undefined && full !== `/${stage}` && !full.startsWith(`/${stage}/`)) {
      return refuse(refusals.noSuchStage());
    }
    if (!result.ok) return refuse(refusals.signatureRefused(result), { refusal: result.code });

    const { identityId, authenticated, username, identityPoolId, amr } = result.caller;
    const userArn = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${roleOf(result.caller)}/CognitoIdentityCredentials`;
    const user = username === undefined ? {} : { username };
    const who = { identityId, accessKeyId: result.accessKeyId, path: result.path, ...user };
    const path = result.path.slice(stage.length + 1) || '/';
    const [resource, ...others] = pathReadings(path).map((reading) => `${arn}/${stage}/${result.method}${reading}`);
    const decisions = [resource!, ...others].map((each) => decide(each, identityId));
    // A policy may also have the path as it was sent, with its escapes: no reading is allowed by that, but denied.
    const asSent = decide(`${arn}/${stage}/${result.method}${path}`, identityId);
    if (asSent === 'explicit-deny') decisions.push(asSent);
    const decision = ['explicit-deny' as const, 'implicit-deny' as const].find((deny) => decisions.includes(deny));
    if (decision) return refuse(refusals.accessDenied(userArn, resource!, decision), { ...who, denied: decision });
    if (wire.rawBody.length > 0 && /^(?:GET|HEAD)$/.test(result.method)) return refuse(refusals.bodyNotPassedOn(), who);
    const { accessKeyId } = who;
    const about = { identityId, accessKeyId, authenticated, userArn, requestId };
    const caller = {
      ...about,
      ...user,
      ...(identityPoolId === undefined ? {} : { identityPoolId }),
      ...(amr === undefined ? {} : { amr }),
    };
    const inner = requestForApi(request, result, path, wire.rawBody);
    const place = { stage, region, accountId: ACCOUNT_ID, apiId: API_ID };
    const context = { ...place, rawHeaders: linesOf(inner, wire.rawHeaders), time: now() };
    return { ...(await callApi(inner, caller, context)), ...who };
  }

  function tell(logged: LoggedRequest): void {
    try {
      onRequest?.(logged);
    } catch (error) {
      onError?.(error); // the caller's answer does not hang on who listens
    }
  }

  async function handle(request: Request, wire: WireInfo): Promise<Response> {
    const requestId = randomUUID();
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
    headers.set('x-amzn-requestid', requestId);
    headers.set('x-amz-apigw-id', randomBytes(11).toString('base64'));
    if (!headers.has('access-control-allow-origin')) {
      for (const [name, value] of Object.entries(gatewayCors(request, from, cors))) {
        if (name === 'Vary') headers.append(name, value);
        else headers.set(name, value);
      }
    }
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  }

  const server = await listen(handle, options.port, { onError, maxBody: refusals.MAX_BODY });
  const stop = (): Promise<void> => server.close();
  return { url: `${server.url}/${stage}`, port: server.port, region, stage, arn, requests, stop };
}
