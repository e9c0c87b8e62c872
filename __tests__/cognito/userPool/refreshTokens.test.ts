/** Renewing a session, with and without rotation of refresh tokens, against the real local pool; by both entries. */
import { createApig as createApigWithAwsSdk } from '../../../src/apig/invokeApig';
import { createApig } from '../../../src/apig/index';
import type { Apig, ApigOptions } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws, LocalAwsOptions } from '../../../src/local';
import { mapStorage } from '../../support/mapStorage';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

const [username, password] = ['user@example.com', 'Passw0rd!'];
let time = Date.now();
const now = () => time;
const minutes = (count: number) => {
  time += count * 60_000;
};

const running: LocalAws[] = [];
afterAll(() => Promise.all([...running.map((aws) => aws.stop()), closeAll()]));

async function start(userPool: LocalAwsOptions['userPool'] = {}): Promise<LocalAws> {
  const aws = await startLocalAws({ now, userPool: { users: [{ username, password }], ...userPool } });
  running.push(aws);
  return aws;
}

/** What is asked of the user pool, by the operations' names and with what, and what becomes of the answers. */
async function between(aws: LocalAws, change: (operation: string, answer: Response) => Response | Promise<Response>) {
  const asked: string[] = [];
  const inputs: Record<string, unknown>[] = [];
  const server = await startServer(async (request) => {
    const target = request.headers.get('x-amz-target')!;
    const operation = target.replace(/^.*\./, '');
    asked.push(operation);
    const body = await request.text();
    inputs.push(JSON.parse(body) as Record<string, unknown>);
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    const answer = await fetch(aws.userPool.url, { method: 'POST', headers, body });
    return change(operation, new Response(await answer.text(), { status: answer.status }));
  });
  const config = { ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } };
  return { asked, inputs, config };
}

const refused = (type: string, status = 400): Response => Response.json({ __type: type, message: 'No.' }, { status });

