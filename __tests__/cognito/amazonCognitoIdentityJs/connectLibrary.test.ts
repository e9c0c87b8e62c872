/** Apps with amazon-cognito-identity-js: they call its users themselves, change over from it, and back. */
import { CognitoUserPool } from 'amazon-cognito-identity-js';
import type { CognitoUser, CognitoUserSession } from 'amazon-cognito-identity-js';
import { createApig as createApigAlone } from '../../../src/apig/index';
import { createApig } from '../../../src/apig/invokeApig';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { mapStorage } from '../../support/mapStorage';
import type { MapStorage } from '../../support/mapStorage';
import { rejection } from '../../support/signedFetchHarness';

const [username, password] = ['user', 'Passw0rd!'];
let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({
    userPool: { users: [{ username, password }] },
    apiGateway: { handler: (_request, caller) => Response.json(caller.username) },
  });
});
afterAll(() => aws.stop());

const whoami = (apig: Pick<ReturnType<typeof createApigAlone>, 'invokeApig'>) => apig.invokeApig({ path: '/' });

/** The library's own user for what a storage holds, as an app asks for it. */
function libraryUser({ items, setItem, removeItem }: MapStorage): CognitoUser | null {
  const { userPoolId: UserPoolId, clientId: ClientId, url: endpoint } = aws.userPool;
  const getItem = (key: string) => items.get(key) ?? null;
  const clear = () => {
    items.clear();
  };
  const Storage = { getItem, setItem, removeItem, clear };
  return new CognitoUserPool({ UserPoolId, ClientId, endpoint, Storage }).getCurrentUser();
}

const sessionOf = (user: CognitoUser): Promise<CognitoUserSession> =>
  new Promise((resolve, reject) => {
    user.getSession((error: Error | null, session: CognitoUserSession | null) => {
      if (session) resolve(session);
      else reject(error!);
    });
  });

describe('user.signOut(), as tutorial apps call it, ends the session', () => {
  test('here as well', async () => {
    const apig = createApig(aws.config, { storage: mapStorage() });
    await apig.login(username, password);
    expect(await whoami(apig)).toBe(username);
    apig.getCurrentUser()!.signOut();
    expect(await rejection(whoami(apig))).toMatchObject({ code: 'NotLoggedIn' });
  });

  test('also where the storage does not forget', async () => {
    const storage = mapStorage();
    const failing = {
      ...storage,
      removeItem() {
        throw new Error('The operation is insecure');
      },
    };
    const apig = createApig(aws.config, { storage: failing });
    await apig.login(username, password);
    apig.getCurrentUser()!.signOut();
    expect(await rejection(whoami(apig))).toMatchObject({ code: 'NotLoggedIn' });
    expect(createApig(aws.config, { storage: failing }).getCurrentUser()).toBeNull();
  });
});

describe('an app changes over', () => {
  test('from the library: whoever it has logged in stays so', async () => {
    const storage = mapStorage();
    await createApig(aws.config, { storage }).login(username, password);
    const apig = createApigAlone(aws.config, { storage });
    expect(apig.getSession()).toMatchObject({ username, claims: { token_use: 'id' } });
    expect(await whoami(apig)).toBe(username);
    await apig.getUserToken({ forceRefresh: true });
    expect(await whoami(apig)).toBe(username);
  });

  test('and back: the library finds the session, its tokens and the clock’s drift', async () => {
    const storage = mapStorage();
    const apig = createApigAlone(aws.config, { storage });
    await apig.login(username, password);
    const kept = [...storage.items];
    for (const renew of [false, true]) {
      if (renew) await apig.getUserToken({ forceRefresh: true });
      const session = await sessionOf(libraryUser(storage)!);
      expect(session.isValid()).toBe(true);
      const drift = Reflect.get(session, 'clockDrift') as number; // which the library's types leave out
      expect(Math.abs(drift)).toBeLessThan(60);
      expect(session.getIdToken().getJwtToken()).toBe(await apig.getUserToken());
    }
    await apig.logout();
    expect(libraryUser(storage)).toBeNull();
    expect(storage.items.size).toBe(0);

    // The same keys as the library writes, no more and no less.
    await createApig(aws.config, { storage }).login(username, password);
    expect([...storage.items.keys()].sort()).toEqual(kept.map(([key]) => key).sort());
  });
});

test('a user that the app has kept holds the tokens of after a renewal', async () => {
  const apig = createApig(aws.config, { storage: mapStorage() });
  const user = await apig.login(username, password);
  const token = await apig.getUserToken({ forceRefresh: true });
  expect((await sessionOf(user)).getIdToken().getJwtToken()).toBe(token);
});
