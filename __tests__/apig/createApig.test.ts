/** `invokeApig({ login })`: the login is a part of the call, and one whose session has ended is logged in again. */
import { getEventListeners } from 'node:events';
import { createApig } from '../../src/apig/index';
import type { ApigRequest } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { answer, closeAll, rejection, startServer } from '../support/signedFetchHarness';
import { createGate } from '../support/gate';
import { holdTimers } from '../support/heldTimers';
import { mapStorage } from '../support/mapStorage';
import { never } from '../support/waiting';

const login = { username: 'user@example.com', password: 'Passw0rd!' };
const LONG = 600_321;
const reason = new Error('left the page');

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ userPool: { users: [login] } });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));

/** An instance with a user pool elsewhere, and perhaps the API. */
const withPoolAt = (url: string, apiGateway = aws.config.apiGateway) =>
  createApig({ apiGateway, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: `${url}/` } });

describe('the login is a part of the call', () => {
  test('a timeout ends it', async () => {
    const mute = await startServer(never);
    const error = await rejection(withPoolAt(mute.url).invokeApig({ path: '/notes', login, timeout: 300 }));
    expect(error).toMatchObject({ name: 'RequestError', code: 'Timeout', method: 'GET', attempts: 0 });
    expect((error as Error).message).toMatch(/^GET \S+\/notes: no answer within 300 ms\.$/);
  });

  test('its time counts: the timer that is started before it ends the call after it', async () => {
    const timers = holdTimers(LONG);
    const gate = createGate();
    const mute = await startServer(async () => {
      await gate.pass();
      return new Response('{}');
    });
    const pool = await startServer(async (request) => {
      expect(timers.count()).toBe(1);
      const target = request.headers.get('x-amz-target') ?? '';
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
      return fetch(aws.config.cognito.USER_POOL_ENDPOINT, { method: 'POST', headers, body: await request.text() });
    });
    const apig = withPoolAt(pool.url, { ...aws.config.apiGateway, URL: mute.url });
    const call = rejection(apig.invokeApig({ path: '/x', login, timeout: LONG }));
    await gate.reached;
    timers.fire();
    expect(await call).toMatchObject({ code: 'Timeout', attempts: 1 });
    expect(timers.count()).toBe(1);
    timers.release();
    gate.open();
  });

  test.each([undefined, LONG])(
    'with a timeout of %p, the signal ends it, and no other that shares it',
    async (timeout) => {
      const apig = createApig(aws.config);
      const controller = new AbortController();
      const { signal } = controller;
      const before = aws.apiGateway.requests.length;
      const aborted = rejection(apig.invokeApig({ path: '/notes', login, signal, timeout }));
      const other = apig.invokeApig({ path: '/notes', login });
      controller.abort(reason);
      expect(await aborted).toBe(reason);
      expect(apig.getCurrentUser()).toBeNull(); // not waited for
      expect(await other).toEqual(expect.arrayContaining([])); // the notes of other tests, in whatever order they run
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
      expect(aws.apiGateway.requests).toHaveLength(before + 1);
    },
  );

  test.each<[string, Partial<ApigRequest>, string]>([
    ['fails', { login: { ...login, password: 'Wrong-pass-7' } }, 'WrongPassword'],
    ['is missing', {}, 'NotLoggedIn'],
  ])('where it %s, nothing is left behind', async (_, request, code) => {
    const { signal } = new AbortController();
    const start = jest.spyOn(globalThis, 'setTimeout');
    const stop = jest.spyOn(globalThis, 'clearTimeout');
    const call = createApig(aws.config).invokeApig({ path: '/notes', signal, timeout: LONG, ...request });
    expect(await rejection(call)).toMatchObject({ name: 'AuthError', code });
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    const timers = start.mock.results
      .filter((_, i) => start.mock.calls[i]![1] === LONG)
      .map(({ value }) => value as unknown);
    expect(timers).not.toEqual([]);
    expect(stop.mock.calls.flat()).toEqual(expect.arrayContaining(timers));
    start.mockRestore();
    stop.mockRestore();
  });

  test('a body is not read for a login that fails, and can be sent with another', async () => {
    const body = new Blob(['{"content":"once"}']).stream();
    const request = { path: '/notes', method: 'POST', body, timeout: LONG };
    const apig = createApig(aws.config);
    const wrong = { ...login, password: 'Wrong-pass-7' };
    expect(await rejection(apig.invokeApig({ ...request, login: wrong }))).toMatchObject({ code: 'WrongPassword' });
    expect(await apig.invokeApig({ ...request, login })).toMatchObject({ content: 'once' });
  });

  test('a stream is cancelled where the call ends before it is read', async () => {
    const mute = await startServer(never);
    let cancelled: ((reason: unknown) => void) | undefined;
    const cancelledWith = new Promise<unknown>((resolve) => (cancelled = resolve));
    const body = new ReadableStream({ pull: never, cancel: (why) => cancelled?.(why) });
    const controller = new AbortController();
    const request = { path: '/notes', method: 'POST', body, login, signal: controller.signal };
    const call = rejection(withPoolAt(mute.url).invokeApig(request));
    controller.abort(reason);
    expect(await call).toBe(reason);
    expect(await cancelledWith).toBe(reason);
  });
});

