/** The events of WebSocket APIs: one when a client connects, one for each of its messages, one when it has gone. */
import { randomBytes } from 'node:crypto';
import type { ApiCaller, ApiContext } from '../apiGateway/index.js';
import { allOf, groupValues, headerLines, lastOf, logTime, queryValues, sourceIpOf } from './eventParts.js';
import { restIdentity } from './identity.js';

/** A connection, as its events tell of it. */
export interface ConnectionFacts {
  /** The connection's id. */
  readonly connectionId: string;
  /** When the client connected, in milliseconds since 1970. */
  readonly connectedAt: number;
  /** Host and port of the API. */
  readonly domainName: string;
  /** The client's `User-Agent`; `null` where it has none. */
  readonly userAgent: string | null;
  /** Who connected. */
  readonly caller: ApiCaller;
  /** The API that the connection is of. */
  readonly api: Pick<ApiContext, 'stage' | 'apiId' | 'sourceIp'>;
}

/** What the events of a connection have in common. */
interface Occasion {
  readonly routeKey: string;
  readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
  /** When it happened. */
  readonly time: Date;
  /** The id of this event. */
  readonly requestId: string;
}

/** An id of the form that connections, messages and their events have: 15 characters and `=`. */
export const randomId = (): string => randomBytes(11).toString('base64').replace(/[+/]/g, '-');

function requestContext(connection: ConnectionFacts, { routeKey, eventType, time, requestId }: Occasion) {
  const { connectionId, connectedAt, domainName, userAgent, caller, api } = connection;
  return {
    routeKey,
    eventType,
    extendedRequestId: requestId,
    requestTime: logTime(time),
    messageDirection: 'IN',
    stage: api.stage,
    connectedAt,
    requestTimeEpoch: time.getTime(),
    identity: restIdentity(caller, sourceIpOf(api), userAgent),
    requestId,
    domainName,
    connectionId,
    apiId: api.apiId,
  };
}

/**
 * The event of a client that asks to connect.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
 * @param connection The connection that is to be made.
 * @param request The client's request, without the parts of the signature.
 * @param context Where and when it came in, and its header lines.
 * @param requestId The id of this event.
 * @returns The event. It has fields for a query only where there is one.
 */
export function connectEvent(connection: ConnectionFacts, request: Request, context: ApiContext, requestId: string) {
  const headers = groupValues(headerLines({ request, context }), (name) => name.toLowerCase());
  const query = queryValues({ request });
  return {
    headers: lastOf(headers),
    multiValueHeaders: allOf(headers),
    ...(query.length > 0 && { queryStringParameters: lastOf(query), multiValueQueryStringParameters: allOf(query) }),
    requestContext: requestContext(connection, {
      routeKey: '$connect',
      eventType: 'CONNECT',
      time: context.time,
      requestId,
    }),
    isBase64Encoded: false,
  };
}

/**
 * The event of a message.
 * @param connection The connection that it came over.
 * @param routeKey The route that was chosen for it.
 * @param body The message's text.
 * @param time When it came.
 * @param requestId The id of this event.
 * @returns The event.
 */
export function messageEvent(
  connection: ConnectionFacts,
  routeKey: string,
  body: string,
  time: Date,
  requestId: string,
) {
  const context = requestContext(connection, { routeKey, eventType: 'MESSAGE', time, requestId });
  return { requestContext: { ...context, messageId: randomId() }, body, isBase64Encoded: false };
}

/**
 * The event of a connection that has ended.
 * @param connection The connection that has ended.
 * @param closed The code and the reason of its end.
 * @param time When it ended.
 * @param requestId The id of this event.
 * @returns The event; its headers are those that API Gateway sends with it, empty but for the host.
 */
export function disconnectEvent(
  connection: ConnectionFacts,
  closed: { readonly code: number; readonly reason: string },
  time: Date,
  requestId: string,
) {
  const headers = { Host: connection.domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
  const context = requestContext(connection, { routeKey: '$disconnect', eventType: 'DISCONNECT', time, requestId });
  return {
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    requestContext: { ...context, disconnectStatusCode: closed.code, disconnectReason: closed.reason },
    isBase64Encoded: false,
  };
}