describe.each([
  ['sigv4-client/apig', createApig],
  ['sigv4-client/invoke-apig', createApigWithAwsSdk],
])('%s', (_entry, create: typeof createApig) => {
  async function loggedIn(config: LocalAws['config'], options: ApigOptions = {}): Promise<Apig> {
    const apig = create(config, { now, ...options });
    await apig.login(username, password);
    return apig;
  }

  test('with rotation, a session goes on for as long as its refresh token may', async () => {
    const aws = await start({ refreshTokenRotation: true });
    const apig = await loggedIn(aws.config);
    const tokens = new Set<string>();
    for (let hour = 0; hour < 5; hour++) {
      tokens.add(await apig.getUserToken());
      await apig.invokeApig({ path: '/notes' });
      minutes(61);
    }
    expect(tokens.size).toBe(5);
    expect(apig.getCurrentUser()).not.toBeNull();
  });

  test('ten parallel calls of two tabs renew at once: no session ends', async () => {
    const aws = await start({ refreshTokenRotation: { graceSeconds: 30 } });
    const { asked, config } = await between(aws, (_, answer) => answer);
    const storage = mapStorage();
    const first = await loggedIn(config, { storage });
    const second = create(config, { now, storage });
    for (let hour = 0; hour < 3; hour++) {
      minutes(61);
      const calls = Array.from({ length: 10 }, (_, i) => (i % 2 ? first : second).invokeApig({ path: '/notes' }));
      await expect(Promise.all(calls)).resolves.toHaveLength(10);
    }
    for (const tab of [first, second]) expect(tab.getCurrentUser()).not.toBeNull();
    expect(asked.filter((operation) => operation === 'GetTokensFromRefreshToken')).toHaveLength(3); // once an hour
  });

  test('an answer that is lost on the way is asked for again within the grace period', async () => {
    const aws = await start({ refreshTokenRotation: { graceSeconds: 30 } });
    let lost = 0;
    const { asked, config } = await between(aws, (operation, answer) =>
      operation === 'GetTokensFromRefreshToken' && lost++ < 2 ? new Response('', { status: 502 }) : answer,
    );
    const apig = await loggedIn(config);
    minutes(61);
    await apig.getUserToken();
    expect(asked.filter((operation) => operation === 'GetTokensFromRefreshToken')).toHaveLength(3);
    minutes(61);
    await expect(apig.getUserToken()).resolves.toMatch(/^eyJ/);
  });

  test('a tab that is closed between answer and storing leaves the old token, which is good for the grace period', async () => {
    const aws = await start({ refreshTokenRotation: { graceSeconds: 30 } });
    const storage = mapStorage();
    await loggedIn(aws.config, { storage });
    minutes(61);
    const before = new Map(storage.items);
    await create(aws.config, { now, storage }).getUserToken();
    for (const [key, value] of before) storage.setItem(key, value); // as if nothing had been stored
    await expect(create(aws.config, { now, storage }).getUserToken()).resolves.toMatch(/^eyJ/);
  });

  test('a refresh token that was used elsewhere, and is no longer good, ends the session with advice', async () => {
    const aws = await start({ refreshTokenRotation: true });
    const [storage, copy] = [mapStorage(), mapStorage()];
    const apig = await loggedIn(aws.config, { storage });
    for (const [key, value] of storage.items) copy.setItem(key, value);
    minutes(61);
    await create(aws.config, { now, storage: copy }).getUserToken();
    expect(await rejection(apig.getUserToken())).toMatchObject({
      code: 'SessionExpired',
      message: expect.stringMatching(/^Renewing the session failed: .*Log in again\.$/) as string,
    });
    expect(apig.getCurrentUser()).toBeNull();
  });

  test.each<[string, () => Response]>([
    ['a firewall', () => refused('ForbiddenException', 403)],
    ['a policy', () => refused('AccessDeniedException')],
    ['a pool that does not know it', () => refused('UnknownOperationException')],
    ['an emulator that has no such page', () => new Response('not found', { status: 404 })],
  ])('where %s forbids the operation, by REFRESH_TOKEN_AUTH, and at once from then on', async (_, refusal) => {
    const aws = await start();
    const { asked, config } = await between(aws, (operation, answer) =>
      operation === 'GetTokensFromRefreshToken' ? refusal() : answer,
    );
    const apig = await loggedIn(config);
    asked.length = 0;
    minutes(61);
    await apig.getUserToken();
    expect(asked).toEqual(['GetTokensFromRefreshToken', 'InitiateAuth']);
    minutes(61);
    await apig.getUserToken();
    expect(asked).toEqual(['GetTokensFromRefreshToken', 'InitiateAuth', 'InitiateAuth']);
  });

  // Cognito takes no null among `AuthParameters`, which are a map of texts.
  test.each([undefined, 'us-east-1_01234567-89ab-cdef-0123-456789abcdef'])(
    'the key of the device is sent where the pool remembers it, by either operation: %s',
    async (key) => {
      const aws = await start();
      const storage = mapStorage();
      const { inputs, config } = await between(aws, (operation, answer) =>
        operation === 'GetTokensFromRefreshToken' ? refused('UnknownOperationException') : answer,
      );
      const apig = await loggedIn(config, { storage });
      const stored = [...storage.items.keys()].find((name) => name.endsWith('.refreshToken'))!;
      const refreshToken = storage.items.get(stored)!;
      if (key !== undefined) storage.setItem(stored.replace('refreshToken', 'deviceKey'), key);
      inputs.length = 0;
      minutes(61);
      await apig.getUserToken();
      const ClientId = config.cognito.APP_CLIENT_ID;
      expect(inputs).toEqual([
        { ClientId, RefreshToken: refreshToken, ...(key !== undefined && { DeviceKey: key }) },
        {
          ClientId,
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN: refreshToken, ...(key !== undefined && { DEVICE_KEY: key }) },
        },
      ]);
    },
  );

  test.each<[string, () => Response, string]>([
    ['the token', () => refused('NotAuthorizedException'), 'NotAuthorized'],
    ['for its use', () => refused('RefreshTokenReuseException'), 'SessionExpired'],
    ['for a while', () => refused('TooManyRequestsException'), 'TooManyAttempts'],
  ])('where it refuses %s, nothing else is tried', async (_, refusal, code) => {
    const aws = await start();
    const { asked, config } = await between(aws, (operation, answer) =>
      operation === 'GetTokensFromRefreshToken' ? refusal() : answer,
    );
    const apig = await loggedIn(config);
    asked.length = 0;
    minutes(61);
    expect(await rejection(apig.getUserToken())).toMatchObject({ code });
    expect(asked).not.toContain('InitiateAuth');
  });
});
