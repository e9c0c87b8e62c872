/** The event of REST APIs: AWS_PROXY, payload format 1.0. */
import { createHash } from 'node:crypto';
import { isBinaryMediaType } from './binary.js';
import {
  allOf,
  groupValues,
  headerLines,
  lastOf,
  logTime,
  pathWithStage,
  PROTOCOL,
  queryValues,
  SOURCE_IP,
} from './eventParts.js';
import type { EventInput } from './eventParts.js';
import { restIdentity } from './identity.js';

/**
 * Makes the event that a REST API gives to a function.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 *
 * What AWS leaves open: the ids of deployment and resource are made of their names, and `domainName` is the request's host with
 * its port, so that a URL made with it leads here.
 *
 * @param input The request, who called, where.
 * @param binaryMediaTypes The types whose bodies travel as base64.
 * @returns The event.
 */
export function restEvent(input: EventInput, binaryMediaTypes: readonly string[]) {
  const { request, body, route, context, caller, stageVariables } = input;
  const { pathname, host } = new URL(request.url);
  const headers = groupValues(headerLines(input), (name) => name.toLowerCase());
  const query = queryValues(input);
  const isBase64Encoded = body.length > 0 && isBinaryMediaType(request.headers.get('content-type'), binaryMediaTypes);
  const encoding = isBase64Encoded ? 'base64' : 'utf8';
  return {
    resource: route.path,
    path: pathname,
    httpMethod: request.method,
    headers: lastOf(headers),
    multiValueHeaders: allOf(headers),
    queryStringParameters: query.length === 0 ? null : lastOf(query),
    multiValueQueryStringParameters: query.length === 0 ? null : allOf(query),
    pathParameters: route.parameters ?? null,
    stageVariables: stageVariables ?? null,
    requestContext: {
      resourceId: idOf(route.path, 6),
      resourcePath: route.path,
      httpMethod: request.method,
      extendedRequestId: createHash('sha256').update(caller.requestId).digest().subarray(0, 11).toString('base64'),
      requestTime: logTime(context.time),
      path: pathWithStage(pathname, context.stage),
      accountId: context.accountId,
      protocol: PROTOCOL,
      stage: context.stage,
      domainPrefix: context.apiId,
      requestTimeEpoch: context.time.getTime(),
      requestId: caller.requestId,
      identity: restIdentity(caller, SOURCE_IP, request.headers.get('user-agent')),
      domainName: host,
      deploymentId: idOf(context.stage, 6),
      apiId: context.apiId,
    },
    body: body.length === 0 ? null : Buffer.from(body).toString(encoding),
    isBase64Encoded,
  };
}

/** Letters and digits, as the ids of API Gateway have them. */
function idOf(name: string, length: number): string {
  const number = createHash('sha256').update(name).digest().readBigUInt64BE();
  return number.toString(36).padStart(length, '0').slice(-length);
}
