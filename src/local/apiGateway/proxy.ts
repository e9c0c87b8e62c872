/** Passes requests on to another server. */
import { request as httpRequest } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { wellFormed } from '../../sigv4/index.js';
import { headerPairs } from '../http/index.js';
import { optionError } from '../options/index.js';
import type { ApiCaller } from './handler.js';
import { endToEnd, isMadeByGateway } from './headers.js';

/**
 * The headers by which the target learns who called. What a client sends under these names is removed.
 *
 * | header | value |
 * |---|---|
 * | `x-amzn-identity-id` | the caller's identity id |
 * | `x-amzn-identity-type` | `authenticated` or `guest` |
 * | `x-amzn-identity-username` | the user's name at the user pool, percent-encoded, where there is one |
 * | `x-amzn-identity-user-arn` | the caller's ARN |
 * | `x-amzn-identity-access-key-id` | the access key id that signed |
 */
function callerHeaders(caller: ApiCaller): Record<string, string> {
  return {
    'x-amzn-identity-id': caller.identityId,
    'x-amzn-identity-type': caller.authenticated ? 'authenticated' : 'guest',
    'x-amzn-identity-user-arn': caller.userArn,
    'x-amzn-identity-access-key-id': caller.accessKeyId,
    ...(caller.username === undefined
      ? {}
      : { 'x-amzn-identity-username': encodeURIComponent(wellFormed(caller.username)) }),
  };
}

/**
 * Makes a handler that passes every request on to another server, and its answer back as it comes in.
 *
 * @param target an http: or https: URL; its path goes before that of each request
 * @throws {LocalAwsError} `InvalidOption`, where `target` is no such URL
 */
export function createProxy(target: string | URL): (request: Request, caller: ApiCaller) => Promise<Response> {
  const base = readTarget(target);
  return async (request, caller) => {
    const { pathname, search, host } = new URL(request.url);
    const headers: OutgoingHttpHeaders = Object.fromEntries(
      endToEnd(request.headers).filter(([name]) => name !== 'host' && !isMadeByGateway(name)),
    );
    Object.assign(headers, callerHeaders(caller), { 'x-forwarded-host': host, 'x-forwarded-proto': 'http' });
    const body = new Uint8Array(await request.arrayBuffer());
    if (body.length > 0) headers['content-length'] = body.length;
    // Joined as text: a path such as `//host/` would be resolved against the target to another host.
    const url = new URL(base.origin + base.pathname.replace(/\/$/, '') + pathname + search);
    const answer = await send(url, { method: request.method, headers, signal: request.signal }, body);
    return toResponse(answer);
  };
}

function send(
  url: URL,
  options: { method: string; headers: OutgoingHttpHeaders; signal: AbortSignal },
  body: Uint8Array,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, resolve);
    outgoing.once('error', reject);
    outgoing.once('upgrade', (_, socket) => {
      socket.destroy();
      reject(new Error('The target switched protocols, which it was not asked for.'));
    });
    outgoing.end(body);
  });
}

function toResponse(answer: IncomingMessage): Response {
  const kept = new Headers(endToEnd(new Headers(headerPairs(answer.rawHeaders))));
  const status = answer.statusCode ?? 502;
  const bodiless = status === 204 || status === 205 || status === 304;
  if (bodiless) answer.resume();
  const body = bodiless ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
  return new Response(body, { status, statusText: answer.statusMessage ?? '', headers: kept });
}

function readTarget(target: string | URL): URL {
  const text = String(target);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isGood = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  if (isGood) return url;
  throw optionError('target', 'an http: or https: URL without credentials, query and fragment', target);
}
