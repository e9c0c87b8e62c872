/** `sigv4-client call`, against the local AWS. */
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { run, write } from '../../support/cliHarness';

const [username, password] = ['user@example.com', 'Passw0rd!'];
const SIGNED_IN = ['--config', 'aws.json', '--user', username, '--password', password];
let aws: LocalAws;
let failures = 0;
beforeAll(async () => {
  aws = await startLocalAws({
    userPool: {
      users: [
        { username, password },
        { username: 'mail', password, mfa: 'EMAIL' },
      ],
    },
    identityPool: { allowGuests: true },
    apiGateway: {
      handler: async (request, { username: name, authenticated }) => {
        const { pathname, search } = new URL(request.url);
        if (pathname === '/own-error') return Response.json({ message: 'not yours' }, { status: 403 });
        if (pathname === '/fails') return new Response(String(++failures), { status: 503 });
        if (pathname === '/bytes') return new Response(Uint8Array.of(0xff, 0, 0xfe));
        const type = request.headers.get('content-type');
        const body = await request.text();
        const sent = {
          method: request.method,
          path: pathname + search,
          type,
          body,
          mine: request.headers.get('x-mine'),
        };
        return Response.json({ ...sent, name: name !== undefined, authenticated });
      },
    },
  });
  write('aws.json', `${JSON.stringify(aws.config)}\nand a line of the log`);
  write('config.mjs', `export default ${JSON.stringify(aws.config)};`);
});
afterAll(() => aws.stop());

const echo = (out: string): unknown => JSON.parse(out);

test.each<[string, string[], object]>([
  ['a path', ['/notes?a=1', '-q', 'b=ä c'], { method: 'GET', path: '/notes?a=1&b=%C3%A4%20c', name: true }],
  ['JSON', ['/notes', '-d', '{"a":1}'], { method: 'POST', type: 'application/json', body: '{"a":1}' }],
  ['text', ['/notes', '-X', 'put', '-d', 'a', '-H', 'X-Mine: 1'], { method: 'PUT', body: 'a', mine: '1' }],
  ['a file', ['/notes', '--data', '@body.txt', '-H', 'content-type: text/plain'], { body: 'from a file' }],
  ['what is piped in', ['/notes', '-d', '@-'], { body: 'piped' }],
])('%s, as a user', async (_, args, expected) => {
  write('body.txt', 'from a file');
  const { code, out, err } = await run(['call', ...args, ...SIGNED_IN], {}, 'piped');
  expect([code, err]).toEqual([0, '']);
  expect(echo(out)).toMatchObject({ authenticated: true, ...expected });
});

test('a module as configuration, a guest, a second factor', async () => {
  expect(echo((await run(['call', '/x', '--config', 'config.mjs', '--guest'])).out)).toMatchObject({
    authenticated: false,
  });
  const mail = ['call', '/x', '--config', 'aws.json', '--user', 'mail', '--password', password];
  expect(await run(mail)).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /^--code: expected the code of .*; nobody is at a terminal to be asked for it$/m,
    ) as string,
  });
  expect(await run([...mail, '--code', '000000'])).toMatchObject({ code: 3 });
});

test('a refusal is explained beside the answer, and ends with 1', async () => {
  const { code, out, err } = await run(['call', '/notes', '--region', 'eu-west-1', ...SIGNED_IN]);
  expect(code).toBe(1);
  expect(out).toContain("Credential should be scoped to a valid region, not 'eu-west-1'");
  expect(err).toMatch(/^403 Forbidden\nWrongRegion: .*\n {2}the region in the credential scope: [^]*Pass the region/);
  expect(err).toContain('as --region, or as AWS_REGION');
  const json = await run(['call', '/notes', '--service', 'lambda', '--json', ...SIGNED_IN]);
  expect(echo(json.out)).toMatchObject({
    status: 403,
    explanation: { code: 'WrongService', advice: 'Pass --service execute-api.' },
  });
  const own = await run(['call', '/own-error', '-i', ...SIGNED_IN]);
  expect(own).toMatchObject({ code: 1, err: '403 Forbidden\n' });
  expect(own.out).toMatch(/^HTTP 403 Forbidden\n[^]*\nx-amzn-requestid: [^]*\n\n\{"message":"not yours"\}\n$/);
});

test('a request is sent once, whatever its answer', async () => {
  expect(await run(['call', '/fails', ...SIGNED_IN])).toEqual({
    code: 1,
    out: '1\n',
    err: '503 Service Unavailable\n',
  });
});

test('this machine needs no scheme', async () => {
  const keys = aws.store.issue({ identityId: 'us-east-1:00000000-0000-0000-0000-000000000000', authenticated: true });
  const { code, out } = await run([
    ...['call', `${aws.apiGateway.url.replace('http://', '')}/a`],
    ...['--access-key', keys.accessKeyId, '--secret-key', keys.secretAccessKey, '--session-token', keys.sessionToken],
  ]);
  expect([code, echo(out)]).toMatchObject([0, { path: '/a' }]);
});

