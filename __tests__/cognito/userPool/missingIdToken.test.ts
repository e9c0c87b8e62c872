/** An ID token that is missing or damaged while the storage still names its user: the session goes on by its refresh token. */
import { mapStorage } from '../../support/mapStorage';
import { createApig } from '../../../src/apig/index';
import { alice, aws, bob, password, session } from '../../support/storedSession';
import { rejection } from '../../support/waiting';

const subjectIn = (token: string): unknown =>
  (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sub: unknown }).sub;

test('the session of a user whose ID token is gone is still that user’s', async () => {
  const storage = mapStorage();
  for (const [key, value] of session) storage.setItem(key, value);
  const apig = createApig(aws.config, { storage });
  const user = apig.getCurrentUser();
  const before = await apig.getUserToken();
  const idToken = [...storage.items.keys()].find((key) => key.endsWith('.idToken'))!;
  storage.removeItem(idToken);
  expect(apig.getCurrentUser()).toBe(user);
  const renewed = await apig.getUserToken(user);
  expect(renewed).not.toBe(before);
  expect(subjectIn(renewed)).toBe(subjectIn(before));
  expect(storage.getItem(idToken)).toBe(renewed);
});

/** A storage with Alice's session, and what spoils tokens in it. */
function sessionOfAlice() {
  const storage = mapStorage();
  for (const [key, value] of session) storage.setItem(key, value);
  const spoil = (left: string | null, tokens = /\.idToken$/) => {
    for (const [key] of session.filter(([name]) => tokens.test(name))) {
      if (left === null) storage.removeItem(key);
      else storage.setItem(key, left);
    }
  };
  return { storage, spoil };
}

describe.each([
  ['missing', null],
  ['damaged', 'a.b'],
])('an ID token that is %s', (_, left) => {
  test.each([
    ['', /\.idToken$/],
    [', and the access token with it,', /\.(idToken|accessToken)$/],
  ])('%s is renewed, and the user object stays what it was: that of this user', async (__, tokens) => {
    const { storage, spoil } = sessionOfAlice();
    spoil(left, tokens);
    const apig = createApig(aws.config, { storage });
    const user = apig.getCurrentUser();
    const renewed = await apig.getUserToken(user);
    expect(await apig.getUserToken(user)).toBe(renewed);
    expect(apig.getCurrentUser()).toBe(user);
  });

  test.each([
    ['', /\.idToken$/],
    [', or an access token that is,', /\.accessToken$/],
  ])('%s is renewed once for two tabs, and neither refuses the call under way', async (__, tokens) => {
    const { storage, spoil } = sessionOfAlice();
    spoil(left, tokens);
    const tabs = [createApig(aws.config, { storage }), createApig(aws.config, { storage })];
    const users = tabs.map((apig) => apig.getCurrentUser());
    const renewed = await Promise.all(tabs.map((apig, tab) => apig.getUserToken(users[tab])));
    expect(new Set(renewed).size).toBe(1);
    expect(tabs.map((apig) => apig.getCurrentUser())).toEqual(users);
  });

  test('ends no session that knows whose it is, neither before a call nor during it', async () => {
    const { storage, spoil } = sessionOfAlice();
    const apig = createApig(aws.config, { storage });
    const [user, token] = [apig.getCurrentUser(), await apig.getUserToken()];
    spoil(left);
    await expect(apig.getAwsCredentials(token)).resolves.toHaveProperty('accessKeyId');
    const renewal = apig.getUserToken({ forceRefresh: true });
    spoil(left);
    expect(subjectIn(await renewal)).toBe(subjectIn(token));
    expect(apig.getCurrentUser()).toBe(user);
  });

  test('is, after a logout before any renewal, of a session that has ended', async () => {
    const { storage, spoil } = sessionOfAlice();
    const [, token] = session.find(([key]) => key.endsWith('.idToken'))!;
    spoil(left);
    const apig = createApig(aws.config, { storage });
    await apig.logout();
    await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({ code: 'SessionChanged' });
  });

  test('keeps no session from being ended by the login of another user', async () => {
    const { storage, spoil } = sessionOfAlice();
    spoil(left);
    const apig = createApig(aws.config, { storage });
    const [user, token] = [apig.getCurrentUser(), await apig.getUserToken()];
    spoil(left);
    await createApig(aws.config, { storage }).login(bob, password);
    await expect(apig.getUserToken(user)).rejects.toMatchObject({ code: 'NotLoggedIn' });
    await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({ code: 'SessionChanged' });
  });
});

test('without its refresh token too, a session that has to be renewed is over', async () => {
  const storage = mapStorage();
  for (const [key, value] of session) if (!/\.(idToken|refreshToken)$/.test(key)) storage.setItem(key, value);
  const asked = jest.fn(fetch);
  const apig = createApig(aws.config, { storage, fetch: asked });
  expect(await rejection(apig.getUserToken())).toMatchObject({
    code: 'SessionExpired',
    message: 'The session of the user has ended. Log in again.',
  });
  expect(asked).not.toHaveBeenCalled();
});

test('where the storage names another user, it is over', () => {
  const storage = mapStorage();
  for (const [key, value] of session) storage.setItem(key, value);
  const apig = createApig(aws.config, { storage });
  expect(apig.getCurrentUser()!.getUsername()).toBe(alice);
  for (const key of [...storage.items.keys()]) {
    if (key.endsWith('.LastAuthUser')) storage.setItem(key, bob);
    if (key.endsWith('.idToken')) storage.removeItem(key);
  }
  expect(apig.getCurrentUser()?.getUsername()).not.toBe(alice);
});
