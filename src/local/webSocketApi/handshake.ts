/** A request to connect, from its signature to the answer of `$connect`. */
import { isObject } from '../../util/index.js';
import { linesOf, requestForApi, restRefusals } from '../apiGateway/index.js';
import type { ApiContext } from '../apiGateway/index.js';
import type { RequestHead } from '../http/index.js';
import { connectEvent, randomId } from '../lambda/index.js';
import type { ConnectionFacts } from '../lambda/index.js';
import type { Clock } from '../options/index.js';
import { logOf } from './authorize.js';
import type { Answered, Authorize } from './authorize.js';
import type { CallRoute } from './callRoute.js';
import type { Route } from './routes.js';

/** A connection that may be made. */
export interface Admitted {
  readonly facts: ConnectionFacts;
  /** The subprotocol that `$connect` chose among those asked for. */
  readonly subprotocol: string | undefined;
}

/** The parts of the API that a handshake needs. */
export interface HandshakeOptions {
  readonly authorize: Authorize;
  readonly api: Pick<ApiContext, 'stage' | 'region' | 'accountId' | 'apiId'>;
  /** The beginning of the ARNs of the API's resources. */
  readonly arn: string;
  readonly now: Clock;
  readonly table: ReadonlyMap<string, Route>;
  readonly callRoute: CallRoute;
}

/**
 * Decides on a request to connect.
 * @param head The request.
 * @param options The API.
 * @returns The connection that may be made, or the refusal.
 */
export async function shakeHands(head: RequestHead, options: HandshakeOptions): Promise<Admitted | Answered> {
  if (!isHandshake(head)) return { response: Response.json({ message: 'Bad Request' }, { status: 400 }) };
  const { authorize, api, arn, now, table, callRoute } = options;
  const wire = { method: head.method, target: head.rawPath, headers: head.rawHeaders, body: '' };
  const connect = `${arn}/${api.stage}/$connect`;
  const result = await authorize(wire, 'execute-api:Invoke', () => ({ readings: [connect], asSent: connect }));
  if (!result.ok) return result;
  const { caller, verified } = result;
  const { requestId } = caller;
  const who = logOf(caller);
  if (verified.path.replace(/\/$/, '') !== `/${api.stage}`) {
    return { response: restRefusals.noSuchStage(), ...who, unusable: 'NoSuchStage' };
  }

  const time = now();
  const request = requestForApi(new Request(head.url, { headers: head.headers }), verified, '/', new Uint8Array());
  const facts: ConnectionFacts = {
    connectionId: randomId(),
    connectedAt: time.getTime(),
    domainName: verified.host,
    userAgent: head.headers.get('user-agent'),
    caller,
    api,
  };
  const route = table.get('$connect');
  if (!route) return { facts, subprotocol: undefined };
  const context = { ...api, rawHeaders: linesOf(request, head.rawHeaders), time };
  const answer = await callRoute(route, connectEvent(facts, request, context, requestId), requestId);
  const status = statusOf(answer?.value);
  if (status === undefined) {
    const { connectionId } = facts;
    const body = { message: 'Internal server error', connectionId, requestId };
    return { response: Response.json(body, { status: 502 }), ...who };
  }
  if (status < 200 || status > 299) return { response: new Response(null, { status }), ...who };
  return { facts, subprotocol: subprotocolOf(answer?.value, head.headers) };
}

/** Whether a request asks to connect as the protocol wants it (RFC 6455, section 4.1), which is without a body. */
function isHandshake({ method, headers }: RequestHead): boolean {
  return (
    method === 'GET' &&
    headers.get('upgrade')?.toLowerCase() === 'websocket' &&
    headers.get('sec-websocket-version') === '13' &&
    /^[a-z\d+/]{22}==$/i.test(headers.get('sec-websocket-key') ?? '') &&
    isListOfNames(headers.get('sec-websocket-protocol')) &&
    !headers.has('transfer-encoding') &&
    Number(headers.get('content-length') ?? 0) === 0
  );
}

/** Whether the subprotocols can be read: the library would refuse them only after `$connect` has let the client in. */
function isListOfNames(list: string | null): boolean {
  const names = list?.split(',').map((name) => name.trim()) ?? [];
  return new Set(names).size === names.length && names.every((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name));
}

/** The status that `$connect` answered with; none where it gave no answer that can be read. */
function statusOf(value: unknown): number | undefined {
  const status = isObject(value) ? Number(value.statusCode) : NaN;
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

/** The subprotocol that `$connect` names, where the client asked for it. */
function subprotocolOf(value: unknown, asked: Headers): string | undefined {
  const headers = isObject(value) && isObject(value.headers) ? value.headers : {};
  const [, chosen] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'sec-websocket-protocol') ?? [];
  const offered = (asked.get('sec-websocket-protocol') ?? '').split(',').map((name) => name.trim());
  return offered.find((name) => name !== '' && name === chosen);
}
