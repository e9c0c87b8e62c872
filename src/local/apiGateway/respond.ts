/** Answers requests: those that are signed and allowed with what the API says, all others as AWS refuses them. */
import { nodeHash } from '../../hash/node.js';
import { MAX_TIMER, resolvePath } from '../../util/index.js';
import { verifyRequest } from '../../verify/index.js';
import type { Verified } from '../../verify/index.js';
import type { IssuedCredentials } from '../credentials/index.js';
import type { WireInfo } from '../http/index.js';
import type { Clock } from '../options/index.js';
import { gatewayAnswer, sendable } from './answer.js';
import type { Answer } from './answer.js';
import { createAuthorizer } from './authorize.js';
import { ApiTimeout, callWithin, linesOf, requestForApi } from './callApi.js';
import { callerOf } from './caller.js';
import { ApiFailure } from './handler.js';
import type { ApiCaller, ApiContext, ApiHandler } from './handler.js';
import { createNotesApi } from './notes.js';
import type { ApiGatewayOptions } from './options.js';
import { createProxy } from './proxy.js';
import { ACCOUNT, API_ID, readPlace } from './settings.js';
import type { ApiPlace } from './settings.js';

/** Answers a request. The id is that of the request. */
type Respond = (request: Request, wire: WireInfo, requestId: string) => Promise<Answer>;

/**
 * Makes the function that answers a gateway's requests.
 * @param options The options of the gateway.
 * @param now The gateway's clock.
 * @returns Where the API is, and that function.
 * @throws LocalAwsError `InvalidOption`
 */
export function createResponder(options: ApiGatewayOptions, now: Clock): { place: ApiPlace; respond: Respond } {
  const { store, sourceIp = '127.0.0.1' } = options;
  const place = readPlace(options, options.handler);
  const { frontend, region, stage, prefix, basePath } = place;
  const { refusals } = frontend;
  const denialOf = createAuthorizer(options, place, sourceIp);
  const callApi = createApiCall(options, place, now);

  /** Verifies the signature, and finds who calls. */
  const authenticate = (request: Request, wire: WireInfo) =>
    verifyRequest<IssuedCredentials>(
      { method: request.method, target: wire.rawPath, headers: wire.rawHeaders, body: wire.rawBody },
      { credentials: (accessKeyId) => store.find(accessKeyId), region, service: frontend.service, now, hash: nodeHash },
    );

  const isHere = (path: string): boolean => path === prefix || path.startsWith(`${prefix}/`);

  /** The request and the context that the API is called with. */
  function requestOf(request: Request, wire: WireInfo, verified: Verified, path: string) {
    const inner = requestForApi(request, verified, path, wire.rawBody);
    const where = { stage, region, accountId: ACCOUNT, apiId: API_ID, sourceIp };
    const custom = basePath === undefined ? {} : { basePath };
    const context: ApiContext = { ...where, ...custom, rawHeaders: linesOf(inner, wire.rawHeaders), time: now() };
    return { inner, context };
  }

  async function respond(request: Request, wire: WireInfo, requestId: string): Promise<Answer> {
    if (wire.isTooLarge) return gatewayAnswer(refusals.bodyTooLarge(), { unusable: 'BodyTooLarge' });
    const result = await authenticate(request, wire);
    const full = result.ok ? result.path : resolvePath(wire.path);
    if (full !== undefined && !isHere(full)) return gatewayAnswer(refusals.noSuchStage(), { unusable: 'NoSuchStage' });
    if (!result.ok) return gatewayAnswer(refusals.signatureRefused(result), { refusal: result.code });

    const caller = callerOf(result, requestId);
    const { identityId, accessKeyId, username } = caller;
    const who = { identityId, accessKeyId, path: result.path, ...(username === undefined ? {} : { username }) };
    const path = result.path.slice(prefix.length) || '/';
    const denied = denialOf(result, path);
    if (denied) return gatewayAnswer(refusals.accessDenied(denied), { ...who, denied: denied.kind });
    if (wire.rawBody.length > 0 && /^(?:GET|HEAD)$/.test(result.method))
      return gatewayAnswer(refusals.bodyNotPassedOn(), { ...who, unusable: 'BodyOnGet' });
    const { inner, context } = requestOf(request, wire, result, path);
    return { ...(await callApi(inner, caller, context)), ...who };
  }

  return { place, respond };
}

/** Makes the function that calls the API, and answers in its place where it fails. */
function createApiCall({ target, handler, timeout, onError }: ApiGatewayOptions, { frontend }: ApiPlace, now: Clock) {
  const { refusals } = frontend;
  const api: ApiHandler = target === undefined ? (handler ?? createNotesApi(now)) : createProxy(target);
  const time = timeout ?? (api.timeout === undefined ? 29_000 : MAX_TIMER);
  const apiFailed = target === undefined ? refusals.handlerFailed : refusals.targetFailed;

  return async (request: Request, caller: ApiCaller, context: ApiContext): Promise<Answer> => {
    try {
      const response: unknown = await callWithin(request, time, (inner) => api(inner, caller, context));
      return { response: sendable(response), from: 'api' };
    } catch (error) {
      onError?.(error instanceof ApiFailure ? error.cause : error);
      if (error instanceof ApiFailure) return gatewayAnswer(error.response);
      return gatewayAnswer(error instanceof ApiTimeout ? refusals.timedOut() : apiFailed());
    }
  };
}
