/** Passkeys at the local pool, over AWS SDK v3, with an authenticator in software. */
import {
  CognitoIdentityProviderClient,
  CompleteWebAuthnRegistrationCommand,
  DeleteWebAuthnCredentialCommand,
  InitiateAuthCommand,
  ListWebAuthnCredentialsCommand,
  RespondToAuthChallengeCommand,
  StartWebAuthnRegistrationCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { generateKeyPairSync } from 'node:crypto';
import { startUserPool } from '../../../src/local';
import type { LocalUserPool } from '../../../src/local';
import type { UserPoolOptions } from '../../../src/local/userPool/types';
import { rejection } from '../../support/signedFetchHarness';
import { softAuthenticator } from '../../support/softAuthenticator';
import type { Deviation } from '../../support/softAuthenticator';

const [username, password] = ['user@example.com', 'Passw0rd!'];
const pools: LocalUserPool[] = [];
afterAll(() => Promise.all(pools.map((pool) => pool.stop())));

async function start(options: UserPoolOptions = {}) {
  const users = [{ username, password }];
  const pool = await startUserPool({ users, firstFactors: ['PASSWORD', 'WEB_AUTHN'], ...options });
  pools.push(pool);
  const client = new CognitoIdentityProviderClient({ region: pool.region, endpoint: pool.url });
  const ClientId = pool.clientId;
  const logIn = async (USERNAME: string): Promise<string> => {
    const AuthParameters = { USERNAME, PASSWORD: password };
    const { AuthenticationResult } = await client.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    );
    return AuthenticationResult!.AccessToken!;
  };
  const AccessToken = await logIn(username);
  return {
    client,
    AccessToken,
    logIn,

    async register(authenticator = softAuthenticator(), given?: Deviation, token = AccessToken) {
      const begun = await client.send(new StartWebAuthnRegistrationCommand({ AccessToken: token }));
      const options = begun.CredentialCreationOptions as { challenge: string; rp: { id: string } };
      const Credential = authenticator.create(options, given);
      await client.send(new CompleteWebAuthnRegistrationCommand({ AccessToken: token, Credential }));
      return { authenticator, options, Credential };
    },

    async challenge() {
      const parameters = { USERNAME: username, PREFERRED_CHALLENGE: 'WEB_AUTHN' };
      const asked = await client.send(
        new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_AUTH', AuthParameters: parameters }),
      );
      const json = asked.ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS ?? 'null';
      return {
        ...asked,
        options: JSON.parse(json) as { challenge: string; rpId: string; allowCredentials: { id: string }[] },
      };
    },

    answer: (Session: string | undefined, credential: unknown) =>
      client.send(
        new RespondToAuthChallengeCommand({
          ClientId,
          ChallengeName: 'WEB_AUTHN',
          Session,
          ChallengeResponses: { USERNAME: username, CREDENTIAL: JSON.stringify(credential) },
        }),
      ),

    list: async () => (await client.send(new ListWebAuthnCredentialsCommand({ AccessToken }))).Credentials!,
    remove: (CredentialId: string) => client.send(new DeleteWebAuthnCredentialCommand({ AccessToken, CredentialId })),
  };
}

test.each(['ec', 'rsa'] as const)(
  'a passkey with a key of kind %s is registered, listed, logs in, and is deleted',
  async (kind) => {
    const pool = await start();
    const { authenticator, options } = await pool.register(softAuthenticator('http://localhost:5173', kind));
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: username },
      pubKeyCredParams: [
        { type: 'public-key', alg: -7 },
        { type: 'public-key', alg: -257 },
      ],
      authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
    });
    const { id } = authenticator;
    expect(await pool.list()).toMatchObject([
      {
        CredentialId: id,
        RelyingPartyId: 'localhost',
        AuthenticatorAttachment: 'platform',
        AuthenticatorTransports: ['internal'],
      },
    ]);
    for (let i = 0; i < 2; i++) {
      const asked = await pool.challenge();
      expect(asked.options).toMatchObject({ rpId: 'localhost', allowCredentials: [{ id, type: 'public-key' }] });
      const { AuthenticationResult } = await pool.answer(asked.Session, authenticator.get(asked.options));
      expect(AuthenticationResult!.IdToken).toMatch(/^eyJ/);
    }
    await pool.remove(id);
    expect(await pool.list()).toEqual([]);
    expect(await rejection(pool.remove(id))).toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await pool.challenge()).ChallengeName).toBe('SELECT_CHALLENGE');
  },
);

