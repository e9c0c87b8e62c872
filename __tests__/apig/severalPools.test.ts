/** Several pools and users in one page, all on its one storage: none takes another's session. */
import { createApig } from '../../src/apig/index';
import { createApig as createApigWithLibrary } from '../../src/apig/invokeApig';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { mapStorage } from '../support/mapStorage';
import { rejection } from '../support/signedFetchHarness';

const password = 'Passw0rd!';
let pools: LocalAws[];
beforeAll(async () => {
  pools = await Promise.all(
    ['first', 'second'].map((name) =>
      startLocalAws({
        userPool: {
          users: [
            { username: 'alice', password },
            { username: `bob-${name}`, password },
          ],
        }, // alice is in both
        apiGateway: { handler: (_request, { username }) => Response.json(`${username} of ${name}`) },
      }),
    ),
  );
});
afterAll(() => Promise.all(pools.map((pool) => pool.stop())));

test.each([
  ['sigv4-client/apig', createApig],
  ['sigv4-client/invoke-apig', createApigWithLibrary],
])('%s: each pool has its own user, also of the same name', async (_entry, create) => {
  const storage = mapStorage();
  const [first, second] = pools.map(({ config }) => create(config, { storage }));
  const who = () => Promise.all([first!, second!].map((apig) => apig.invokeApig({ path: '/' })));
  await first!.login('alice', password);
  expect(second!.getCurrentUser()).toBeNull();
  await second!.login('alice', password);
  expect(await who()).toEqual(['alice of first', 'alice of second']);
  await second!.login('bob-second', password);
  expect(await who()).toEqual(['alice of first', 'bob-second of second']);

  // A reload: both are found again.
  const reloaded = pools.map(({ config }) => create(config, { storage }));
  expect(reloaded.map((apig) => apig.getSession()!.username)).toEqual(['alice', 'bob-second']);

  await first!.logout();
  expect(await rejection(first!.invokeApig({ path: '/' }))).toMatchObject({ code: 'NotLoggedIn' });
  expect(await second!.invokeApig({ path: '/' })).toBe('bob-second of second');
});
