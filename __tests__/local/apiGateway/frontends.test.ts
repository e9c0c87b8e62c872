/** What HTTP APIs and function URLs refuse with, and how they name a request. Sources stand with each. */
import { lambdaHandler } from '../../../src/local';
import type { ApiGatewayOptions, LocalApiGateway } from '../../../src/local';
import type { IssuedCredentials } from '../../../src/local/credentials';
import { call, sign, start } from '../../support/apiGatewayHarness';
import type { Call } from '../../support/apiGatewayHarness';

const handler = () => new Response('hello');
const seen = async (response: Response) => ({
  status: response.status,
  type: response.headers.get('x-amzn-errortype'),
  body: await response.text(),
});

type Started = Awaited<ReturnType<typeof start>>;
type Refused = (started: Started, service: string) => Promise<Response>;

const DENY_ALL = { Statement: [] };
const REFUSED: Record<string, { options?: Partial<ApiGatewayOptions>; send: Refused }> = {
  unsigned: { send: ({ gateway }) => fetch(gateway.url + '/notes') },
  'a wrong signature': {
    send: ({ gateway, credentials }, service) =>
      call(gateway, { ...credentials, secretAccessKey: 'x'.repeat(40) }, '/notes', { service }),
  },
  'an unknown key': {
    send: ({ gateway, credentials }, service) =>
      call(gateway, { ...credentials, accessKeyId: 'ASIAEXAMPLEEXAMPLE00' }, '/notes', { service }),
  },
  'another service': { send: ({ gateway, credentials }) => call(gateway, credentials, '/notes', { service: 's3' }) },
  denied: {
    options: { policy: DENY_ALL },
    send: ({ gateway, credentials }, service) => call(gateway, credentials, '/notes', { service }),
  },
};

// An HTTP API never says why: https://github.com/anomalyco/sst/issues/6336
test.each(Object.entries(REFUSED))('an HTTP API refuses: %s', async (_, { options, send }) => {
  const response = await send(await start({ frontend: 'http', handler, ...options }), 'execute-api');
  expect(response.headers.get('apigw-requestid')).toMatch(/^[\w+/-]{15}=$/);
  expect([...response.headers.keys()].filter((name) => name.startsWith('x-am'))).toEqual([]);
  expect(await seen(response)).toEqual({ status: 403, type: null, body: '{"message":"Forbidden"}' });
});

const FORBIDDEN =
  '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}';
const MISMATCH =
  '{"message":"The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."}';

// https://github.com/awsdocs/aws-lambda-developer-guide/issues/494, https://github.com/erlcloud/erlcloud/issues/690 (192 bytes),
// https://github.com/jamesmbourne/aws4-axios/issues/1553
test.each<[string, string, string]>([
  ['unsigned', 'AccessDeniedException', FORBIDDEN],
  ['denied', 'AccessDeniedException', FORBIDDEN],
  ['a wrong signature', 'InvalidSignatureException', MISMATCH],
  [
    'an unknown key',
    'UnrecognizedClientException',
    '{"message":"The security token included in the request is invalid."}',
  ],
  [
    'another service',
    'InvalidSignatureException',
    `{"message":"Credential should be scoped to correct service: 'lambda'. "}`,
  ],
])('a function URL refuses: %s', async (name, type, body) => {
  const { options, send } = REFUSED[name]!;
  const response = await send(await start({ frontend: 'functionUrl', handler, ...options }), 'lambda');
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/);
  expect(response.headers.has('x-amz-apigw-id')).toBe(false);
  expect(await seen(response)).toEqual({ status: 403, type, body });
  expect(MISMATCH.length).toBe(192);
});

test('what is good comes through, with the id that the handler was told', async () => {
  for (const [frontend, service, header] of [
    ['rest', 'execute-api', 'x-amzn-requestid'],
    ['http', 'execute-api', 'apigw-requestid'],
    ['functionUrl', 'lambda', 'x-amzn-requestid'],
  ] as const) {
    const { gateway, credentials } = await start({ frontend, handler: (_, { requestId }) => new Response(requestId) });
    const response = await call(gateway, credentials, '/notes', { service });
    expect([response.status, await response.text()]).toEqual([200, response.headers.get(header)]);
  }
});

test('a function URL needs both of its actions, whatever the path', async () => {
  const fn = 'arn:aws:lambda:us-east-1:123456789012:function:notes';
  const allow = (...Action: string[]) => ({ Statement: { Effect: 'Allow' as const, Action, Resource: fn } });
  const made = lambdaHandler({
    handler: () => Promise.resolve('hello'),
    frontend: 'functionUrl',
    functionName: 'notes',
  });
  const statusWith = async (...actions: string[]) => {
    const { gateway, credentials } = await start({ handler: made, policy: allow(...actions) });
    expect(gateway.arn).toBe(fn);
    return (await call(gateway, credentials, '/any/path', { service: 'lambda' })).status;
  };
  expect(await statusWith('lambda:InvokeFunctionUrl')).toBe(403);
  expect(await statusWith('lambda:InvokeFunction')).toBe(403);
  expect(await statusWith('lambda:InvokeFunctionUrl', 'lambda:InvokeFunction')).toBe(200);
  expect(await statusWith('lambda:*')).toBe(200);
});

