import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  CognitoIdentityClient,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
} from '@aws-sdk/client-cognito-identity';
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import type { CognitoUserSession } from 'amazon-cognito-identity-js';
import aws4 from 'aws4';
import { buildSync } from 'esbuild';
import { startLocalAws } from '../../src/local';
import type { LocalAws, LocalAwsOptions } from '../../src/local';

const username = 'user@example.com';
const password = 'Passw0rd!';
const users = [{ username, password }];

jest.setTimeout(30_000);

const running: Promise<LocalAws>[] = [];
const start = (options: LocalAwsOptions = {}): Promise<LocalAws> => {
  const starting = startLocalAws({ users, ...options });
  running.push(starting);
  return starting;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map(async (aws) => (await aws).stop()));
});

type Config = LocalAws['config'];

function logIn({ cognito }: Config): Promise<CognitoUserSession> {
  const values = new Map<string, string>();
  const Storage = {
    setItem: (key: string, value: string) => values.set(key, value),
    getItem: (key: string) => values.get(key) ?? null,
    removeItem: (key: string) => values.delete(key),
    clear: () => {
      values.clear();
    },
  };
  const { USER_POOL_ID, APP_CLIENT_ID, USER_POOL_ENDPOINT } = cognito;
  const Pool = new CognitoUserPool({
    UserPoolId: USER_POOL_ID,
    ClientId: APP_CLIENT_ID,
    endpoint: USER_POOL_ENDPOINT,
    Storage,
  });
  const user = new CognitoUser({ Username: username, Pool, Storage });
  return new Promise((onSuccess, onFailure) => {
    user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), {
      onSuccess,
      onFailure,
    });
  });
}

