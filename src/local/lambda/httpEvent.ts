/** The event of payload format 2.0: that of HTTP APIs by default, and that of function URLs. */
import { isText } from './binary.js';
import { groupValues, headerLines, logTime, pathWithStage, PROTOCOL, queryValues, sourceIpOf } from './eventParts.js';
import type { EventInput, Values } from './eventParts.js';
import { iamAuthorizer } from './identity.js';
import type { TextMap } from './types.js';

/**
 * Makes the event that an HTTP API gives to a function.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 *
 * Paths and their parameters are decoded, the query is not. Parts that the request does not have get no field. The base path of a custom
 * domain is not told, while a named stage is part of the path there too.
 *
 * @param input The request, who called, where.
 * @returns The event.
 */
export function httpEvent(input: EventInput) {
  const { route, context, stageVariables } = input;
  const routeKey = route.path === '$default' ? route.path : `${route.method} ${route.path}`;
  const path = pathWithStage(decode(new URL(input.request.url).pathname), context.stage);
  const { requestContext, ...event } = commonEvent(input, path, routeKey, context.stage);
  return {
    ...event,
    requestContext: { ...requestContext, authorizer: { iam: iamAuthorizer(input.caller, true) } },
    ...(route.parameters && { pathParameters: decodeAll(route.parameters) }),
    ...(stageVariables && { stageVariables }),
  };
}

/**
 * Makes the event that a function URL gives to a function.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 *
 * @param input The request, who called, where. A function URL has no stage and no routes.
 * @returns The event.
 */
export function functionUrlEvent(input: EventInput) {
  const { requestContext, ...event } = commonEvent(input, new URL(input.request.url).pathname, '$default', '$default');
  const iam = iamAuthorizer(input.caller, false);
  return { ...event, requestContext: { ...requestContext, authentication: null, authorizer: { iam } } };
}

function commonEvent(input: EventInput, path: string, routeKey: string, stage: string) {
  const { request, body, caller, context } = input;
  const { host, search } = new URL(request.url);
  const lines = groupValues(headerLines(input), (name) => name.toLowerCase());
  const cookies = lines
    .filter(({ name }) => name.toLowerCase() === 'cookie')
    .flatMap(({ values }) => values.flatMap((value) => value.split(';')))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie !== '');
  const headers = lines.filter(({ name }) => name.toLowerCase() !== 'cookie');
  const query = queryValues(input);
  const isBase64Encoded = body.length > 0 && !isText(request.headers.get('content-type'));
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: search.slice(1),
    ...(cookies.length > 0 && { cookies }),
    headers: { ...joined(headers, (name) => name.toLowerCase()), 'content-length': String(body.length) },
    ...(query.length > 0 && { queryStringParameters: joined(query) }),
    requestContext: {
      accountId: context.accountId,
      apiId: context.apiId,
      domainName: host,
      domainPrefix: context.apiId,
      http: {
        method: request.method,
        path,
        protocol: PROTOCOL,
        sourceIp: sourceIpOf(context),
        userAgent: request.headers.get('user-agent') ?? '',
      },
      requestId: caller.requestId,
      routeKey,
      stage,
      time: logTime(context.time),
      timeEpoch: context.time.getTime(),
    },
    ...(body.length > 0 && { body: Buffer.from(body).toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
}

const joined = (groups: readonly Values[], spell = (name: string): string => name): TextMap =>
  Object.fromEntries(groups.map(({ name, values }) => [spell(name), values.join(',')]));

/** Percent-decodes a text, where it can be decoded. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const decodeAll = (texts: TextMap): TextMap =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, decode(text)]));
