import * as withAwsSdk from '../../src/apig/invokeApig';
import * as withoutSdk from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

const username = 'user@example.com';
const password = 'Passw0rd!';
interface Note {
  id: string;
  content: string;
}

let notes: LocalAws;
beforeAll(async () => {
  notes = await startLocalAws({ userPool: { users: [{ username, password }] } });
});
afterAll(() => notes.stop());

describe.each([
  ['sigv4-client/invoke-apig', withAwsSdk],
  ['sigv4-client/apig', withoutSdk],
])('%s, as tutorial code calls it', (_name, entry) => {
  test('log in, create, list, update and delete a note, log out', async () => {
    const { configure, login, getCurrentUser, getUserToken, getAwsCredentials, invokeApig, signOutUser } = entry;
    configure(notes.config);
    await expect(invokeApig({ path: '/notes' })).rejects.toMatchObject({
      code: 'NotLoggedIn',
      message: expect.stringContaining('login(username, password)') as string,
    });
    await login(username, password);
    const currentUser = getCurrentUser();
    const userToken = await getUserToken(currentUser);
    await getAwsCredentials(userToken);

    const created = await invokeApig<Note>({ path: '/notes', method: 'POST', body: { content: 'Hello, wörld' } });
    expect(created.content).toBe('Hello, wörld');
    expect(await invokeApig<Note[]>({ path: '/notes' })).toEqual([created]);
    const changed = await invokeApig<Note>({ path: `/notes/${created.id}`, method: 'PUT', body: { content: 'Bye' } });
    expect(changed.content).toBe('Bye');
    expect(await invokeApig({ path: `/notes/${created.id}`, method: 'DELETE' })).toEqual({ status: true });
    const gone: unknown = await invokeApig({ path: `/notes/${created.id}` }).catch((error: unknown) => error);
    expect(gone).toBeInstanceOf(entry.ApigError);
    expect(gone).toMatchObject({ status: 404, body: { message: expect.any(String) as string } });
    await signOutUser();
    expect(getCurrentUser()).toBeNull();
  });
});
