/** A storage that cannot be read: whoever called is told, by an error of ours, and nothing has changed. */
import { createAccount } from '../../../src/cognito/index.js';
import type { Apig } from '../../../src/apig/index';
import { AuthError } from '../../../src/errors';
import { storageFailed } from '../../support/failingStorage';
import { rejection } from '../../support/signedFetchHarness';
import { alice, aws, bob, failureOf, loggedIn, password, whoami } from '../../support/storedSession';

describe('a storage that cannot be read', () => {
  const uses: [name: string, use: (apig: Apig) => unknown][] = [
    ['getCurrentUser', (apig) => apig.getCurrentUser()],
    ['getUserToken', (apig) => apig.getUserToken()],
    ['getAwsCredentials', (apig) => apig.getAwsCredentials()],
    ['changePassword', (apig) => createAccount(apig).changePassword(password, 'Another-1-pass')],
    ['invokeApig', (apig) => whoami(apig)],
    ['invokeApig with a login', (apig) => apig.invokeApig({ path: '/', login: { username: alice, password } })],
    ['login', (apig) => apig.login(bob, password)],
  ];

  test.each(uses)('%s says so, and nothing has changed once it can be read again', async (_, use) => {
    const { apig, items, fail } = loggedIn();
    const [user, stored, sent] = [apig.getCurrentUser(), [...items], aws.apiGateway.requests.length];
    fail('getItem');
    const error = await failureOf(() => use(apig));
    expect(error).toBeInstanceOf(AuthError);
    expect(error).toMatchObject({
      ...storageFailed,
      message: expect.stringMatching(
        /^The storage that keeps the session failed: The operation is insecure: getItem\. /,
      ) as string,
      cause: { message: 'The operation is insecure: getItem' },
    });
    fail();
    expect(apig.getCurrentUser()).toBe(user);
    expect([...items]).toEqual(stored);
    expect(aws.apiGateway.requests).toHaveLength(sent);
    expect(await whoami(apig)).toBe(alice);
  });

  test('a login that reads nothing once it is under way has no effect', async () => {
    const { apig, items, fail } = loggedIn();
    const stored = [...items];
    const login = rejection(apig.login(bob, password));
    fail('getItem');
    expect(await login).toMatchObject(storageFailed);
    fail();
    expect([...items]).toEqual(stored);
    expect(await whoami(apig)).toBe(alice);
  });

  test('a call that is under way is not sent', async () => {
    const { apig, fail } = loggedIn();
    const sent = aws.apiGateway.requests.length;
    const call = rejection(whoami(apig));
    fail('getItem');
    expect(await call).toMatchObject(storageFailed);
    expect(aws.apiGateway.requests).toHaveLength(sent);
  });
});
