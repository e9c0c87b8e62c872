/** An account that is deleted and made anew under the same name is another user. */
import { createAccount } from '../../src/cognito/index.js';
import type { Apig, TokenStorage } from '../../src/apig/index';
import { mapStorage } from '../support/mapStorage';
import { adminCall } from '../support/userPoolHarness';
import { aws, caller, create, holdBack, minutes, password } from '../support/watchedAws';

describe('one user’s credentials are never another’s', () => {
  describe('an account made anew under the same name, logged in in another tab', () => {
    /** Deletes the account and makes it anew, with a login on the same storage. */
    async function remake(name: string, storage: TokenStorage): Promise<Apig> {
      const { USER_POOL_ID: UserPoolId } = aws.config.cognito;
      const { userPool } = aws;
      const deleted = await adminCall(userPool, 'AdminDeleteUser', { UserPoolId, Username: name });
      expect(deleted.status).toBe(200);
      const other = create({ storage });
      await signUp(other, name);
      await other.login(name, password);
      return other;
    }

    async function signUp(apig: Apig, name: string): Promise<void> {
      await createAccount(apig).signUp(name, password, { email: `${name}@example.com` });
      await createAccount(apig).confirmSignUp(name, aws.userPool.codes(name).at(-1)!.code);
    }

    test('is another user', async () => {
      const storage = mapStorage();
      const apig = create({ storage });
      await signUp(apig, 'anew');
      await apig.login('anew', password);
      const token = await apig.getUserToken();
      const first = await caller(apig);
      const other = await remake('anew', storage);
      expect(await caller(apig)).not.toBe(first);
      expect(await caller(apig)).toBe(await caller(other));
      await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({ code: 'SessionChanged' });
    });

    test('keeps the tokens, whatever comes late for the former', async () => {
      const storage = mapStorage();
      const apig = create({ storage });
      await signUp(apig, 'late');
      await apig.login('late', password);
      minutes(60);
      const held = holdBack('GetTokensFromRefreshToken', 'answer');
      const token = expect(apig.getUserToken()).rejects.toMatchObject({ code: 'SessionChanged' });
      await held.reached;
      await remake('late', storage);
      const stored = [...storage.items];
      held.open();
      await token;
      expect([...storage.items]).toEqual(stored);
    });

    test('is not the user that getCurrentUser gave before', async () => {
      const storage = mapStorage();
      const apig = create({ storage });
      await signUp(apig, 'former');
      await apig.login('former', password);
      const user = apig.getCurrentUser();
      await remake('former', storage);
      await expect(apig.getUserToken(user)).rejects.toMatchObject({ code: 'NotLoggedIn' });
      await expect(apig.getUserToken(apig.getCurrentUser())).resolves.toMatch(/^eyJ/);
    });
  });
});
