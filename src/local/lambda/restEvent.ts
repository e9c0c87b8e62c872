/** The event of payload format 1.0: that of REST APIs, and that of HTTP APIs which are set to it. */
import { createHash } from 'node:crypto';
import { isBinaryMediaType, isText } from './binary.js';
import {
  allOf,
  clientPath,
  groupValues,
  headerLines,
  lastOf,
  logTime,
  PROTOCOL,
  queryValues,
  sourceIpOf,
} from './eventParts.js';
import type { EventInput } from './eventParts.js';
import { restIdentity } from './identity.js';

/**
 * Makes the event that a REST API gives to a function.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 *
 * What AWS leaves open: the ids of deployment and resource are made of their names, and `domainName` is the request's host with
 * its port, so that a URL made with it leads here. On a custom domain the path begins with the base path.
 *
 * @param input The request, who called, where.
 * @param binaryMediaTypes The types whose bodies travel as base64.
 * @returns The event.
 */
export function restEvent(input: EventInput, binaryMediaTypes: readonly string[]) {
  const { request, route, context, caller } = input;
  const { pathname } = new URL(request.url);
  const isBinary = isBinaryMediaType(request.headers.get('content-type'), binaryMediaTypes);
  const { requestContext, ...event } = commonEvent(input, isBinary);
  return {
    ...event,
    path: (context.basePath ?? '') + pathname,
    requestContext: {
      ...requestContext,
      resourceId: idOf(route.path, 6),
      extendedRequestId: createHash('sha256').update(caller.requestId).digest().subarray(0, 11).toString('base64'),
      deploymentId: idOf(context.stage, 6),
    },
  };
}

/**
 * Makes the event that an HTTP API gives to a function in payload format 1.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 *
 * Unlike a REST API's, its path begins with a named stage, and it says `version`.
 *
 * @param input The request, who called, where.
 * @returns The event.
 */
export function httpEventV1(input: EventInput) {
  const { request, context, caller } = input;
  const { requestContext, ...event } = commonEvent(input, !isText(request.headers.get('content-type')));
  return {
    version: '1.0',
    ...event,
    path: clientPath(new URL(request.url).pathname, context),
    requestContext: {
      ...requestContext,
      authorizer: { claims: null, scopes: null },
      extendedRequestId: caller.requestId,
      resourceId: null,
    },
  };
}

function commonEvent(input: EventInput, isBinary: boolean) {
  const { request, body, route, context, caller, stageVariables } = input;
  const { pathname, host } = new URL(request.url);
  const headers = groupValues(headerLines(input), (name) => name.toLowerCase());
  const query = queryValues(input);
  const isBase64Encoded = body.length > 0 && isBinary;
  const encoding = isBase64Encoded ? 'base64' : 'utf8';
  return {
    resource: route.path,
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: allOf(headers),
    queryStringParameters: query.length === 0 ? null : lastOf(query),
    multiValueQueryStringParameters: query.length === 0 ? null : allOf(query),
    pathParameters: route.parameters ?? null,
    stageVariables: stageVariables ?? null,
    requestContext: {
      resourcePath: route.path,
      httpMethod: request.method,
      requestTime: logTime(context.time),
      path: clientPath(pathname, context),
      accountId: context.accountId,
      protocol: PROTOCOL,
      stage: context.stage,
      domainPrefix: context.apiId,
      requestTimeEpoch: context.time.getTime(),
      requestId: caller.requestId,
      identity: restIdentity(caller, sourceIpOf(context), request.headers.get('user-agent')),
      domainName: host,
      apiId: context.apiId,
    },
    body: body.length === 0 ? null : Buffer.from(body).toString(encoding),
    isBase64Encoded,
  };
}

/** Makes an id of letters and digits, as API Gateway's are, from a name. */
function idOf(name: string, length: number): string {
  const number = createHash('sha256').update(name).digest().readBigUInt64BE();
  return number.toString(36).padStart(length, '0').slice(-length);
}
