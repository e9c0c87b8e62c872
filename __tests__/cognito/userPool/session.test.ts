/** Sessions of which something else knows more: another tab, the service's clock, a hosted login page, a storage that is full. */
import { createApig } from '../../../src/apig/index';
import type { Apig, ApigConfig, ApigOptions } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';
import { createGate } from '../../support/gate';
import { mapStorage } from '../../support/mapStorage';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.
jest.setTimeout(60_000);

const password = 'Passw0rd!';
const [username, other] = ['first@example.com', 'second@example.com'];

/** The services' clock, and how many minutes the device's is ahead of it. */
let [time, ahead] = [Date.now(), 0];
function pass(minutes: number): void {
  time += minutes * 60_000;
  jest.setSystemTime(time + ahead * 60_000);
}

let aws: LocalAws;
beforeAll(async () => {
  const users = [
    { username, password },
    { username: other, password },
  ];
  const temporary = { username: 'temporary', password, mustChangePassword: true };
  aws = await startLocalAws({ userPool: { users: [...users, temporary] }, now: () => new Date(time) });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));

/** Only Date is not the real one. */
const REAL = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const;
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: [...REAL, 'nextTick', 'queueMicrotask', 'performance', 'hrtime'] });
  ahead = 0;
  pass(0);
});
afterEach(() => jest.useRealTimers());

async function loggedIn(options: ApigOptions = {}, config: ApigConfig = aws.config): Promise<Apig> {
  const apig = createApig(config, options);
  await apig.login(username, password);
  return apig;
}

interface Exchange {
  readonly operation: string;
  /** Of a renewal. */
  readonly RefreshToken?: string;
}

const isRenewal = ({ operation }: Exchange): boolean => operation === 'GetTokensFromRefreshToken';

/** The local user pool, with something between. */
async function behind(between: (input: Exchange, ask: (input: Exchange) => Promise<Response>) => Promise<Response>) {
  const server = await startServer(async (request) => {
    const target = request.headers.get('x-amz-target')!;
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    const ask = ({ operation: _, ...input }: Exchange) =>
      fetch(aws.userPool.url, { method: 'POST', headers, body: JSON.stringify(input) });
    const operation = target.replace(/^.*\./, '');
    const response = await between({ ...(JSON.parse(await request.text()) as object), operation }, ask);
    return new Response(await response.text(), { status: response.status });
  });
  return { ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } };
}

const expiryOf = (token: string) => (JSON.parse(atob(token.split('.')[1]!)) as { exp: number }).exp * 1000;

describe('another tab', () => {
  test('has traded the refresh token for a new one: the session goes on in both', async () => {
    // As user pools do that rotate refresh tokens, without a grace period.
    const storage = mapStorage();
    const originals = new Map<string, string>();
    const spent = new Set<string>();
    const config = await behind(async (input, ask) => {
      if (!isRenewal(input)) return ask(input);
      const given = input.RefreshToken!;
      if (spent.has(given)) {
        while (![...storage.items.values()].includes('rotated-1')) await new Promise(setImmediate); // the other tab has it
        const refusal = { __type: 'NotAuthorizedException', message: 'Refresh Token has been revoked' };
        return Response.json(refusal, { status: 400 });
      }
      spent.add(given);
      const original = originals.get(given) ?? given;
      const response = await ask({ ...input, RefreshToken: original });
      const renewed = (await response.json()) as { AuthenticationResult: object };
      const next = `rotated-${spent.size}`;
      originals.set(next, original);
      return Response.json({ AuthenticationResult: { ...renewed.AuthenticationResult, RefreshToken: next } });
    });
    const first = await loggedIn({ storage }, config);
    const second = createApig(config, { storage });
    pass(60);
    const tokens = await Promise.all([first.getUserToken(), second.getUserToken()]);
    expect(tokens[0]).toBe(tokens[1]);
    expect(spent.size).toBe(1);
    pass(60);
    await expect(second.getUserToken()).resolves.not.toBe(tokens[0]);
  });

  test('has logged the same user in anew: the refusal of the old refresh token does not end the new session', async () => {
    const gate = createGate();
    const config = await behind(async (input, ask) => {
      if (isRenewal(input)) await gate.pass();
      return ask(input);
    });
    const storage = mapStorage();
    const first = await loggedIn({ storage }, config);
    const second = createApig(aws.config, { storage });
    pass(60);
    const token = first.getUserToken();
    await gate.reached;
    await second.logout({ global: true });
    await second.login(username, password);
    gate.open();
    expect(expiryOf(await token)).toBeGreaterThan(time);
    expect(second.getCurrentUser()).not.toBeNull();
    await expect(second.getUserToken()).resolves.toBe(await token);
  });
});

