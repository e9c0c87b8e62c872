/**
 * `@connections`: how a backend writes to a client, asks about it and ends it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 */
import type { Connection } from './connection.js';

/** API Gateway's quota for a message, in bytes. */
export const MAX_MESSAGE = 128 * 1024;

/** The methods that `@connections` knows. */
export const METHODS = ['POST', 'GET', 'DELETE'];

/**
 * The connection's id in a path.
 * @param path What was verified, without the stage.
 * @returns `undefined` where the path is another.
 */
export function connectionIdOf(path: string): string | undefined {
  const [, id] = /^\/@connections\/([^/]+)$/.exec(path) ?? [];
  if (id === undefined) return undefined;
  try {
    return decodeURIComponent(id);
  } catch {
    return undefined; // half an escape is part of no id
  }
}

/**
 * Answers one call, whose signature and policy were checked.
 * @param method One of {@link METHODS}.
 * @param connection The connection; `undefined` where it is gone, or not made yet.
 * @param body What is to be sent.
 */
export function answerCall(method: string, connection: Connection | undefined, body: Uint8Array): Response {
  if (!connection) return gone();
  if (method === 'GET') return Response.json(describe(connection));
  if (method === 'DELETE') {
    connection.close();
    return new Response(null, { status: 204 });
  }
  if (body.length > MAX_MESSAGE) return messageTooLong();
  const result = connection.send(Buffer.from(body).toString('utf8'));
  if (result === 'gone') return gone();
  if (result === 'full') return failure(429, 'LimitExceededException', 'Too Many Requests');
  return new Response(null, { status: 200 });
}

function describe({ facts, lastActiveAt }: Connection) {
  const { sourceIp, userAgent } = { sourceIp: '127.0.0.1', userAgent: facts.userAgent };
  return {
    connectedAt: new Date(facts.connectedAt).toISOString(),
    identity: { sourceIp, userAgent },
    lastActiveAt: new Date(lastActiveAt).toISOString(),
  };
}

/** What is to be sent is larger than a message may be. */
export const messageTooLong = (): Response => failure(413, 'PayloadTooLargeException', 'Message too long');

/** The connection has ended. AWS sends no more than the type. */
const gone = (): Response => new Response(null, { status: 410, headers: { 'x-amzn-errortype': 'GoneException' } });

const failure = (status: number, type: string, message: string): Response =>
  Response.json({ message }, { status, headers: { 'x-amzn-errortype': type } });