async function credentialsOf({ cognito }: Config, idToken?: string) {
  const client = new CognitoIdentityClient({
    region: cognito.REGION,
    endpoint: cognito.IDENTITY_POOL_ENDPOINT,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const provider = `cognito-idp.${cognito.REGION}.amazonaws.com/${cognito.USER_POOL_ID}`;
  const logins = idToken === undefined ? {} : { Logins: { [provider]: idToken } };
  try {
    const { IdentityId } = await client.send(new GetIdCommand({ IdentityPoolId: cognito.IDENTITY_POOL_ID, ...logins }));
    const { Credentials } = await client.send(new GetCredentialsForIdentityCommand({ IdentityId, ...logins }));
    const { AccessKeyId, SecretKey, SessionToken, Expiration } = Credentials!;
    return {
      identityId: IdentityId!,
      expiration: Expiration!,
      keys: { accessKeyId: AccessKeyId!, secretAccessKey: SecretKey!, sessionToken: SessionToken! },
    };
  } finally {
    client.destroy();
  }
}

function call(
  { apiGateway }: Config,
  keys: { accessKeyId: string; secretAccessKey: string },
  path: string,
  body?: string,
) {
  const url = new URL(apiGateway.URL + path);
  const signed = aws4.sign(
    {
      host: url.host,
      path: url.pathname,
      service: 'execute-api',
      region: apiGateway.REGION,
      ...(body ? { body, method: 'POST' } : {}),
    },
    keys,
  );
  const headers = { ...signed.headers } as Record<string, string>;
  delete headers.Host;
  delete headers['Content-Length'];
  return fetch(url, { headers, ...(body ? { body, method: 'POST' } : {}) });
}

const isOpen = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

const listening = (port: number): Promise<Server> =>
  new Promise((onListening, onError) => {
    const server = createServer();
    server.once('error', onError).listen(port, '127.0.0.1', () => {
      onListening(server);
    });
  });

/** The first of three free ports in a row. */
async function freePorts(): Promise<number> {
  for (;;) {
    const first = await listening(0);
    const { port } = first.address() as AddressInfo;
    const others = await Promise.allSettled([listening(port + 1), listening(port + 2)]);
    first.close();
    for (const other of others) if (other.status === 'fulfilled') other.value.close();
    if (port < 65_000 && others.every(({ status }) => status === 'fulfilled')) return port;
  }
}

it('log in, get credentials, sign, call: with the real libraries, none of them ours', async () => {
  const { config, userPool, identityPool, apiGateway } = await start();
  expect(config).toEqual({
    cognito: {
      REGION: 'us-east-1',
      USER_POOL_ID: userPool.userPoolId,
      APP_CLIENT_ID: userPool.clientId,
      IDENTITY_POOL_ID: identityPool.identityPoolId,
      USER_POOL_ENDPOINT: userPool.url,
      IDENTITY_POOL_ENDPOINT: identityPool.url,
    },
    apiGateway: { REGION: 'us-east-1', URL: apiGateway.url },
  });
  const session = await logIn(config);
  const { identityId, keys } = await credentialsOf(config, session.getIdToken().getJwtToken());
  const created = await call(config, keys, '/notes', '{"content":"Hello"}');
  expect(created.status).toBe(201);
  expect(await (await call(config, keys, '/notes')).json()).toMatchObject([{ content: 'Hello' }]);
  expect(apiGateway.requests).toMatchObject([
    { method: 'POST', identityId },
    { method: 'GET', identityId },
  ]);
});

it('tells the handler who logged in, in another region', async () => {
  const { config, store } = await start({
    region: 'eu-west-1',
    stage: 'prod',
    handler: (_, caller) => Response.json({ name: caller.username, id: caller.identityId }),
  });
  expect(config.apiGateway).toEqual({ REGION: 'eu-west-1', URL: expect.stringMatching(/\/prod$/) as string });
  expect(config.cognito.USER_POOL_ID).toMatch(/^eu-west-1_/);
  expect(config.cognito.IDENTITY_POOL_ID).toMatch(/^eu-west-1:/);
  const session = await logIn(config);
  const { identityId, keys } = await credentialsOf(config, session.getIdToken().getJwtToken());
  const answer = (await (await call(config, keys, '/')).json()) as unknown;
  expect(answer).toEqual({ name: session.getIdToken().payload['cognito:username'] as string, id: identityId });
  store.revoke(keys.accessKeyId);
  expect((await call(config, keys, '/')).headers.get('x-amzn-errortype')).toBe('UnrecognizedClientException');
});

it('shows what the handler threw, unless it is told where to', async () => {
  const shown = jest.spyOn(console, 'error').mockImplementation();
  const told = jest.fn();
  try {
    const mistake = new Error('a mistake in the handler');
    const handler = () => {
      throw mistake;
    };
    for (const options of [{}, { onError: told }]) {
      const { config, store } = await start({ handler, ...options });
      const response = await call(config, store.issue({ identityId: 'id', authenticated: true }), '/notes');
      expect(response.status).toBe(502);
    }
    expect(shown.mock.calls).toEqual([[mistake]]);
    expect(told.mock.calls).toEqual([[mistake]]);
  } finally {
    shown.mockRestore();
  }
});

it('hands its options to the parts', async () => {
  let skew = 0;
  const now = (): Date => new Date(Date.now() + skew);
  const { config, apiGateway } = await start({
    now,
    tokenLifetime: 600,
    credentialsLifetime: 900,
    allowGuests: true,
    cors: false,
    policy: { Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/*/GET/*' } },
  });
  const { iat, exp } = (await logIn(config)).getIdToken().payload as { iat: number; exp: number };
  expect(exp - iat).toBe(600);
  const { keys, expiration } = await credentialsOf(config);
  expect(Math.abs(expiration.getTime() - Date.now() - 900_000)).toBeLessThan(60_000);
  expect((await call(config, keys, '/notes')).status).toBe(200);
  expect((await call(config, keys, '/notes', '{"content":"x"}')).status).toBe(403);
  expect(
    (await fetch(apiGateway.url, { headers: { origin: 'http://localhost' } })).headers.has(
      'access-control-allow-origin',
    ),
  ).toBe(false);
  skew = 3_600_000;
  const { message } = (await (await call(config, keys, '/notes')).json()) as { message: string };
  expect(message).toMatch(/^Signature expired: /);
});

it('stops all of it, with connections still open, and once is enough', async () => {
  const aws = await start();
  const urls = [aws.userPool.url, aws.identityPool.url, aws.apiGateway.url];
  expect(await Promise.all(urls.map(isOpen))).toEqual([true, true, true]); // fetch keeps these connections alive
  await aws.stop();
  expect(await Promise.all(urls.map(isOpen))).toEqual([false, false, false]);
  await aws.stop();
});

it('with a port: the next two as well, and the same ids from start to start', async () => {
  const port = await freePorts();
  const first = await start({ port });
  expect(first.config.apiGateway.URL).toBe(`http://127.0.0.1:${port}/dev`);
  expect(first.config.cognito.USER_POOL_ENDPOINT).toBe(`http://127.0.0.1:${port + 1}`);
  expect(first.config.cognito.IDENTITY_POOL_ENDPOINT).toBe(`http://127.0.0.1:${port + 2}`);
  await first.stop();
  expect((await start({ port })).config).toEqual(first.config);
});

it.each([0, 1, 2])('leaves nothing running when port + %d is taken', async (offset) => {
  const port = await freePorts();
  const other = await listening(port + offset);
  await expect(startLocalAws({ users, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  for (const free of [0, 1, 2].filter((n) => n !== offset)) (await listening(port + free)).close();
  other.close();
});

it.each([-1, 0, 1.5, 65_534, NaN, '80'])('refuses the port %p', async (port) => {
  await expect(startLocalAws({ port: port as number })).rejects.toMatchObject({
    code: 'InvalidOption',
    message: `port: expected a whole number from 1 to 65533, got ${port}`,
  });
});

describe('npm run local', () => {
  const root = resolve('.');
  let folder: string;

  beforeAll(() => {
    // The script as it lies in the package, beside a build of these sources.
    folder = mkdtempSync(join(tmpdir(), 'local-script-'));
    for (const name of ['scripts', 'dist', 'tmp']) mkdirSync(join(folder, name));
    cpSync(join(root, 'scripts/local.mjs'), join(folder, 'scripts/local.mjs'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    buildSync({ entryPoints: ['src/**/*.ts'], outdir: join(folder, 'dist/esm'), format: 'esm', logLevel: 'error' });
    writeFileSync(join(folder, 'dist/esm/package.json'), '{"type":"module"}');
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function run(args: string[], stopAt?: RegExp, signal: NodeJS.Signals = 'SIGINT') {
    const child = spawn(process.execPath, [join(folder, 'scripts/local.mjs'), ...args], {
      env: { ...process.env, TMPDIR: join(folder, 'tmp') },
    });
    let output = '';
    let whenSeen: (() => void) | undefined;
    const seen = new Promise<void>((done) => (whenSeen = done));
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (stopAt?.test(output)) whenSeen?.();
      });
    }
    const ended = new Promise<number | null>((done) => child.once('close', done));
    await Promise.race([seen, ended]);
    return {
      text: () => output,
      stop: () => {
        child.kill(signal);
        return ended;
      },
      ended,
    };
  }

  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM'])(
    'prints its configuration, and %s leaves nothing behind',
    async (signal) => {
      const port = await freePorts();
      const local = await run(['--port', String(port), '--user', `${username}:${password}`], /Ctrl-C stops it/, signal);
      const config = JSON.parse(/^\{[^]*^\}/m.exec(local.text())![0]) as Config;
      const session = await logIn(config);
      const { keys } = await credentialsOf(config, session.getIdToken().getJwtToken());
      expect((await call(config, keys, '/notes', '{"content":"Hello"}')).status).toBe(201);
      expect(local.text()).toContain(username);
      expect(local.text()).not.toContain(password);

      expect(await local.stop()).toBe(0);
      expect(local.text()).toMatch(/Stopped\.\n$/);
      for (const offset of [0, 1, 2]) expect(await isOpen(`http://127.0.0.1:${port + offset}`)).toBe(false);
      expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
    },
  );

  it('has a default user, and prints their password', async () => {
    const local = await run(['--port', '0'], /Ctrl-C stops it/);
    expect(local.text()).toContain('user@example.com, password Passw0rd!');
    await logIn(JSON.parse(/^\{[^]*^\}/m.exec(local.text())![0]) as Config);
    expect(await local.stop()).toBe(0);
  });

  it.each<[string, string[], RegExp]>([
    ['a port that is no number', ['--port', 'x'], /--port: expected a number, got 'x'/],
    ['a user without a password', ['--user', 'secretname'], /--user: expected name:password/],
    ['a target that is no URL', ['--port', '0', '--target', 'x'], /target: expected an http: or https: URL/],
    ['an unknown option', ['--other'], /Unknown option '--other'/],
  ])('says what is wrong with %s', async (_, args, message) => {
    const local = await run(args);
    expect(await local.ended).toBe(1);
    expect(local.text()).toMatch(message);
    expect(local.text()).not.toMatch(/secretname|\n\s+at /);
  });

  it('says which port is taken', async () => {
    const port = await freePorts();
    const other = await listening(port + 2);
    const local = await run(['--port', String(port)]);
    expect(await local.ended).toBe(1);
    expect(local.text()).toBe(`Port ${port + 2} is taken. Choose another with --port.\n`);
    other.close();
  });

  it('explains itself', async () => {
    const local = await run(['--help']);
    expect(await local.ended).toBe(0);
    expect(local.text()).toMatch(/--port[^]*--target[^]*--user/);
  });
});