test('the refusal of a refresh token does not log out an account that was made anew under the same name', async () => {
  const gate = createGate();
  const config = await behind(async (input, ask) => {
    if (!isRenewal(input)) return ask(input);
    await gate.pass();
    return Response.json(
      { __type: 'NotAuthorizedException', message: 'Refresh Token has been revoked' },
      { status: 400 },
    );
  });
  const [storage, elsewhere] = [mapStorage(), mapStorage()];
  const apig = await loggedIn({ storage }, config);
  const name = apig.getCurrentUser()!.getUsername();
  const stranger = await createApig(aws.config, { storage: elsewhere }).login(other, password);
  pass(60);
  const token = rejection(apig.getUserToken());
  await gate.reached;
  // What the login of that account leaves in the storage, in another tab: the same name, and another `sub`.
  for (const [key, value] of elsewhere.items) storage.setItem(key.replace(stranger.getUsername(), name), value);
  storage.setItem(
    [...storage.items.keys()].find((key) => key.endsWith('LastAuthUser'))!,
    name,
  );
  const stored = [...storage.items];
  gate.open();
  expect(await token).toMatchObject({ code: 'SessionChanged' });
  expect([...storage.items]).toEqual(stored);
});

describe('the clock of the device', () => {
  test('is behind: global signs out everywhere, although the access token looks good', async () => {
    ahead = -120;
    pass(0);
    const [there, here] = [await loggedIn(), await loggedIn()];
    pass(65);
    await here.logout({ global: true });
    pass(60);
    await expect(there.getUserToken()).rejects.toMatchObject({ code: 'SessionExpired' });
  });

  test('was ahead at the login, and has been corrected: tokens that have expired are renewed', async () => {
    ahead = 120;
    pass(0);
    const apig = await loggedIn();
    ahead = 0;
    pass(65);
    expect(expiryOf(await apig.getUserToken())).toBeGreaterThan(time);
  });

  test('is the app’s own: it is taken as it is', async () => {
    const asked: unknown[] = [];
    const config = await behind((input, ask) => {
      asked.push(input.operation);
      return ask(input);
    });
    const apig = await loggedIn({ now: () => new Date(time - 3_600_000) }, config);
    asked.length = 0;
    await apig.getUserToken();
    await apig.getUserToken();
    expect(asked).toEqual([]);
  });

  test('is set back for as long as it runs: a password is changed even so', async () => {
    const started = new Date(time);
    const apig = await loggedIn({ now: () => started });
    pass(65);
    await apig.changePassword(password, 'Another-1-pass');
    await apig.changePassword('Another-1-pass', password);
  });
});