describe('a session that has ended', () => {
  /** The clock of both sides, which tests move: it stands still by itself. */
  let time = Date.now();
  const now = () => new Date(time);
  const LIFETIME = 900; // in seconds
  let brief: LocalAws;
  beforeAll(async () => {
    const handler = async (request: Request): Promise<Response> => Response.json({ body: await request.text() });
    brief = await startLocalAws({
      now,
      userPool: { users: [login], tokenLifetimeSeconds: LIFETIME, refreshTokenLifetimeSeconds: LIFETIME },
      identityPool: { credentialsLifetimeSeconds: LIFETIME },
      apiGateway: { handler },
    });
  });
  afterAll(() => brief.stop());

  test('is logged in again, once, with the login of the call', async () => {
    const apig = createApig(brief.config, { now });
    await apig.invokeApig({ path: '/', login });
    const first = apig.getCurrentUser();
    time += (LIFETIME + 1) * 1000;
    const call = (i: number): Promise<unknown> =>
      apig.invokeApig({ path: '/', method: 'POST', body: new Blob([`once ${i}`]).stream(), login });
    const before = brief.apiGateway.requests.length;
    expect(await Promise.all([0, 1, 2].map(call))).toEqual([0, 1, 2].map((i) => ({ body: `once ${i}` })));
    expect(brief.apiGateway.requests).toHaveLength(before + 3);
    expect(apig.getCurrentUser()).not.toBe(first);
  });

  test('is what a call without a login is told', async () => {
    const apig = createApig(brief.config, { now });
    await apig.login(login.username, login.password);
    time += (LIFETIME + 1) * 1000;
    expect(await rejection(apig.invokeApig({ path: '/' }))).toMatchObject({ code: 'SessionExpired' });
    const wrong = { ...login, password: 'Wrong-pass-7' };
    expect(await rejection(apig.invokeApig({ path: '/', login: wrong }))).toMatchObject({ code: 'WrongPassword' });
  });

  test('is found by no call that has ended meanwhile: no one is logged in for it', async () => {
    const storage = mapStorage();
    const user = await createApig(aws.config, { storage }).login(login.username, login.password);
    const byName = { ...login, username: user.getUsername() };
    const headers = { 'content-type': 'application/x-amz-json-1.1' };
    const refusal = '{"__type":"NotAuthorizedException","message":"Refresh Token has expired"}';
    const gate = createGate();
    const slow = await startServer(async (...args) => {
      await gate.pass();
      return answer(400, headers, refusal)(...args);
    });
    const config = { ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: `${slow.url}/` } };
    const apig = createApig(config, { storage, now: () => new Date(Date.now() + 7_200_000) });
    expect(apig.getCurrentUser()).not.toBeNull();
    const controller = new AbortController();
    const call = apig.invokeApig({ path: '/notes', login: byName, signal: controller.signal });
    await gate.reached;
    controller.abort(reason);
    expect(await rejection(call)).toBe(reason);
    gate.open();
    while (apig.getCurrentUser()) await new Promise(setImmediate);
    // Had the call gone on, its login would have reached the server before this one.
    expect(await rejection(apig.login('other@example.com', 'Passw0rd!'))).toMatchObject({ code: 'SessionExpired' });
    expect(slow.seen).toHaveLength(2); // the refresh token, and that login
  });

  test('is not asked for credentials more often than without', async () => {
    const server = await startServer(answer(200));
    let asked = 0;
    const credentials = () => {
      asked++;
      return { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x'.repeat(40) };
    };
    const { cognito, apiGateway } = aws.config;
    const apig = createApig({ cognito, apiGateway: { ...apiGateway, URL: server.url } }, { credentials });
    for (let i = 0; i < 3; i++) await apig.invokeApig({ path: '/', login });
    expect(asked).toBe(1);
  });
});
