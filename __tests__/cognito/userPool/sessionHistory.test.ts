/** Whose the session is that a call with a login may use: without a second login where it is the same user's. */
import { createApig } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import { mapStorage } from '../../support/mapStorage';
import { alice, aws, bob, password, session } from '../../support/storedSession';

/** An instance that finds Alice's session in its storage, and what it asks of the user pool. */
function restarted() {
  const storage = mapStorage();
  for (const [key, value] of session) storage.setItem(key, value);
  const asked: string[] = [];
  const apig = createApig(aws.config, {
    storage,
    fetch: (input, init) => {
      const target = new Headers(init?.headers).get('x-amz-target') ?? '';
      if (target.startsWith('AWSCognitoIdentityProviderService.')) asked.push(target.replace(/^.*\./, ''));
      return fetch(input, init);
    },
  });
  const callAs = (username: string) => apig.invokeApig<string>({ path: '/', login: { username, password } });
  return { apig, asked, callAs };
}

test('a call with the login of the user whose session was stored uses that session', async () => {
  const { asked, callAs } = restarted();
  expect(await callAs(alice)).toBe(alice);
  expect(asked).toEqual([]);
});

test('a call with the login of another user logs that one in, once for all calls', async () => {
  const { asked, callAs } = restarted();
  expect(await callAs(bob)).toBe(bob);
  expect(await callAs(bob)).toBe(bob);
  expect(asked).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
});

test('the user object of a session that has ended is still that user’s, and no one else’s', async () => {
  const { apig } = restarted();
  const former = apig.getCurrentUser();
  await apig.login(bob, password);
  await expect(apig.getUserToken(former)).rejects.toMatchObject({ code: 'NotLoggedIn' });
  await apig.login(alice, password);
  await expect(apig.getUserToken(former)).resolves.toMatch(/^eyJ/);
});

test('a user object of another instance is that of the user whom it names', async () => {
  const elsewhere = createApig(aws.config);
  const [theirs, same] = [await elsewhere.login(bob, password), await createApig(aws.config).login(alice, password)];
  const { apig } = restarted();
  await expect(apig.getUserToken(theirs)).rejects.toMatchObject({ code: 'NotLoggedIn' });
  await expect(apig.getUserToken(same)).resolves.toMatch(/^eyJ/);
});

test('a call with an alias uses the session that a login with this alias and password has opened, and no other', async () => {
  const [first, second] = ['first@example.com', 'second@example.com'];
  const users = [first, second].map((username) => ({ username, password }));
  const handler = (_: Request, { username }: { username?: string }) => Response.json(username);
  const own = await startLocalAws({ userPool: { users }, apiGateway: { handler } });
  try {
    const begun = jest.fn();
    const apig = createApig(own.config, {
      fetch(input, init) {
        if (new Headers(init?.headers).get('x-amz-target')?.endsWith('.InitiateAuth')) begun();
        return fetch(input, init);
      },
    });
    const callAs = (username: string, secret = password) =>
      apig.invokeApig<string>({ path: '/', login: { username, password: secret } });
    const name = await callAs(first);
    expect(name).not.toBe(first); // the pool's own name of the user is another
    expect(await callAs(first)).toBe(name);
    expect(begun).toHaveBeenCalledTimes(1);
    await expect(callAs(first, 'Wrong-pass-7')).rejects.toMatchObject({ code: 'WrongPassword' });
    expect(await callAs(second)).not.toBe(name);
    expect(await callAs(first)).toBe(name);
    expect(begun).toHaveBeenCalledTimes(4);
  } finally {
    await own.stop();
  }
});
