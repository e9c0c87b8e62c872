/** Reads a request of Node's servers, and of the frameworks on them, into the form that `verifyRequest` takes. */
import { describeValue, isMissing, optionMessage } from '../sigv4/index.js';
import { checkOptions } from '../util/index.js';
import { optionError, VerifyError } from './errors.js';
import type { WireRequest } from './types.js';

/** What is needed of a request of Node's: an `IncomingMessage`, an `Http2ServerRequest`, or Express's, which is one. */
export interface IncomingRequest {
  /** The HTTP method. */
  readonly method?: string | undefined;
  /** The request target; routers of Express shorten it. */
  readonly url?: string | undefined;
  /** The request target as it came, where a framework has changed `url`. */
  readonly originalUrl?: string | undefined;
  /** The header lines: names and values alternate. */
  readonly rawHeaders: string[];
  /** The bytes that were received, where something keeps them: firebase-functions, Nest's `rawBody: true`, fastify-raw-body. */
  readonly rawBody?: unknown;
  /** What a parser has made of the body. */
  readonly body?: unknown;
  /** HTTP/2's stream, which tells whether a body follows. */
  readonly stream?: unknown;
}

/** A request of Fastify's, which keeps Node's in `raw`. */
export interface FastifyLikeRequest {
  /** Node's request. */
  readonly raw: IncomingRequest;
  /** The bytes that were received, where a plugin keeps them. */
  readonly rawBody?: unknown;
  /** What a parser has made of the body. */
  readonly body?: unknown;
}

/** What `fromNodeRequest` takes beside the request. */
export interface NodeRequestOptions {
  /** The body as it was received, where the request does not have it: see `WireRequest`. Default: the request's own. */
  readonly body?: WireRequest['body'];
}

/**
 * Makes what `verifyRequest` takes of a request of `node:http`, `node:http2`, Express or Fastify.
 *
 * The method, target and header lines are those that came over the wire, also where a router has shortened `url`. The body is
 * `options.body`; otherwise the request's `rawBody`; otherwise its `body`, which has to be text or bytes: in Express by
 * `express.raw({ type: () => true })`, in Fastify by `addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))`
 * after `removeAllContentTypeParsers()`.
 *
 * @param request The request.
 * @param options The body, where the request does not have it. Default: none.
 * @returns The request as it came. `verifyRequest` refuses it where its body is missing, or is there only in the form that a parser has
 *   made of it.
 * @throws VerifyError `InvalidRequest` if it is not a request of one of these servers, `InvalidOption` for unknown options
 * @see https://nodejs.org/api/http.html#class-httpincomingmessage
 * @example
 * const result = await verifyRequest(fromNodeRequest(request), { credentials: findKey, region, service: 'execute-api' });
 */
export function fromNodeRequest(
  request: IncomingRequest | FastifyLikeRequest,
  options: NodeRequestOptions = {},
): WireRequest {
  checkOptions(options, ['body'], optionError);
  const node = (Object(request) as Partial<FastifyLikeRequest>).raw ?? (request as IncomingRequest);
  const { method, url, originalUrl, rawHeaders } = Object(node) as Partial<IncomingRequest>;
  const target = originalUrl ?? url;
  if (method === undefined || target === undefined || !Array.isArray(rawHeaders)) {
    const expected =
      "a request of Node's, Express's or Fastify's; a standard Request is given to verifyRequest as it is";
    throw new VerifyError('InvalidRequest', optionMessage('request', expected, describeValue(request)));
  }
  const kept = [options.body, request.rawBody, node.rawBody, unparsed(request.body)];
  const body = kept.find((each) => !isMissing(each));
  return { method, target, headers: rawHeaders, body: (body ?? emptyBody(node)) as WireRequest['body'] };
}

/** A parsed body is not the body as received, and whether a parser runs is up to the client, by its `Content-Type`. */
const unparsed = (body: unknown): unknown => (typeof body === 'string' || ArrayBuffer.isView(body) ? body : undefined);

/** The empty body of a request over HTTP/2, where an empty body has to be stated as well: the stream tells that none follows. */
function emptyBody({ stream }: IncomingRequest): '' | undefined {
  return (Object(stream) as { endAfterHeaders?: unknown }).endAfterHeaders === true ? '' : undefined;
}
