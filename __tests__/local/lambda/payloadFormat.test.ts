/** Payload format 1.0 of HTTP APIs, and what a custom domain does to paths. */
import { call, eventOf, seen } from '../../support/lambdaHarness';
import type { LambdaFrontend, LambdaHandlerOptions } from '../../../src/local';

interface Event {
  path?: string;
  rawPath?: string;
  requestContext: { path?: string; http?: { path: string } };
}

// The sample of https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html, but for what is
// of the call itself, and with IAM's identity in place of the certificate.
test('an event has the fields of AWS’s sample', async () => {
  const event = await eventOf<Record<string, unknown>>(
    'http',
    {
      url: 'http://127.0.0.1:9400/my/path?parameter1=value1&parameter1=value2&parameter2=value',
      body: 'Hello from Lambda!',
      headers: [
        ['Header1', 'value1'],
        ['header2', 'value1'],
        ['header2', 'value2'],
        ['content-type', 'text/plain'],
      ],
      context: { stage: '$default', time: new Date('2020-03-04T19:15:17.135Z') },
      caller: { requestId: 'JKJaXmPLvHcESHA=' },
    },
    { payloadFormat: '1.0', routes: ['/my/path'] },
  );
  expect(event).toMatchObject({
    version: '1.0',
    resource: '/my/path',
    path: '/my/path',
    httpMethod: 'POST',
    headers: { Header1: 'value1', header2: 'value2' },
    multiValueHeaders: { Header1: ['value1'], header2: ['value1', 'value2'] },
    queryStringParameters: { parameter1: 'value2', parameter2: 'value' },
    multiValueQueryStringParameters: { parameter1: ['value1', 'value2'], parameter2: ['value'] },
    requestContext: {
      accountId: '123456789012',
      apiId: 'local00api',
      authorizer: { claims: null, scopes: null },
      domainName: '127.0.0.1:9400',
      domainPrefix: 'local00api',
      extendedRequestId: 'JKJaXmPLvHcESHA=',
      httpMethod: 'POST',
      identity: {
        cognitoIdentityId: 'us-east-1:11111111-2222-3333-4444-555555555555',
        sourceIp: '127.0.0.1',
        userAgent: null,
      },
      path: '/my/path',
      protocol: 'HTTP/1.1',
      requestId: 'JKJaXmPLvHcESHA=',
      requestTime: '04/Mar/2020:19:15:17 +0000',
      requestTimeEpoch: 1583349317135,
      resourceId: null,
      resourcePath: '/my/path',
      stage: '$default',
    },
    pathParameters: null,
    stageVariables: null,
    body: 'Hello from Lambda!',
    isBase64Encoded: false,
  });
  expect(Object.keys(event).sort()).toEqual(
    'body headers httpMethod isBase64Encoded multiValueHeaders multiValueQueryStringParameters path pathParameters queryStringParameters requestContext resource stageVariables version'.split(
      ' ',
    ),
  );
  expect(Object.keys(event.requestContext as object).sort()).toEqual(
    'accountId apiId authorizer domainName domainPrefix extendedRequestId httpMethod identity path protocol requestId requestTime requestTimeEpoch resourceId resourcePath stage'.split(
      ' ',
    ),
  );
});

test('what is no text travels as base64, without settings', async () => {
  const headers: [string, string][] = [['content-type', 'image/png']];
  const event = await eventOf<{ body: string; isBase64Encoded: boolean }>(
    'http',
    { body: 'a', headers },
    { payloadFormat: '1.0' },
  );
  expect([event.body, event.isBase64Encoded]).toEqual(['YQ==', true]);
});

const answerOf = async (value: unknown) => {
  const outcome = await call({ handler: () => Promise.resolve(value), frontend: 'http', payloadFormat: '1.0' });
  return { ...(await seen(outcome)), cookies: outcome.response.headers.getSetCookie() };
};

test('an answer has to have the form of 1.0', async () => {
  expect(
    await answerOf({
      statusCode: 201,
      multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] },
      body: 'YQ==',
      isBase64Encoded: true,
    }),
  ).toEqual({ status: 201, type: 'text/plain; charset=utf-8', body: 'a', cookies: ['a=1', 'b=2'] });
  // https://repost.aws/knowledge-center/api-gateway-status-codes-http-api: with 1.0 nothing is assumed
  for (const value of ['text', { hello: 1 }, undefined, null]) {
    expect(await answerOf(value)).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
  }
});

/** What a client called, and what the events say of it. */
const pathsOf = async (frontend: LambdaFrontend, options: LambdaHandlerOptions, context: object) => {
  const event = await eventOf<Event>(frontend, { url: 'http://127.0.0.1:9400/notes', context }, options);
  return [event.path ?? event.rawPath, event.requestContext.path ?? event.requestContext.http!.path];
};

// REST, and stages of HTTP APIs: https://github.com/aws-powertools/powertools-lambda-python/pull/579,
// https://github.com/dougmoscrop/serverless-http/pull/143, https://github.com/aws-powertools/powertools-lambda-python/issues/621
test.each<[string, LambdaFrontend, LambdaHandlerOptions, object, [string, string]]>([
  ['REST, a stage', 'rest', {}, { stage: 'default' }, ['/notes', '/default/notes']],
  ['REST, a custom domain', 'rest', {}, { stage: 'default', basePath: '' }, ['/notes', '/notes']],
  ['REST, a base path', 'rest', {}, { stage: 'default', basePath: '/v1' }, ['/v1/notes', '/v1/notes']],
  ['REST, a nested base path', 'rest', {}, { stage: 'default', basePath: '/v1/a' }, ['/v1/a/notes', '/v1/a/notes']],
  ['HTTP 1.0, a stage', 'http', { payloadFormat: '1.0' }, { stage: 'dev' }, ['/dev/notes', '/dev/notes']],
  ['HTTP 1.0, $default', 'http', { payloadFormat: '1.0' }, { stage: '$default' }, ['/notes', '/notes']],
  [
    'HTTP 1.0, a base path',
    'http',
    { payloadFormat: '1.0' },
    { stage: '$default', basePath: '/v1' },
    ['/v1/notes', '/v1/notes'],
  ],
  ['HTTP 2.0, a stage', 'http', {}, { stage: 'dev' }, ['/dev/notes', '/dev/notes']],
  ['HTTP 2.0, a base path', 'http', {}, { stage: '$default', basePath: '/v1' }, ['/notes', '/notes']],
])('paths: %s', async (_, frontend, options, context, expected) => {
  expect(await pathsOf(frontend, options, context)).toEqual(expected);
});

test.each<[LambdaFrontend, string, string]>([
  ['rest', '2.0', `1.0 for frontend 'rest', got "2.0"`],
  ['functionUrl', '1.0', `2.0 for frontend 'functionUrl', got "1.0"`],
  ['http', '3.0', `2.0 or 1.0 for frontend 'http', got "3.0"`],
])('%s takes no payload format %s', async (frontend, payloadFormat, expected) => {
  const options = { frontend, payloadFormat, handler: () => undefined } as unknown as LambdaHandlerOptions;
  await expect(call(options)).rejects.toThrow(`payloadFormat: expected ${expected}`);
});
