/** `sigv4-client doctor`, before answers as AWS gives them where the local AWS gives others. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createProber } from '../../../src/cli/doctor/prober';
import { apiOf } from '../../../src/cli/doctor/api';
import { configuration } from '../../../src/cli/doctor/checks/configuration';
import { poolsOf } from '../../../src/cli/doctor/pools';
import type { Subject } from '../../../src/cli/doctor/subject';
import { run, write } from '../../support/cliHarness';

jest.setTimeout(60_000);

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** A server that answers each request so; its address. */
async function serve(answer: (request: IncomingMessage, body: string) => Answer): Promise<string> {
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      const { status = 200, headers = {}, body = {} } = answer(request, text);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Finding {
  readonly check: string;
  readonly status: string;
  readonly code?: string;
  readonly fix?: { readonly where: string; readonly template?: string };
}

async function findings(args: readonly string[]): Promise<{ code: number | null; found: Finding[] }> {
  const { code, out } = await run(['doctor', ...args, '--json', '--origin', 'https://app.example.com']);
  return { code, found: (JSON.parse(out) as { findings: Finding[] }).findings };
}

const of = (found: readonly Finding[], check: string) => found.filter((one) => one.check === check);
const OPEN = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' };

test.each<[string, number, object, object]>([
  ['a Cognito or JWT authorizer', 401, { message: 'Unauthorized' }, { status: 'fault', code: 'WrongAuthorizer' }],
  ['a method without authorization', 200, {}, { status: 'warning', code: 'NotProtected' }],
  ['a path that is not there', 404, { message: 'Not Found' }, { status: 'skipped' }],
  ['a method with AWS_IAM', 403, { message: 'Missing Authentication Token' }, { status: 'ok' }],
  ['the same of an HTTP API', 403, { message: 'Forbidden' }, { status: 'ok' }],
])('%s is told by the answer to an unsigned call', async (_, status, body, expected) => {
  const api = await serve(({ method }) => (method === 'OPTIONS' ? { status: 204 } : { status, headers: OPEN, body }));
  const { found } = await findings([`${api}/dev/notes`]);
  expect(of(found, 'authorization')).toMatchObject([expected]);
});

test('CORS of an HTTP API is set elsewhere than that of a REST API', async () => {
  for (const [headers, template] of [
    [{ 'apigw-requestid': 'JKJaXmPLvHcESHA=' }, /AWS::Serverless::HttpApi: .*CorsConfiguration/],
    [{ 'x-amz-apigw-id': 'JKJaXmPLvHcESHA=' }, /AWS::Serverless::Api: .*(?:Cors|GatewayResponses)/],
  ] as const) {
    const api = await serve(() => ({ status: 403, headers, body: { message: 'Forbidden' } }));
    const { code, found } = await findings([`${api}/dev/notes`]);
    expect(code).toBe(1);
    const faults = found.filter((one) => one.status === 'fault');
    expect(faults.map((one) => one.code)).toEqual(['PreflightRefused', 'RefusalsWithoutCors']);
    for (const { fix } of faults) expect(fix!.template).toMatch(template);
  }
});

test('a wildcard lets in every header but Authorization, and every method', async () => {
  const wild = { ...OPEN, 'access-control-allow-headers': '*', 'access-control-allow-methods': '*' };
  const api = await serve(() => ({ headers: wild }));
  expect(of((await findings([api, '-X', 'PUT'])).found, 'CORS preflight')).toMatchObject([
    { code: 'HeadersNotAllowed', message: expect.stringMatching(/^a page may not send authorization;/) as string },
  ]);
  const named = { ...wild, 'access-control-allow-headers': 'Authorization, *', 'access-control-allow-methods': 'GET' };
  const other = await serve(() => ({ headers: named }));
  expect(of((await findings([other, '-X', 'PUT'])).found, 'CORS preflight')).toMatchObject([
    { code: 'MethodNotAllowed' },
  ]);
  expect(of((await findings([other, '-X', 'POST'])).found, 'CORS preflight')).toMatchObject([{ status: 'ok' }]);
});

test('refusals whose Date a page cannot read are warned of', async () => {
  const headers = { 'access-control-allow-origin': 'https://app.example.com' };
  const api = await serve(() => ({ status: 403, headers, body: { message: 'Missing Authentication Token' } }));
  const { found } = await findings([api]);
  expect(of(found, 'gateway responses')).toMatchObject([{ status: 'warning', code: 'RefusalsHideHeaders' }]);
});

test.each<[string, string, object]>([
  // Texts of AWS, as developers quote them.
  ['InvalidParameterException', 'USER_SRP_AUTH is not enabled for the client.', { code: 'FlowNotAllowed' }],
  ['InvalidParameterException', 'USER_SRP_AUTH flow not enabled for this client', { code: 'FlowNotAllowed' }],
  ['NotAuthorizedException', 'Incorrect username or password.', { status: 'ok' }],
  ['UserNotFoundException', 'User does not exist.', { status: 'ok' }],
  ['UserLambdaValidationException', 'UserMigration failed with error x.', { status: 'ok' }],
  ['TooManyRequestsException', 'Too many requests', { status: 'skipped' }],
  [
    'NotAuthorizedException',
    'Client x is configured with secret but SECRET_HASH was not received',
    { status: 'skipped' },
  ],
])('%s: %s', async (__type, message, expected) => {
  const endpoint = await serve(() => ({ status: 400, body: { __type, message } }));
  const [USER_POOL_ENDPOINT, IDENTITY_POOL_ENDPOINT] = [endpoint, endpoint];
  const ids = { USER_POOL_ID: 'eu-west-1_AbCdEfGhI', APP_CLIENT_ID: 'x', IDENTITY_POOL_ID: 'eu-west-1:0123' };
  const cognito = { ...ids, USER_POOL_ENDPOINT, IDENTITY_POOL_ENDPOINT };
  write('answers.json', JSON.stringify({ cognito, apiGateway: { REGION: 'eu-west-1', URL: endpoint } }));
  expect(of((await findings(['--config', 'answers.json'])).found, 'login flows')).toMatchObject([expected]);
});

test('regions that differ are told of', async () => {
  const prober = createProber(); // which is asked nothing
  const ids = { USER_POOL_ID: 'eu-west-1_AbCdEfGhI', APP_CLIENT_ID: 'x', IDENTITY_POOL_ID: 'us-east-1:0123' };
  const url = 'https://abc123.execute-api.us-east-1.amazonaws.com/dev';
  const subject: Subject = {
    config: { cognito: ids, apiGateway: { REGION: 'eu-west-1', URL: url } },
    configFault: undefined,
    pools: poolsOf(ids, prober),
    api: apiOf({ url, method: 'GET', origin: 'https://app.example.com' }, prober),
    flows: ['USER_SRP_AUTH'],
    prober,
    signer: { kind: 'none' },
    signing: { service: undefined, region: undefined },
  };
  expect(await configuration.run(subject)).toMatchObject([
    {
      status: 'fault',
      code: 'RegionMismatch',
      fix: { where: expect.stringContaining("REGION: 'us-east-1'") as string },
    },
    { status: 'warning', code: 'PoolsInTwoRegions' },
  ]);
});
