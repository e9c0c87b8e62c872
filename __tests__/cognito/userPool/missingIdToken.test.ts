/** An ID token that disappears from the storage while its user is still named there: the session goes on by its refresh token. */
import { mapStorage } from '../../support/mapStorage';
import { createApig } from '../../../src/apig/index';
import { alice, aws, bob, session } from '../../support/storedSession';
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
