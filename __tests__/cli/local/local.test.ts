/** `sigv4-client local`: started, used by the other commands, stopped. */
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { LocalAws } from '../../../src/local';
import { createApig } from '../../../src/apig';
import type { ApigConfig } from '../../../src/apig';
import { closeServer, listenLocally } from '../../support/localServer';
import { mapStorage } from '../../support/mapStorage';
import { freePorts, isOpen } from '../../support/localAwsHarness';
import { run, start, write } from '../../support/cliHarness';

test.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])('runs until %s, with the same ids each time', async (signal) => {
  const port = await freePorts();
  const configs: string[] = [];
  for (let i = 0; i < 2; i++) {
    const local = start(['local', '--port', String(port), '--json', '--user', 'user@example.com:An0ther-pass']);
    await local.printed(/\n/);
    configs.push(local.out());
    write('aws.json', local.out());
    const signedIn = ['--config', 'aws.json', '--user', 'user@example.com', '--password', 'An0ther-pass'];
    expect(await run(['call', '/notes', ...signedIn])).toEqual({ code: 0, out: '[]\n', err: '' });
    expect(await run(['call', '/notes', '--region', 'eu-west-1', ...signedIn])).toMatchObject({ code: 1 });
    const link = (await run(['presign', `http://127.0.0.1:${port}/dev/notes`, '--region', 'us-east-1', ...signedIn]))
      .out;
    expect(await (await fetch(link.trim())).json()).toEqual([]);
    local.child.kill(signal);
    const { code, out, err } = await local.ended;
    expect([code, out]).toEqual([0, configs[0]]);
    expect(err).toMatch(
      /^Log in: user@example\.com\. Ctrl-C .*\nGET \/dev\/notes 200 {2}\S+ {2}allowed\nGET \/dev\/notes 403 {2}nobody {2}RegionMismatch\n/,
    );
    expect(err).not.toContain('An0ther-pass');
    expect(await Promise.all([0, 1, 2].map((offset) => isOpen(`http://127.0.0.1:${port + offset}`)))).toEqual([
      false,
      false,
      false,
    ]);
  }
  expect(configs[1]).toBe(configs[0]);
});

test.each(['--json', '--env'])('%s: only the configuration is in stdout, whatever a function prints', async (form) => {
  write('talks.mjs', "console.log('loaded'); export const handler = async () => { console.log('called'); };");
  const local = start(['local', '--port', '0', form, '--lambda', 'talks.mjs']);
  await local.printed(/loaded/);
  local.child.kill('SIGTERM');
  const { out, err } = await local.ended;
  expect(out).toMatch(form === '--json' ? /^\{.*\}\n$/ : /^(\w+=\S+\n)+$/);
  expect(err).toMatch(/^Log in: user@example\.com, password Passw0rd!\. Ctrl-C stops it\.\nloaded\n/);
});

test('a call that no stage takes is not said to be allowed', async () => {
  const local = start(['local', '--port', '0', '--json']);
  await local.printed(/\n/);
  const config = JSON.parse(local.out()) as ApigConfig;
  const { URL: url } = config.apiGateway;
  const elsewhere = { ...config, apiGateway: { ...config.apiGateway, URL: url.replace('/dev', '/prod') } };
  const apig = createApig(elsewhere, { storage: mapStorage() });
  await apig.login('user@example.com', 'Passw0rd!');
  await expect(apig.invokeApig({ path: '/notes' })).rejects.toMatchObject({ status: 403 });
  local.child.kill('SIGTERM');
  expect((await local.ended).err).toMatch(/^GET \/prod\/notes 403 {2}nobody {2}NoSuchStage$/m);
});