const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

test.each<[string, Deviation, string]>([
  ['another challenge', { challenge: 'AAAA' }, 'WebAuthnChallengeNotFoundException'],
  ['a registration', { type: 'webauthn.create' }, 'WebAuthnChallengeNotFoundException'],
  ['another origin', { origin: 'https://evil.example' }, 'WebAuthnOriginNotAllowedException'],
  ['an origin that ends alike', { origin: 'https://notlocalhost' }, 'WebAuthnOriginNotAllowedException'],
  ['no origin', { origin: '' }, 'WebAuthnOriginNotAllowedException'],
  ['another scheme', { origin: 'ftp://localhost' }, 'WebAuthnOriginNotAllowedException'],
  ['more than an origin', { origin: 'https://a@localhost/evil' }, 'WebAuthnOriginNotAllowedException'],
  ['another relying party', { rpId: 'evil.example' }, 'WebAuthnRelyingPartyMismatchException'],
  ['nobody there', { flags: 0x04 }, 'WebAuthnCredentialNotSupportedException'],
  ['a backup of what cannot be backed up', { flags: 0x15 }, 'WebAuthnCredentialNotSupportedException'],
  ['another key', { key: otherKey }, 'NotAuthorizedException'],
  ['another credential', { id: 'AAAA' }, 'NotAuthorizedException'],
  ['a counter that does not go on', { counter: 7 }, 'NotAuthorizedException'],
])('%s is refused, and the right one is taken after it', async (_, given, name) => {
  const pool = await start();
  const { authenticator } = await pool.register();
  const first = await pool.challenge();
  await pool.answer(first.Session, authenticator.get(first.options, { counter: 7 }));
  const asked = await pool.challenge();
  expect(
    await rejection(pool.answer(asked.Session, authenticator.get(asked.options, { counter: 8, ...given }))),
  ).toMatchObject({ name });
  const { AuthenticationResult } = await pool.answer(asked.Session, authenticator.get(asked.options, { counter: 9 }));
  expect(AuthenticationResult).toBeDefined();
});

test('a signature logs in once', async () => {
  const pool = await start();
  const { authenticator } = await pool.register();
  const asked = await pool.challenge();
  const credential = authenticator.get(asked.options, { counter: 0 }); // as passkeys that are synced, which do not count
  expect((await pool.answer(asked.Session, credential)).AuthenticationResult).toBeDefined();
  expect(await rejection(pool.answer(asked.Session, credential))).toMatchObject({ name: 'NotAuthorizedException' });
  const again = await pool.challenge();
  expect(await rejection(pool.answer(again.Session, credential))).toMatchObject({
    name: 'WebAuthnChallengeNotFoundException',
  });
});

test('user verification is asked for where it is required', async () => {
  const pool = await start({ passkeys: { userVerification: 'required', relyingPartyId: 'example.com' } });
  const authenticator = softAuthenticator('https://app.example.com'); // below the relying party
  const unverified = await rejection(pool.register(authenticator, { flags: 0x41 }));
  expect(unverified).toMatchObject({ name: 'WebAuthnCredentialNotSupportedException' });
  await pool.register(authenticator);
  const asked = await pool.challenge();
  const credential = authenticator.get(asked.options, { flags: 0x01 });
  expect(await rejection(pool.answer(asked.Session, credential))).toMatchObject({
    name: 'WebAuthnCredentialNotSupportedException',
  });
});

