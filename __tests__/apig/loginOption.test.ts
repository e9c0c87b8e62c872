/** The login that a call brings along: whose it is, and when it is used. */
import { createApig } from '../../src/apig/index';
import type { Apig } from '../../src/apig/index';
import type { LocalAws } from '../../src/local';
import { mapStorage } from '../support/mapStorage';
import { startEcho } from '../support/echoApi';
import { password, username } from '../support/localAwsHarness';

const tokenClaims = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;

let echo: LocalAws;
beforeAll(async () => {
  echo = await startEcho();
});
afterAll(() => echo.stop());

describe('login: { username, password }', () => {
  const sub = async (apig: Apig) => tokenClaims(await apig.getUserToken()).sub;

  test('an address that someone else claims, unverified, is not theirs', async () => {
    const apig = createApig(echo.config);
    await apig.login(username, password);
    const owner = await sub(apig);
    await apig.login('claimant', password);
    expect(tokenClaims(await apig.getUserToken())).toMatchObject({ email: username, email_verified: false });
    await apig.invokeApig({ path: '/', login: { username, password } });
    expect(await sub(apig)).toBe(owner);
  });

  test('a display name that someone else has chosen is not theirs', async () => {
    const apig = createApig(echo.config);
    await apig.login('claimant', password);
    const claimant = await sub(apig);
    expect(tokenClaims(await apig.getUserToken())).toMatchObject({ preferred_username: 'plain' });
    await apig.invokeApig({ path: '/', login: { username: 'plain', password } });
    expect(await sub(apig)).not.toBe(claimant);
  });

  test('whoever logged in by this name is not logged in again', async () => {
    const apig = createApig(echo.config);
    const login = { username: 'new@example.com', password };
    await apig.invokeApig({ path: '/', login });
    const user = apig.getCurrentUser();
    await apig.invokeApig({ path: '/', login });
    expect(apig.getCurrentUser()).toBe(user);
  });

  test.each([
    ['the pool’s own name: not again', 'plain', true],
    ['an address, which may be another user’s by now: anew', username, false],
  ])('after a restart, by %s', async (_, name, isKept) => {
    const storage = mapStorage();
    await createApig(echo.config, { storage }).login(name, password);
    const stored = [...storage.items];
    const apig = createApig(echo.config, { storage });
    await apig.invokeApig({ path: '/', login: { username: name, password } });
    const now = [...storage.items];
    expect(JSON.stringify(now) === JSON.stringify(stored)).toBe(isKept);
    await apig.invokeApig({ path: '/', login: { username: name, password } });
    expect([...storage.items]).toEqual(now); // once for all calls that follow
  });

  test('logs in first, once for all who come together, and not again', async () => {
    const apig = createApig(echo.config);
    const login = { username, password };
    const before = echo.apiGateway.requests.length;
    await Promise.all(Array.from({ length: 5 }, () => apig.invokeApig({ path: '/', login })));
    const user = apig.getCurrentUser();
    await apig.invokeApig({ path: '/', login });
    expect(apig.getCurrentUser()).toBe(user);
    expect(echo.apiGateway.requests).toHaveLength(before + 6);
  });

  test('a wrong password', async () => {
    const call = createApig(echo.config).invokeApig({ path: '/', login: { username, password: 'Wrong-pass-7' } });
    await expect(call).rejects.toMatchObject({ code: 'WrongPassword' });
  });
});
