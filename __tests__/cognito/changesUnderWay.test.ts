/** The user changes while a call, a renewal or an answer is under way: it is for the one who began it, or for no one. */
import type { Apig, TokenStorage } from '../../src/apig/index';
import { mapStorage } from '../support/mapStorage';
import { alice, aws, bob, caller, create, holdBack, loggedIn, minutes, password, taken } from '../support/watchedAws';

describe('one user’s credentials are never another’s', () => {
  test.each<[string, (apig: Apig) => Promise<unknown>]>([
    ['logout', (apig) => apig.logout()],
    ['another login', (apig) => apig.login(bob, password)],
  ])('a call that waits for credentials during a %s is not sent', async (_name, change) => {
    const apig = await loggedIn(alice);
    const sent = aws.apiGateway.requests.length;
    const held = holdBack('GetCredentialsForIdentity');
    const call = expect(caller(apig)).rejects.toMatchObject({ code: 'SessionChanged' });
    await held.reached;
    await change(apig);
    held.open();
    await call;
    expect(aws.apiGateway.requests).toHaveLength(sent);
  });

  test('a call that waits during a logout in another tab is not sent', async () => {
    const storage = mapStorage();
    const apig = await loggedIn(alice, { storage });
    const sent = aws.apiGateway.requests.length;
    const held = holdBack('GetCredentialsForIdentity');
    const call = expect(caller(apig)).rejects.toMatchObject({ code: 'SessionChanged' });
    await held.reached;
    await create({ storage }).logout();
    held.open();
    await call;
    expect(aws.apiGateway.requests).toHaveLength(sent);
  });

  test('a call whose request is about to leave when the user logs out is not sent', async () => {
    const apig: Apig = create();
    await apig.login(alice, password);
    await caller(apig);
    const call = caller(apig);
    const ended = apig.logout(); // before the signature is computed
    await expect(call).rejects.toMatchObject({ code: 'SessionChanged' });
    await ended;
    expect(taken().filter((name) => name === 'api')).toHaveLength(1);
  });

  test.each<[string, (apig: Apig, storage: TokenStorage) => Promise<void>]>([
    ['the logout', (apig) => apig.logout()],
    ['a logout in another tab', (_apig, storage) => create({ storage }).logout()],
  ])('a refresh that ends after %s does not bring the user back', async (_name, logout) => {
    const storage = mapStorage();
    const apig = await loggedIn(alice, { storage });
    minutes(60);
    const held = holdBack('GetTokensFromRefreshToken');
    const token = expect(apig.getUserToken()).rejects.toMatchObject({ code: 'SessionChanged' });
    await held.reached;
    await logout(apig, storage);
    held.open();
    await token;
    expect([...storage.items]).toEqual([]);
    expect(apig.getCurrentUser()).toBeNull();
  });

  test.each<[string, (apig: Apig) => Promise<unknown>]>([
    ['a token', (apig) => apig.getUserToken()],
    ['credentials', (apig) => apig.getAwsCredentials()],
  ])('%s that came during a login in another tab are not given out', async (_name, get) => {
    const storage = mapStorage();
    const apig = await loggedIn(alice, { storage });
    minutes(60);
    const held = holdBack('GetTokensFromRefreshToken');
    const answer = expect(get(apig)).rejects.toMatchObject({ code: 'SessionChanged' });
    await held.reached;
    await create({ storage }).login(bob, password);
    const stored = [...storage.items];
    held.open();
    await answer;
    expect([...storage.items]).toEqual(stored);
  });

  test('the refusal of a refresh token from before a logout leaves the new session of the same user alone', async () => {
    const storage = mapStorage();
    const apig = await loggedIn(alice, { storage });
    const told: unknown[] = [];
    minutes(60);
    const held = holdBack('GetTokensFromRefreshToken');
    const answer = expect(apig.getUserToken()).rejects.toMatchObject({ code: 'SessionChanged' });
    await held.reached;
    await apig.logout({ global: true }); // from now on the pool refuses that token
    await apig.login(alice, password);
    const stored = [...storage.items];
    apig.onSessionChange((change) => told.push(change));
    held.open();
    await answer;
    expect(taken().filter((name) => name === 'GetTokensFromRefreshToken')).toHaveLength(2); // the other one signs out
    expect([...storage.items]).toEqual(stored);
    expect(told).toEqual([]);
    await expect(caller(apig)).resolves.toMatch(/^us-east-1:/);
  });
});