test('runs a Lambda function, anew when it changes', async () => {
  const port = await freePorts();
  const answer = (text: string) =>
    `exports.main = async (event) => ({ statusCode: 200, body: '${text} ' + event.httpMethod + ' ' + event.path });`;
  write('function.cjs', answer('first'));
  const local = start(['local', '--port', String(port), '--json', '--lambda', 'function.cjs#main']);
  await local.printed(/\n/);
  write('aws.json', local.out());
  const call = ['call', '/x', '--config', 'aws.json', '--user', 'user@example.com', '--password', 'Passw0rd!'];
  expect((await run(call)).out).toBe('first GET /x\n');
  write('function.cjs', answer('second one'));
  expect((await run(call)).out).toBe('second one GET /x\n');
  local.child.kill('SIGINT');
  await local.ended;
});

test.each<[string, string[], string, string]>([
  ['an HTTP API', ['--frontend', 'http'], '', '/x $default 2.0'],
  ['an HTTP API with a stage', ['--frontend', 'http', '--stage', 'prod'], '/prod', '/prod/x prod 2.0'],
  ['a custom domain', ['--base-path', '/v1'], '/v1', '/v1/x dev undefined'],
])('%s in front of a function', async (_, args, prefix, text) => {
  write(
    'where.mjs',
    'export const handler = async ({ path, rawPath, version, requestContext: { stage } }) => ({ statusCode: 200, body: `${path ?? rawPath} ${stage} ${version}` });',
  );
  const local = start(['local', '--port', '0', '--json', '--lambda', 'where.mjs', ...args]);
  await local.printed(/\n/);
  write('aws.json', local.out());
  expect(local.out()).toMatch(new RegExp(`"URL":"http://127\\.0\\.0\\.1:\\d+${prefix}"`));
  const call = ['call', '/x', '--config', 'aws.json', '--user', 'user@example.com', '--password', 'Passw0rd!'];
  expect((await run(call)).out).toBe(`${text}\n`);
  local.child.kill('SIGINT');
  await local.ended;
});

test('passes requests on to a server, which learns who called and sees no signature', async () => {
  const backend = createHttpServer(({ method, url, headers }, response) => {
    const { authorization = 'no signature', 'x-amz-security-token': token = 'no token' } = headers;
    response.end([method, url, authorization, token, typeof headers['x-amzn-identity-id']].join(' '));
  });
  try {
    const local = start(['local', '--port', '0', '--json', '--target', (await listenLocally(backend)).url]);
    await local.printed(/\n/);
    write('aws.json', local.out());
    const call = ['call', '/x?y=1', '-X', 'DELETE', '--config', 'aws.json', '--user', 'user@example.com'];
    expect((await run([...call, '--password', 'Passw0rd!'])).out).toBe('DELETE /x?y=1 no signature no token string\n');
    local.child.kill('SIGINT');
    await local.ended;
  } finally {
    await closeServer(backend);
  }
});

test('prints where everything is, who can log in, and a configuration to paste', async () => {
  const local = start(['local', '--port', '0']);
  await local.printed(/Ctrl-C stops it/);
  const text = local.out();
  const [, username, password] = /^Log in: (\S+), password (\S+)$/m.exec(text)!;
  const [, pasted] = /^Configuration for createApig:\n\n(\{[^]*?^\})$/m.exec(text)!;
  const { cognito, apiGateway } = JSON.parse(pasted!) as LocalAws['config'];
  expect(text).toContain(`API gateway    ${apiGateway.URL}  (`);
  expect(text).toContain(`user pool      ${cognito.USER_POOL_ENDPOINT}\n`);
  expect(text).toContain(`identity pool  ${cognito.IDENTITY_POOL_ENDPOINT}\n`);
  write('pasted.mjs', `export default ${pasted!};`);
  const signedIn = ['--config', 'pasted.mjs', '--user', username!, '--password', password!];
  expect(await run(['call', '/notes', ...signedIn])).toEqual({ code: 0, out: '[]\n', err: '' });
  local.child.kill('SIGINT');
  expect((await local.ended).out).toMatch(/\nStopped\.\n$/);
});

