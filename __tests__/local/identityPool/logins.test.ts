import { CredentialStore } from '../../../src/local/credentials';
import { startIdentityPool } from '../../../src/local/identityPool';
import type { LocalIdentityPool } from '../../../src/local/identityPool';
import { CLIENT_ID, ISSUER, PROVIDER, call, createIssuer, idClaims, seconds } from '../../support/identityPoolHarness';

// The texts of the refusals are those that Cognito gives, as people quote them in public issue threads.
const NOW = new Date(Date.UTC(2024, 5, 1, 12));
const UNSUPPORTED = 'Token is not from a supported provider of this identity pool.';
const UNVERIFIED = "Invalid login token. Couldn't verify signed token.";
const NOT_OIDC = 'Invalid login token. Not a valid OpenId Connect identity token.';

type Issuer = Awaited<ReturnType<typeof createIssuer>>;
let keys: Issuer;
let stranger: Issuer;
let google: Issuer;
let pool: LocalIdentityPool;
const failures: unknown[] = [];

beforeAll(async () => {
  [keys, stranger, google] = await Promise.all([
    createIssuer('key-1'),
    createIssuer('key-1'),
    createIssuer('google-1'),
  ]);
  pool = await startIdentityPool({
    store: new CredentialStore({ now: () => NOW }),
    userPool: { issuer: ISSUER, clientId: CLIENT_ID, jwks: keys.jwks },
    now: () => NOW,
    onError: (error: unknown) => void failures.push(error),
    providers: {
      'accounts.google.com': { audience: 'web', jwks: google.jwks },
      'down.example.com': { audience: 'web', jwks: () => Promise.reject(new Error('secret detail')) },
    },
  });
});
afterAll(() => pool.stop());
afterEach(() => {
  expect(failures).toEqual([]);
});

const good = () => keys.sign(idClaims(NOW, { sub: 'user-1' }));
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const without = (claim: string) =>
  keys.sign(Object.fromEntries(Object.entries(idClaims(NOW)).filter(([k]) => k !== claim)));

/** Changes one byte in the middle of one of a token's three parts. */
function damage(token: string, part: 0 | 1 | 2): string {
  const parts = token.split('.');
  const text = parts[part]!;
  const at = Math.floor(text.length / 2);
  parts[part] = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
  return parts.join('.');
}

/** The same token with other claims and the old signature. */
async function forge(changes: object): Promise<string> {
  const [header, , signature] = (await good()).split('.');
  return `${header}.${encode(idClaims(NOW, { ...changes }))}.${signature}`;
}

const googleToken = (changes: object = {}) =>
  google.sign({ iss: 'https://accounts.google.com', aud: 'web', sub: '1', exp: seconds(NOW) + 60, ...changes });

