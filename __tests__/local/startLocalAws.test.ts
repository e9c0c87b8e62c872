import { startLocalAws } from '../../src/local';
import type { LocalAws, LocalAwsOptions } from '../../src/local';
import { call, credentialsOf, freePorts, isOpen, listening, logIn, users } from '../support/localAwsHarness';

const running: Promise<LocalAws>[] = [];
const start = (options: LocalAwsOptions = {}): Promise<LocalAws> => {
  const starting = startLocalAws({ userPool: { users }, ...options });
  running.push(starting);
  return starting;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map(async (aws) => (await aws).stop()));
});

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
  expect(created.status).toBe(200);
  expect(await (await call(config, keys, '/notes')).json()).toMatchObject([{ content: 'Hello' }]);
  expect(apiGateway.requests).toMatchObject([
    { method: 'POST', identityId },
    { method: 'GET', identityId },
  ]);
});

it('tells the handler who logged in, in another region', async () => {
  const { config, store } = await start({
    region: 'eu-west-1',
    apiGateway: {
      stage: 'prod',
      handler: (_, caller) => Response.json({ name: caller.username, id: caller.identityId }),
    },
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
      const { config, store } = await start({ apiGateway: { handler }, ...options });
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
  // In milliseconds: a Date or a number will do wherever a time is taken. A whole second, as SDKs read it.
  const NOW = Math.floor(Date.now() / 1000) * 1000;
  let skew = 0;
  const now = (): number => NOW + skew;
  const { config, apiGateway } = await start({
    now,
    userPool: { users, tokenLifetimeSeconds: 600 },
    identityPool: { credentialsLifetimeSeconds: 900, allowGuests: true },
    apiGateway: {
      cors: false,
      policy: { Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/*/GET/*' } },
    },
  });
  const { iat, exp } = (await logIn(config)).getIdToken().payload as { iat: number; exp: number };
  expect(exp - iat).toBe(600);
  const { keys, expiration } = await credentialsOf(config);
  expect(expiration.getTime()).toBe(NOW + 900_000);
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
  await expect(startLocalAws({ userPool: { users }, port })).rejects.toMatchObject({ code: 'PortInUse' });
  for (const free of [0, 1, 2].filter((n) => n !== offset)) (await listening(port + free)).close();
  other.close();
});

it('gives a part the port of its own, and the pools the same ids from start to start', async () => {
  const port = await freePorts();
  const ports = { userPool: { port: port + 2 }, identityPool: { port }, apiGateway: { port: port + 1 } };
  const first = await start(ports);
  expect(first.config.cognito.USER_POOL_ENDPOINT).toBe(`http://127.0.0.1:${port + 2}`);
  expect(first.config.cognito.IDENTITY_POOL_ENDPOINT).toBe(`http://127.0.0.1:${port}`);
  expect(first.config.apiGateway.URL).toBe(`http://127.0.0.1:${port + 1}/dev`);
  await first.stop();
  expect((await start(ports)).config).toEqual(first.config);
});

it.each([-1, 0, 1.5, 65_534, NaN])('refuses the port %p', async (port) => {
  await expect(startLocalAws({ port })).rejects.toMatchObject({
    code: 'InvalidOption',
    message: `port: expected a whole number from 1 to 65533, got ${port}`,
  });
});

it.each<[string, object]>([
  // of the old flat form: the part is named
  ['users: expected a known option, such as userPool.users, got Array', { users }],
  ['allowGuests: expected a known option, such as identityPool.allowGuests, got Boolean', { allowGuests: true }],
  ['handler: expected a known option, such as apiGateway.handler, got Function', { handler: () => new Response() }],
  ['tokenLifetime: expected a known option, such as userPool.tokenLifetimeSeconds, got 5', { tokenLifetime: 5 }],
  // in the wrong place
  ['userPool.region: expected a known option, such as region, got "eu-west-1"', { userPool: { region: 'eu-west-1' } }],
  ['apiGateway.users: expected a known option, such as userPool.users, got Array', { apiGateway: { users } }],
  ['identityPool.store: expected a known option, such as', { identityPool: { store: {} } }],
  // unknown: the nearest is named
  ['regoin: expected a known option, such as region, got', { regoin: 'eu-west-1' }],
  ['guest: expected a known option, such as identityPool.allowGuests, got Boolean', { guest: true }],
  ['userPool.user: expected a known option, such as userPool.users, got Array', { userPool: { user: [] } }],
  ['apiGateway.polcy: expected a known option, such as apiGateway.policy, got Object', { apiGateway: { polcy: {} } }],
  [
    'userPool.users[0].pasword: expected a known option, such as users[0].password, got a string of 0',
    { userPool: { users: [{ pasword: '' }] } },
  ],
  // within a part: its name stands before the option
  [
    'userPool.users[0].password: expected a text of 1 to 256 characters, got Number',
    { userPool: { users: [{ username: 'x', password: 1 }] } },
  ],
  ['userPool.mfa: expected OFF, OPTIONAL or ON, got "TOTP"', { userPool: { mfa: 'TOTP' } }],
  [
    'userPool.users[0].mfa: expected SMS, TOTP, EMAIL or a list of them, got "ON"',
    { userPool: { users: [{ ...users[0], mfa: ['SMS', 'ON'] }] } },
  ],
  [
    'userPool.authFlows: expected a list of USER_SRP_AUTH, USER_PASSWORD_AUTH, USER_AUTH, CUSTOM_AUTH, REFRESH_TOKEN_AUTH, got "SRP"',
    { userPool: { authFlows: ['SRP'] } },
  ],
  [
    'userPool.clientId: expected letters and digits, got a string of 41 characters',
    { userPool: { clientId: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY/' } },
  ],
  ['identityPool.identityPoolId: expected REGION:UUID, got "pool"', { identityPool: { identityPoolId: 'pool' } }],
  [
    'apiGateway.policy.Version: expected 2012-10-17 or 2008-10-17, got "2012"',
    { apiGateway: { policy: { Version: '2012', Statement: [] } } },
  ],
  ['region: expected a region such as us-east-1, got "nowhere"', { region: 'nowhere' }],
  [
    `apiGateway.stage: expected letters, digits, - and _; $default for frontend 'http', got "a/b"`,
    { apiGateway: { stage: 'a/b' } },
  ],
  ['apiGateway.lambda: expected a function, ', { apiGateway: { lambda: 1 } }],
  [
    "apiGateway.lambda: expected a function, 'FILE', 'FILE#EXPORT', or options of lambdaHandler, got null",
    { apiGateway: { lambda: null } },
  ],
  // of a wrong kind
  ['options: expected an object, got null', null as unknown as object],
  ['apiGateway: expected an object, got a string of 1 characters', { apiGateway: 'x' }],
  ['identityPool.port: expected a whole number from 0 to 65535, got -1', { identityPool: { port: -1 } }],
  ['port: expected a whole number from 1 to 65533, got a string of 2 characters', { port: '80' }],
  ['now: expected a function that gives a valid Date, or milliseconds since 1970, got Date', { now: new Date() }],
])('refuses with: %s', async (message, options) => {
  const error: unknown = await startLocalAws(options).then(
    (aws) => aws.stop(),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: 'InvalidOption', message: expect.stringContaining(message) as string });
});

it('takes what is undefined as not given', async () => {
  const { config } = await start({ users: undefined, apiGateway: { handler: undefined, target: undefined } } as object);
  expect(config.apiGateway.REGION).toBe('us-east-1');
});