describe('after a logout', () => {
  test('a token of a new login elsewhere, such as the hosted login page, is the user’s own', async () => {
    const apig = await loggedIn();
    const token = await apig.getUserToken();
    pass(1);
    await apig.logout();
    await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({ code: 'SessionChanged' });
    pass(1);
    const elsewhere = await (await loggedIn()).getUserToken();
    await expect(apig.getAwsCredentials(elsewhere)).resolves.toHaveProperty('accessKeyId');
  });

  test('no token of any login of the session is good, also where another tab had logged the user in anew', async () => {
    const storage = mapStorage();
    const apig = await loggedIn({ storage });
    const token = await apig.getUserToken();
    pass(1);
    await loggedIn({ storage });
    expect(await apig.getUserToken()).not.toBe(token);
    await apig.logout();
    await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({ code: 'SessionChanged' });
  });

  test('during a challenge, no new password is set', async () => {
    const apig = createApig(aws.config);
    const login = apig.login('temporary', password, {
      async newPassword() {
        await apig.logout();
        return 'Br4nd-new!';
      },
    });
    await expect(login).rejects.toMatchObject({ code: 'SessionChanged' });
    await apig.login('temporary', password, { newPassword: () => 'An0ther-new!' });
  });
});

describe('a full storage', () => {
  test('does not stand in the way of a login, nor of the logout after it', async () => {
    const storage = mapStorage();
    storage.setItem('the app’s own', 'kept');
    const apig = await loggedIn({ storage });
    storage.room = [...storage.items].flat().join('').length - 1000;
    const user = await apig.login(other, password);
    expect(apig.getCurrentUser()).toBe(user);
    await expect(apig.getAwsCredentials()).resolves.toHaveProperty('accessKeyId');
    await apig.logout();
    expect(apig.getCurrentUser()).toBeNull();
    expect([...storage.items.keys()]).toEqual(['the app’s own']);
  });

  test('of one tab does not end what another tab has stored since', async () => {
    const storage = mapStorage();
    const [first, second] = [createApig(aws.config, { storage }), createApig(aws.config, { storage })];
    storage.room = 0;
    await first.login(username, password);
    storage.room = Infinity;
    await second.login(other, password);
    expect(first.getCurrentUser()?.getUsername()).toBe(second.getCurrentUser()!.getUsername());
    await expect(first.getUserToken()).resolves.toBe(await second.getUserToken());
  });

  test('keeps no renewed tokens: they are good for as long as the page is there', async () => {
    const storage = mapStorage();
    const apig = await loggedIn({ storage });
    storage.room = 0;
    pass(60);
    const token = await apig.getUserToken();
    expect(expiryOf(token)).toBeGreaterThan(time);
    await expect(apig.getUserToken()).resolves.toBe(token);
    expect([...storage.items.values()]).not.toContain(token);
  });
});

describe('an answer to a renewal', () => {
  test.each<[string, object]>([
    ['without an ID token', { AccessToken: 'a.b.c' }],
    ['without an access token', { IdToken: 'a.b.c' }],
    ['with an access token that is none', { IdToken: 'a.b.c', AccessToken: null }],
    ['with a refresh token that is none', { IdToken: 'a.b.c', AccessToken: 'a.b.c', RefreshToken: 5 }],
    ['without anything', {}],
  ])('%s is refused, and nothing of it is stored', async (_, AuthenticationResult) => {
    const storage = mapStorage();
    const config = await behind((input, ask) =>
      isRenewal(input) ? Promise.resolve(Response.json({ AuthenticationResult })) : ask(input),
    );
    const apig = await loggedIn({ storage }, config);
    const before = new Map(storage.items);
    pass(61);
    expect(await rejection(apig.getUserToken())).toMatchObject({ code: 'UnexpectedResponse' });
    expect(new Map(storage.items)).toEqual(before);
    expect(apig.getCurrentUser()).not.toBeNull();
  });

  test('is asked for with no device key where there is none', async () => {
    let asked: Exchange | undefined;
    const config = await behind((input, ask) => {
      if (isRenewal(input)) asked = input;
      return ask(input);
    });
    const apig = await loggedIn({}, config);
    pass(61);
    await apig.getUserToken();
    expect(Object.keys(asked!).sort()).toEqual(['ClientId', 'RefreshToken', 'operation']);
  });
});
