/** An identity pool that trusts other app clients than its user pool's own, or has no role. Texts as AWS words them. */
import { CredentialStore, startIdentityPool } from '../../../src/local';
import type { IdentityPoolOptions, LocalIdentityPool } from '../../../src/local';
import { call, CLIENT_ID, createIssuer, idClaims, ISSUER, PROVIDER } from '../../support/identityPoolHarness';

let issuer: Awaited<ReturnType<typeof createIssuer>>;
const started: LocalIdentityPool[] = [];
beforeAll(async () => {
  issuer = await createIssuer('key-1');
});
afterEach(() => Promise.all(started.splice(0).map((pool) => pool.stop())));

const store = new CredentialStore();
async function start(options: Partial<IdentityPoolOptions>): Promise<LocalIdentityPool> {
  const userPool = { issuer: ISSUER, clientId: CLIENT_ID, jwks: issuer.jwks };
  const pool = await startIdentityPool({ store, userPool, allowGuests: true, ...options });
  started.push(pool);
  return pool;
}

async function logIn(pool: LocalIdentityPool, aud: string) {
  const Logins = { [PROVIDER]: await issuer.sign(idClaims(new Date(), { aud })) };
  return { Logins, answer: await call(pool.url, 'GetId', { IdentityPoolId: pool.identityPoolId, Logins }) };
}

test('clientIds: the tokens of these app clients are taken, and no others', async () => {
  const pool = await start({ clientIds: ['first', 'second'] });
  for (const aud of ['first', 'second']) expect((await logIn(pool, aud)).answer.status).toBe(200);
  const unknown = {
    __type: 'NotAuthorizedException',
    message: expect.stringMatching(/^Token is not from a supported/) as string,
  };
  expect((await logIn(pool, CLIENT_ID)).answer.body).toMatchObject(unknown);
  expect((await logIn(await start({ clientIds: [] }), CLIENT_ID)).answer.body).toMatchObject(unknown);
});

test('roles: credentials are for the role that is named; without one there are none', async () => {
  const pool = await start({ roles: { authenticated: 'Editors' } });
  const { Logins, answer } = await logIn(pool, CLIENT_ID);
  const { body } = await call(pool.url, 'GetCredentialsForIdentity', { IdentityId: answer.body.IdentityId, Logins });
  expect(store.find(body.Credentials.AccessKeyId)?.role).toBe('Editors');
  const guest = await call(pool.url, 'GetId', { IdentityPoolId: pool.identityPoolId });
  const refused = await call(pool.url, 'GetCredentialsForIdentity', { IdentityId: guest.body.IdentityId });
  expect(refused).toMatchObject({
    status: 400,
    body: {
      __type: 'InvalidIdentityPoolConfigurationException',
      message: 'Invalid identity pool configuration. Check assigned IAM roles for this pool.',
    },
  });
});

test.each<[string, object]>([
  ['clientIds', { clientIds: 'first' }],
  ['clientIds', { clientIds: [''] }],
  ['roles', { roles: 'Editors' }],
  ['roles.authenticated', { roles: { authenticated: 'arn:aws:iam::123456789012:role/Editors' } }],
  ['roles.guest', { roles: { guest: 'x' } }],
])('%s is named where it cannot be used', async (option, wrong) => {
  await expect(start(wrong)).rejects.toMatchObject({
    code: 'InvalidOption',
    message: expect.stringContaining(`${option}: expected`) as string,
  });
});