test('a registration is good once, and for its own challenge', async () => {
  const pool = await start();
  const { AccessToken, client } = pool;
  const { Credential } = await pool.register();
  const complete = (given: typeof Credential) =>
    client.send(new CompleteWebAuthnRegistrationCommand({ AccessToken, Credential: given }));
  expect(await rejection(complete(Credential))).toMatchObject({ name: 'WebAuthnChallengeNotFoundException' });
  for (const given of [
    { challenge: 'AAAA' },
    { origin: 'https://evil.example' },
    { rpId: 'evil.example' },
    { flags: 0x05 },
    { flags: 0x55 }, // backed up, and not eligible for it
  ]) {
    const error = (await rejection(pool.register(softAuthenticator(), given))) as Error;
    expect(error.name).toMatch(/^(WebAuthn|Invalid)/);
  }
  expect(await pool.list()).toHaveLength(1);
});

test.each([0x4d, 0x5d])('a passkey that may be backed up is taken (flags %i)', async (flags) => {
  const pool = await start();
  const { authenticator } = await pool.register(softAuthenticator(), { flags });
  const asked = await pool.challenge();
  const answer = await pool.answer(asked.Session, authenticator.get(asked.options, { flags: flags & 0x1d }));
  expect(answer.AuthenticationResult).toBeDefined();
});

test('a credential of an id that is registered is refused, whosever it is', async () => {
  const users = [username, 'other@example.com'].map((name) => ({ username: name, password }));
  const pool = await start({ users });
  const { authenticator } = await pool.register();
  const name = 'WebAuthnCredentialNotSupportedException';
  expect(await rejection(pool.register(authenticator))).toMatchObject({ name });
  const other = await pool.logIn('other@example.com');
  expect(await rejection(pool.register(authenticator, {}, other))).toMatchObject({ name });
  expect(await pool.list()).toHaveLength(1);
});

test.each<[string, unknown]>([
  ['no credential', {}],
  ['no CBOR', { attestationObject: 'AAAA' }],
  ['CBOR that ends early', { attestationObject: Buffer.from([0xa3, 0x63]).toString('base64url') }],
  ['CBOR that is nested without end', { attestationObject: Buffer.alloc(4000, 0x81).toString('base64url') }],
  [
    'a list longer than all memory',
    { attestationObject: Buffer.from([0x9a, 255, 255, 255, 255]).toString('base64url') },
  ],
])('%s is refused as malformed', async (_, response) => {
  const pool = await start();
  const { AccessToken, client } = pool;
  const begun = await client.send(new StartWebAuthnRegistrationCommand({ AccessToken }));
  const made = softAuthenticator().create(begun.CredentialCreationOptions as { challenge: string; rp: { id: string } });
  const Credential = { ...made, response: { ...made.response, ...(response as object) } };
  const given = Object.keys(response as object).length === 0 ? {} : Credential;
  const error = await rejection(
    client.send(new CompleteWebAuthnRegistrationCommand({ AccessToken, Credential: given })),
  );
  expect(error).toMatchObject({ name: 'InvalidParameterException' });
});

test('a pool without passkeys says so', async () => {
  const { client, AccessToken } = await start({ firstFactors: ['PASSWORD'] });
  const error = await rejection(client.send(new StartWebAuthnRegistrationCommand({ AccessToken })));
  expect(error).toMatchObject({ name: 'WebAuthnNotEnabledException' });
});

test('options that cannot be used are refused', async () => {
  for (const [options, message] of [
    [{ firstFactors: ['FACE'] }, /^firstFactors: expected a list of PASSWORD, EMAIL_OTP, SMS_OTP, WEB_AUTHN/],
    [{ passkeys: { relyingPartyId: 'https://x' } }, /^passkeys\.relyingPartyId: expected a host name/],
    [{ passkeys: { userVerification: 'never' } }, /^passkeys\.userVerification: expected required or preferred/],
    [{ passkeys: { rpId: 'x' } }, /^passkeys\.rpId: expected a known option/],
  ] as const) {
    expect(((await rejection(startUserPool(options as never))) as Error).message).toMatch(message);
  }
});