test('bytes come as they are', async () => {
  const { out } = await run(['call', '/bytes', '--json', ...SIGNED_IN]);
  expect(echo(out)).toMatchObject({ body: { base64: '/wD+' } });
});

test.each<[string, string[], number, RegExp]>([
  ['an unknown option', ['/x', '--confg', 'aws.json'], 2, /^--confg: expected a known option, such as --config$/],
  ['an option without its value', ['/x', '--config'], 2, /^--config: expected a value, FILE$/],
  ['an option given twice', ['/x', '--region', 'a', '--region', 'b'], 2, /^--region: expected once, came twice$/],
  ['a switch with a value', ['/x', '--json=1'], 2, /^--json: expected no value, got one$/],
  ['two addresses', ['/x', '/y'], 2, /^expected 1 argument and came upon 2; quote a value that holds spaces$/],
  ['no address', [], 2, /^expected a URL or a path such as \/notes$/],
  ['a path without a configuration', ['/x'], 2, /^\/x: a path needs --config/],
  ['a body of a GET', ['https://api.example.com/', '-X', 'GET', '-d', 'x'], 2, /^--data: a GET has no body/],
  ['a header that is none', ['https://api.example.com/', '-H', 'x'], 2, /^--header: expected 'Name: value'$/],
  ['a configuration that is not there', ['/x', '--config', 'none.json'], 2, /^--config: none\.json could not be read/],
  ['a user without a configuration', ['https://api.example.com/', '--user', 'a'], 2, /^--user: expected --config/],
  ['no credentials', ['https://api.example.com/'], 2, /^no credentials were found\. Log in with --config/],
  ['one key', ['https://api.example.com/', '--access-key', 'AKIDEXAMPLE'], 2, /^--secret-key: expected it beside/],
  [
    'no answer',
    ['http://127.0.0.1:1/', '--access-key', 'AKIDEXAMPLE', '--secret-key', 'x', '--timeout', '1'],
    3,
    /no answer/,
  ],
])('%s ends with its code and in words', async (_, args, code, message) => {
  const ended = await run(['call', ...args]);
  expect(ended).toMatchObject({ code, out: '' });
  expect(ended.err.trim()).toMatch(message);
});

test('a wrong password is refused without being shown', async () => {
  const wrong = ['--config', 'aws.json', '--user', username, '--password', 'Wrong-pass-7'];
  const { code, err } = await run(['call', '/x', ...wrong]);
  expect(code).toBe(3);
  expect(err).toMatch(/Incorrect username or password/);
  expect(err).not.toContain('Wrong-pass-7');
});

test('secrets of an answer are hidden, unless they are wanted', async () => {
  const args = ['call', '/notes', '-d', `{"text":"${password}"}`, ...SIGNED_IN];
  expect((await run(args)).out).not.toContain(password);
  expect((await run([...args, '--show-secrets'])).out).toContain(password);
});

test('the command of apig-test, with its name changed', async () => {
  const { cognito, apiGateway } = aws.config;
  const { code, out, err } = await run(
    [
      'call',
      ...['--username', username, '--password', password],
      ...[
        '--user-pool-id',
        cognito.USER_POOL_ID,
        '--app-client-id',
        cognito.APP_CLIENT_ID,
        '--cognito-region',
        'us-east-1',
      ],
      ...['--identity-pool-id', cognito.IDENTITY_POOL_ID],
      ...['--invoke-url', apiGateway.URL, '--api-gateway-region', 'us-east-1'],
      ...['--path-template', '/users/{id}', '--params', '{"id":"a b/ü?"}', '--method', 'POST'],
      ...['--additional-params', '{"queryParams":{"q":"1"},"headers":{"x-mine":"2"}}', '--body', '{"a":1}'],
    ],
    {
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.USER_POOL_ENDPOINT,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY: cognito.IDENTITY_POOL_ENDPOINT,
    },
  );
  expect([code, err]).toEqual([0, '']);
  const sent = {
    method: 'POST',
    path: '/users/a%20b%2F%C3%BC%3F?q=1',
    mine: '2',
    body: '{"a":1}',
    type: 'application/json',
  };
  expect(echo(out)).toMatchObject({ ...sent, name: true });
});

test('the common options of awscurl', async () => {
  const keys = aws.store.issue({ identityId: 'us-east-1:00000000-0000-0000-0000-000000000000', authenticated: true });
  const { code, out } = await run([
    ...['call', '--service', 'execute-api', '--region', 'us-east-1', '-X', 'POST', '-d', 'x', '-H', 'x-mine: 3'],
    ...['--access_key', keys.accessKeyId, '--secret_key', keys.secretAccessKey, '--session_token', keys.sessionToken],
    `${aws.apiGateway.url}/a`,
  ]);
  expect([code, echo(out)]).toMatchObject([0, { method: 'POST', body: 'x', mine: '3' }]);
});
