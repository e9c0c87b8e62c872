import { CredentialStore } from '../../../src/local/credentials';
import { startIdentityPool } from '../../../src/local/identityPool';
import { CLIENT_ID, ISSUER, PROVIDER, call, idClaims } from '../../support/identityPoolHarness';
import { NOW, keys, pool, strict } from '../../support/identityRefusals';

// The texts of the refusals are those that Cognito gives, as people quote them in public issue threads.
const DONT_MATCH = "Logins don't match. Please include at least one valid login for this identity or identity pool.";

const good = (sub = 'user-1') => keys.sign(idClaims(NOW, { sub }));

describe('an identity', () => {
  const nowhere = 'us-east-1:00000000-0000-4000-8000-000000000000';

  async function identityOf(sub: string): Promise<string> {
    const Logins = { [PROVIDER]: await good(sub) };
    return (await call(pool.url, 'GetId', { IdentityPoolId: pool.identityPoolId, Logins })).body.IdentityId;
  }

  describe.each(['GetCredentialsForIdentity', 'GetOpenIdToken'])('in %s', (operation) => {
    test("is not opened by another user's token", async () => {
      const IdentityId = await identityOf('user-1');
      const { status, body } = await call(pool.url, operation, {
        IdentityId,
        Logins: { [PROVIDER]: await good('user-2') },
      });
      expect(status).toBe(400);
      expect(body).toEqual({ __type: 'NotAuthorizedException', message: DONT_MATCH });
    });

    test('of a user is not opened without a login, even where guests are allowed', async () => {
      const IdentityId = await identityOf('user-1');
      for (const input of [{ IdentityId }, { IdentityId, Logins: {} }, { IdentityId, Logins: null }]) {
        const { body } = await call(pool.url, operation, input);
        const message = `Access to Identity '${IdentityId}' is forbidden.`;
        expect(body).toEqual({ __type: 'NotAuthorizedException', message });
      }
    });

    test('that does not exist is not found, with and without a login', async () => {
      const expected = { __type: 'ResourceNotFoundException', message: `Identity '${nowhere}' not found.` };
      expect((await call(pool.url, operation, { IdentityId: nowhere })).body).toEqual(expected);
      const Logins = { [PROVIDER]: await good() };
      expect((await call(pool.url, operation, { IdentityId: nowhere, Logins })).body).toEqual(expected);
    });
  });

  test('is not given to a guest where guests are not allowed', async () => {
    for (const input of [{}, { Logins: {} }, { Logins: null }]) {
      const { body } = await call(strict.url, 'GetId', { IdentityPoolId: strict.identityPoolId, ...input });
      const message = 'Unauthenticated access is not supported for this identity pool.';
      expect(body).toEqual({ __type: 'NotAuthorizedException', message });
    }
  });

  test('is not given by another pool', async () => {
    const { body } = await call(pool.url, 'GetId', { IdentityPoolId: nowhere });
    const message = `IdentityPool '${nowhere}' not found.`;
    expect(body).toEqual({ __type: 'ResourceNotFoundException', message });
  });
});

test('a failure of the pool itself is told to onError and not to the client', async () => {
  const told: unknown[] = [];
  const broken = new Error('the secret of the store');
  const failing = await startIdentityPool({
    store: Object.assign(new CredentialStore(), {
      issue: () => {
        throw broken;
      },
    }),
    userPool: { issuer: ISSUER, clientId: CLIENT_ID, jwks: keys.jwks },
    allowGuests: true,
    now: () => NOW,
    onError: (error) => void told.push(error),
  });
  try {
    const { IdentityId } = (await call(failing.url, 'GetId', { IdentityPoolId: failing.identityPoolId })).body;
    const { status, body } = await call(failing.url, 'GetCredentialsForIdentity', { IdentityId });
    expect(status).toBe(500);
    expect(body).toEqual({ __type: 'InternalErrorException', message: 'The local server failed on this request.' });
    expect(told).toEqual([broken]);
  } finally {
    await failing.stop();
  }
});