const tokens: [name: string, logins: () => Promise<Record<string, string>>, message: string][] = [
  ['a damaged signature', async () => ({ [PROVIDER]: damage(await good(), 2) }), UNVERIFIED],
  ['another user put in, signature kept', async () => ({ [PROVIDER]: await forge({ sub: 'user-2' }) }), UNVERIFIED],
  ['a longer life put in, signature kept', async () => ({ [PROVIDER]: await forge({ exp: 2 ** 33 }) }), UNVERIFIED],
  ["a stranger's key of the same kid", async () => ({ [PROVIDER]: await stranger.sign(idClaims(NOW)) }), UNVERIFIED],
  [
    'a kid that is not there',
    async () => ({ [PROVIDER]: await keys.sign(idClaims(NOW), { kid: 'key-2' }) }),
    UNVERIFIED,
  ],
  [
    'alg none',
    async () => ({ [PROVIDER]: `${encode({ alg: 'none', kid: 'key-1' })}.${(await good()).split('.')[1]}.` }),
    UNVERIFIED,
  ],
  [
    'alg HS256',
    async () => ({
      [PROVIDER]: `${encode({ alg: 'HS256', kid: 'key-1' })}.${(await good()).split('.').slice(1).join('.')}`,
    }),
    UNVERIFIED,
  ],
  [
    "the pool's own key under an algorithm that user pools do not use",
    async () => ({ [PROVIDER]: await keys.sign(idClaims(NOW), { alg: 'RS512' }) }),
    UNVERIFIED,
  ],
  ['a cut signature', async () => ({ [PROVIDER]: (await good()).slice(0, -20) }), UNVERIFIED],
  [
    'not valid yet',
    async () => ({ [PROVIDER]: await keys.sign(idClaims(NOW, { nbf: seconds(NOW) + 60 })) }),
    UNVERIFIED,
  ],
  [
    'expired this second',
    async () => ({ [PROVIDER]: await keys.sign(idClaims(NOW, { exp: seconds(NOW) })) }),
    `Invalid login token. Token expired: ${seconds(NOW)} >= ${seconds(NOW)}`,
  ],
  [
    'expired a second ago',
    async () => ({ [PROVIDER]: await keys.sign(idClaims(NOW, { exp: seconds(NOW) - 1 })) }),
    `Invalid login token. Token expired: ${seconds(NOW)} >= ${seconds(NOW) - 1}`,
  ],
  [
    'expired and damaged: not even its expiry is believed',
    async () => ({ [PROVIDER]: damage(await keys.sign(idClaims(NOW, { exp: seconds(NOW) - 1 })), 2) }),
    UNVERIFIED,
  ],
  [
    'another issuer',
    async () => ({ [PROVIDER]: await keys.sign(idClaims(NOW, { iss: `${ISSUER}x` })) }),
    "Invalid login token. Issuer doesn't match providerName",
  ],
  [
    'the issuer of the real user pool',
    async () => ({ [PROVIDER]: await keys.sign(idClaims(NOW, { iss: `https://${PROVIDER}` })) }),
    "Invalid login token. Issuer doesn't match providerName",
  ],
  [
    'no issuer',
    async () => ({ [PROVIDER]: await without('iss') }),
    "Invalid login token. Issuer doesn't match providerName",
  ],
  ['another app client', async () => ({ [PROVIDER]: await keys.sign(idClaims(NOW, { aud: 'other' })) }), UNSUPPORTED],
  [
    'an access token',
    async () => {
      const claims = Object.entries(idClaims(NOW, { token_use: 'access', client_id: CLIENT_ID }));
      return { [PROVIDER]: await keys.sign(Object.fromEntries(claims.filter(([name]) => name !== 'aud'))) };
    },
    'Invalid login token. Missing a required claim: aud',
  ],
  [
    'an access token with an audience',
    async () => ({ [PROVIDER]: await keys.sign(idClaims(NOW, { token_use: 'access' })) }),
    'Invalid login token. Not a Cognito token.',
  ],
  [
    'no token_use',
    async () => ({ [PROVIDER]: await without('token_use') }),
    'Invalid login token. Not a Cognito token.',
  ],
  [
    'no subject',
    async () => ({ [PROVIDER]: await without('sub') }),
    'Invalid login token. Missing a required claim: sub',
  ],
  [
    'no expiry',
    async () => ({ [PROVIDER]: await without('exp') }),
    'Invalid login token. Missing a required claim: exp',
  ],
  ['garbage', () => Promise.resolve({ [PROVIDER]: 'garbage' }), NOT_OIDC],
  ['three dots of garbage', () => Promise.resolve({ [PROVIDER]: 'a.b.c' }), NOT_OIDC],
  ['a payload that is no object', () => Promise.resolve({ [PROVIDER]: `${encode({})}.${encode('text')}.x` }), NOT_OIDC],
  ['a damaged payload', async () => ({ [PROVIDER]: (await good()).replace(/\.[^.]*\./, '.e30x.') }), NOT_OIDC],
  [
    'an unknown provider',
    async () => ({ 'www.amazon.com': await keys.sign(idClaims(NOW, { iss: 'https://www.amazon.com' })) }),
    UNSUPPORTED,
  ],
  [
    'an unknown provider whose name is not the issuer',
    async () => ({ loginKey: await good() }),
    "Invalid login token. Issuer doesn't match providerName",
  ],
  [
    "another user pool's name",
    async () => ({ 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Other': await good() }),
    "Invalid login token. Issuer doesn't match providerName",
  ],
  [
    "Google's token under the user pool's name",
    async () => ({ [PROVIDER]: await googleToken() }),
    "Invalid login token. Issuer doesn't match providerName",
  ],
  [
    "the user pool's token under Google's name",
    async () => ({ 'accounts.google.com': await good() }),
    "Invalid login token. Issuer doesn't match providerName",
  ],
  [
    "Google's token for another app",
    async () => ({ 'accounts.google.com': await googleToken({ aud: 'x' }) }),
    UNSUPPORTED,
  ],
  [
    'claims of Google signed by the user pool',
    async () => ({
      'accounts.google.com': await keys.sign({
        iss: 'https://accounts.google.com',
        aud: 'web',
        sub: '1',
        exp: 2 ** 33,
      }),
    }),
    UNVERIFIED,
  ],
  [
    "Google's token, expired",
    async () => ({ 'accounts.google.com': await googleToken({ exp: seconds(NOW) - 5 }) }),
    `Invalid login token. Token expired: ${seconds(NOW)} >= ${seconds(NOW) - 5}`,
  ],
  [
    'one good and one bad login',
    async () => ({ [PROVIDER]: await good(), 'accounts.google.com': await googleToken({ aud: 'x' }) }),
    UNSUPPORTED,
  ],
];

describe('a login token with', () => {
  test.each(tokens)('%s', async (_name, logins, message) => {
    const Logins = await logins();
    const expected = { __type: 'NotAuthorizedException', message };
    const identity = await call(pool.url, 'GetId', {
      IdentityPoolId: pool.identityPoolId,
      Logins: { [PROVIDER]: await good() },
    });
    for (const [operation, input] of [
      ['GetId', { IdentityPoolId: pool.identityPoolId, Logins }],
      ['GetCredentialsForIdentity', { IdentityId: identity.body.IdentityId, Logins }],
      ['GetOpenIdToken', { IdentityId: identity.body.IdentityId, Logins }],
    ] as const) {
      const { status, body } = await call(pool.url, operation, input);
      expect({ operation, status, body }).toEqual({ operation, status: 400, body: expected });
    }
  });

  test('a second of life left is still good', async () => {
    const Logins = { [PROVIDER]: await keys.sign(idClaims(NOW, { exp: seconds(NOW) + 1 })) };
    expect((await call(pool.url, 'GetId', { IdentityPoolId: pool.identityPoolId, Logins })).status).toBe(200);
  });

  test('a provider whose keys are not to be had', async () => {
    const token = await google.sign({ iss: 'https://down.example.com', aud: 'web', sub: '1', exp: seconds(NOW) + 60 });
    const { status, body } = await call(pool.url, 'GetId', {
      IdentityPoolId: pool.identityPoolId,
      Logins: { 'down.example.com': token },
    });
    expect(status).toBe(400);
    expect(body).toEqual({
      __type: 'ExternalServiceException',
      message: 'The keys of down.example.com could not be read.',
    });
  });
});