test('has the users and the options that it is given', async () => {
  const Statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/*/GET/notes' };
  write('policy.json', JSON.stringify({ region: 'eu-west-1', apiGateway: { policy: { Statement } } }));
  const users = ['--user', 'first@example.com:An0ther-pass', '--user', 'second@example.com:With:a-c0lon'];
  const local = start(['local', '--port', '0', '--config', 'policy.json', ...users]);
  await local.printed(/Ctrl-C stops it/);
  expect(local.out()).toContain('\nLog in: first@example.com, second@example.com\n');
  expect(local.out()).not.toMatch(/An0ther-pass|With:a-c0lon/);
  const config = /^\{[^]*?^\}$/m.exec(local.out())![0];
  expect(JSON.parse(config)).toMatchObject({ cognito: { REGION: 'eu-west-1' }, apiGateway: { REGION: 'eu-west-1' } });
  write('own.json', config);
  const second = ['--config', 'own.json', '--user', 'second@example.com', '--password', 'With:a-c0lon'];
  expect(await run(['call', '/notes', ...second])).toEqual({ code: 0, out: '[]\n', err: '' });
  expect(await run(['call', '/notes', '-d', '{"content":"x"}', ...second])).toMatchObject({ code: 1 });
  local.child.kill('SIGINT');
  expect((await local.ended).err).toMatch(
    / 200 {2}\S+ {2}allowed\n.* 403 {2}\S+ {2}denied by the policy \(implicit-deny\)\n/,
  );
});

test('prints lines for an .env file', async () => {
  const local = start(['local', '--port', '0', '--env']);
  await local.printed(/NEXT_PUBLIC_API_URL=.*\n/);
  expect(local.out()).toMatch(
    /^VITE_COGNITO_REGION=us-east-1\nVITE_USER_POOL_ID=[^]*\nNEXT_PUBLIC_API_URL=http:\/\/127/,
  );
  local.child.kill('SIGINT');
  await local.ended;
});

test.each<[string, string[], RegExp]>([
  ['a port that is none', ['--port', 'x'], /^--port: expected a number from 0 to 65533, got 'x'$/],
  ['a user without a password', ['--user', 'x'], /^--user: expected NAME:PASSWORD$/],
  [
    'both kinds of backend',
    ['--target', 'http://127.0.0.1:1', '--lambda', 'x.mjs'],
    /^--target, --lambda: expected one/,
  ],
  [
    'options that are not known',
    ['--port', '0', '--config', 'options.json'],
    /^apiGateway\.polcy: expected a known option, such as apiGateway\.policy/,
  ],
])('%s ends with 2', async (_, args, message) => {
  write('options.json', '{"apiGateway":{"polcy":{}}}');
  const { code, err } = await run(['local', ...args]);
  expect(code).toBe(2);
  expect(err.trim()).toMatch(message);
});

test('a port that is taken is named', async () => {
  const port = await freePorts();
  const other = createServer().listen(port, '127.0.0.1');
  try {
    const { code, err } = await run(['local', '--port', String(port)]);
    const message = `--port: ${port} is taken by another program, such as another sigv4-client local; give another, or 0 for free ones`;
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  } finally {
    other.close();
  }
});

test('help: an overview, and each command with examples', async () => {
  const { code, out } = await run(['--help']);
  expect([code, out]).toEqual([0, expect.stringContaining('Exit codes: 0 done, 1 ')]);
  const commands = [...out.matchAll(/^ {2}(\w+) {2,}/gm)].map(([, name]) => name!);
  expect(commands).toEqual(['local', 'call', 'presign', 'explain', 'doctor']);
  for (const command of commands) {
    expect((await run([command, '--help'])).out).toMatch(
      /^Usage: npx sigv4-client [^]*\nOptions:\n[^]*\nExamples:\n {2}npx /,
    );
  }
  expect(await run(['cal'])).toEqual({ code: 2, out: '', err: 'cal: expected a known command, such as call\n' });
  expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});