test('the failures of what is behind: an HTTP API’s own texts', async () => {
  const onError = (): void => undefined;
  const thrown = await start({ frontend: 'http', handler: () => Promise.reject(new Error('private')), onError });
  expect(await seen(await call(thrown.gateway, thrown.credentials, '/'))).toMatchObject({
    status: 500,
    body: '{"message":"Internal Server Error"}',
  });
  const late = await start({ frontend: 'http', handler: () => new Promise(() => undefined), timeout: 20, onError });
  expect(await seen(await call(late.gateway, late.credentials, '/'))).toMatchObject({
    status: 503,
    body: '{"message":"Service Unavailable"}',
  });
});

test('bodies up to 6 MB go to a function URL', async () => {
  const { gateway, credentials } = await start({ frontend: 'functionUrl', handler });
  const post = (length: number) =>
    call(gateway, credentials, '/', { method: 'POST', body: 'x'.repeat(length), service: 'lambda' });
  expect((await post(6 * 1024 * 1024)).status).toBe(200);
  const refused = await post(6 * 1024 * 1024 + 1);
  expect([refused.status, refused.headers.get('x-amzn-errortype')]).toEqual([413, 'RequestEntityTooLargeException']);
});

/** A call by its path from the server's root. */
async function callAt(gateway: LocalApiGateway, credentials: IssuedCredentials, path: string, options: Call = {}) {
  const { url, init } = sign({ ...gateway, url: `http://127.0.0.1:${gateway.port}` }, credentials, path, options);
  return fetch(url, init);
}

test.each<[string, Partial<ApiGatewayOptions>, string, string]>([
  ['a stage', { stage: 'prod' }, '/prod', 'prod'],
  ['a stage of an HTTP API', { frontend: 'http', stage: 'prod' }, '/prod', 'prod'],
  ['the $default stage', { frontend: 'http' }, '', '$default'],
  ['a custom domain', { basePath: '/' }, '', 'dev'],
  ['a custom domain with a base path', { basePath: '/v1', stage: 'prod' }, '/v1', 'prod'],
  [
    'a custom domain with a base path of two parts',
    { basePath: '/api/v1.0', frontend: 'http' },
    '/api/v1.0',
    '$default',
  ],
])('paths with %s', async (_, options, prefix, stage) => {
  const policy = {
    Statement: {
      Effect: 'Allow' as const,
      Action: 'execute-api:Invoke',
      Resource: `execute-api:/${stage}/GET/notes/*`,
    },
  };
  const { gateway, credentials } = await start({
    ...options,
    policy,
    handler: (request, _caller, context) => Response.json([new URL(request.url).pathname, context.stage]),
  });
  expect([gateway.url, gateway.stage]).toEqual([`http://127.0.0.1:${gateway.port}${prefix}`, stage]);
  const allowed = await callAt(gateway, credentials, `${prefix}/notes/1`);
  expect(await allowed.json()).toEqual(['/notes/1', stage]);
  expect((await callAt(gateway, credentials, `${prefix}/users`)).status).toBe(403);
  if (prefix === '') return;
  const [status, body] =
    options.frontend === 'http' ? [404, '{"message":"Not Found"}'] : [403, '{"message":"Forbidden"}'];
  for (const path of ['/notes/1', `${prefix}x/notes/1`]) {
    expect(await seen(await callAt(gateway, credentials, path))).toMatchObject({ status, body });
  }
});

test.each<[string, object]>([
  [`frontend: expected 'rest', 'http' or 'functionUrl', got "alb"`, { frontend: 'alb' }],
  [
    `frontend: expected 'rest', as the function behind it has it, got "http"`,
    { frontend: 'http', handler: lambdaHandler({ handler }) },
  ],
  [`stage: expected letters, digits, - and _; $default for frontend 'http', got "$default"`, { stage: '$default' }],
  [`stage: expected none for a function URL, got "dev"`, { frontend: 'functionUrl', stage: 'dev' }],
  [`basePath: expected none for a function URL, got "/"`, { frontend: 'functionUrl', basePath: '/' }],
  ...['v1', '/v1/', '//', '/a b', '', '/.', '/..', '/%2e', '/?'].map((basePath): [string, object] => [
    `basePath: expected a path such as /v1, or '/' for none, got ${JSON.stringify(basePath)}`,
    { basePath },
  ]),
  ['sourceIp: expected an IP address, got ', { sourceIp: '1.2.3' }],
  ['resourcePolicy: expected a policy', { resourcePolicy: 'x' }],
])('refuses with: %s', async (message, options) => {
  await expect(start(options)).rejects.toThrow(message);
});

test('callers come from where they are said to', async () => {
  const Condition = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
  const policy = { Statement: { Effect: 'Allow' as const, Action: '*', Resource: '*', Condition } };
  const from = async (options: Partial<ApiGatewayOptions>) => {
    const { gateway, credentials } = await start({
      policy,
      handler: (...[, , { sourceIp }]) => new Response(sourceIp),
      ...options,
    });
    return (await call(gateway, credentials, '/')).text();
  };
  expect(await from({ sourceIp: '203.0.113.9' })).toBe('203.0.113.9');
  expect(await from({})).toContain('not authorized');
});

test('a REST API tells which kind of policy denies', async () => {
  const { gateway, credentials } = await start({
    handler,
    resourcePolicy: { Statement: { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' } },
  });
  expect((await seen(await call(gateway, credentials, '/'))).body).toMatch(
    / with an explicit deny in a resource-based policy"}$/,
  );
});
