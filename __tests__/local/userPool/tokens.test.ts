import { decodeJwt } from 'jose';
import { createSigningKey, JwtSigner } from '../../../src/local/userPool/jwt';
import type { StoredUser } from '../../../src/local/userPool/stored';
import { TokenIssuer } from '../../../src/local/userPool/tokens';
import { UserPassword } from '../../../src/local/userPool/userPassword';

const user: StoredUser = {
  Username: 'plain',
  Password: new UserPassword('Passw0rd!'),
  Attributes: [
    { Name: 'sub', Value: '11111111-2222-4333-8444-555555555555' },
    { Name: 'name', Value: 'Someone' },
    { Name: 'custom:plan', Value: 'free' },
    // However these got there:
    { Name: 'cognito:groups', Value: 'admin' },
    { Name: 'cognito:roles', Value: 'admin' },
    { Name: 'custom:', Value: 'x' },
    { Name: 'identities', Value: 'x' },
    { Name: 'scope', Value: 'x' },
    { Name: 'token_use', Value: 'access' },
    { Name: 'client_id', Value: 'x' },
    { Name: '__proto__', Value: 'x' },
  ],
  Enabled: true,
  UserStatus: 'CONFIRMED',
  UserCreateDate: new Date(0),
  UserLastModifiedDate: new Date(0),
};

it('puts nothing into tokens but standard and custom attributes, and what the pool knows', async () => {
  const issuer = new TokenIssuer(new JwtSigner(await createSigningKey()), {
    issuer: 'http://127.0.0.1/us-east-1_pool',
    tokenLifetimeSeconds: 60,
    refreshTokenLifetimeSeconds: 600,
    now: () => new Date(0),
  });
  const { IdToken, AccessToken } = issuer.issue(user, [], 'client');
  const common = ['auth_time', 'event_id', 'exp', 'iat', 'iss', 'jti', 'origin_jti', 'sub', 'token_use'];
  expect(Object.keys(decodeJwt(IdToken)).sort()).toEqual(
    [...common, 'aud', 'cognito:username', 'custom:plan', 'name'].sort(),
  );
  expect(Object.keys(decodeJwt(AccessToken)).sort()).toEqual([...common, 'client_id', 'scope', 'username'].sort());
  expect(decodeJwt(IdToken)).toMatchObject({ token_use: 'id', sub: user.Attributes[0]!.Value });
});
