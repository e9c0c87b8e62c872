/** The answers to requests: the API's, or the gateway's own. */
import { endToEnd } from './headers.js';
import type { LoggedRequest } from './requestLog.js';

/** An answer, and what the log says of it. */
export interface Answer extends Omit<LoggedRequest, 'method' | 'path' | 'status'> {
  /** The path that was verified, where one was. */
  readonly path?: string;
  readonly response: Response;
  /** Whether the API answered, or the gateway in its place. */
  readonly from: 'api' | 'gateway';
}

/** Makes an answer of the gateway's own. */
export const gatewayAnswer = (response: Response, about: Omit<Answer, 'response' | 'from'> = {}): Answer => ({
  response,
  from: 'gateway',
  ...about,
});

/**
 * A response as it can be sent: without the headers that belong to the connection.
 * @param value What the API gave.
 * @throws TypeError where it is no response, or one that was read already or has no status to send
 */
export function sendable(value: unknown): Response {
  if (!isResponse(value)) {
    throw new TypeError(`handler: expected it to return a Response, such as Response.json(value), got ${typeof value}`);
  }
  const { status, statusText, body } = value;
  const length = value.headers.get('content-length');
  if (length !== null && !/^\d+$/.test(length))
    throw new TypeError('handler: its Response has no usable content-length');
  if (value.bodyUsed) throw new TypeError('handler: the body of its Response was read already');
  return new Response(body, { status, statusText, headers: endToEnd(new Headers(value.headers)) });
}

/** Whether a value is a `Response`, also one of a framework's own class. */
function isResponse(value: unknown): value is Response {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value && 'body' in value;
}
