/** Each way to log in, from the name to a call that the gateway takes as that very user's; by both entries. */
import { createApig as createApigAlone } from '../../src/apig/index';
import type { ApigOptions, LoginCallbacks } from '../../src/apig/index';
import { createApig as createApigWithLibrary } from '../../src/apig/invokeApig';
import { startLocalAws } from '../../src/local';
import type { ApiCaller, LocalAws, LocalAwsOptions } from '../../src/local';
import { totpCode } from '../../src/local/userPool/totp';
import { lastCode } from '../support/accountHarness';
import { softAuthenticator } from '../support/softAuthenticator';

jest.setTimeout(60_000);

const password = 'Passw0rd!';
const username = 'user@example.com';
type UserPool = NonNullable<LocalAwsOptions['userPool']>;
type User = NonNullable<UserPool['users']>[number];

/** A way in: how the pool is set up, and what the app answers. */
interface Way {
  readonly user?: Partial<User>;
  readonly pool?: UserPool;
  readonly authFlow?: ApigOptions['authFlow'];
  /** `null` for a login without one. */
  readonly password?: null;
  readonly callbacks?: (aws: LocalAws) => LoginCallbacks;
}

const codeSent = ({ userPool }: LocalAws): LoginCallbacks => ({ mfaCode: () => lastCode(userPool, username) });
const firstFactors = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] as const;
const withPhone = { attributes: { phone_number: '+15555550123' } };

const OF_BOTH: Readonly<Record<string, Way>> = {
  'a password over SRP': {},
  'a password that is sent': { authFlow: 'USER_PASSWORD_AUTH', pool: { authFlows: ['USER_PASSWORD_AUTH'] } },
  'a new password in place of a temporary one': {
    user: { mustChangePassword: true },
    callbacks: () => ({ newPassword: () => ({ newPassword: 'Another-1-pass', attributes: { name: 'A user' } }) }),
  },
  'a code by SMS': { user: { ...withPhone, mfa: 'SMS' }, callbacks: codeSent },
  'an authenticator app': {
    user: { mfa: 'TOTP' },
    callbacks: ({ userPool }) => ({ totpCode: () => userPool.totp(username) }),
  },
  'a choice of second factors': {
    user: { ...withPhone, mfa: ['SMS', 'TOTP'] },
    callbacks: (aws) => ({ ...codeSent(aws), selectMfa: () => 'SMS_MFA' }),
  },
  'an authenticator app that is set up on the way': {
    pool: { mfa: 'ON' },
    callbacks: () => ({ setupTotp: ({ secretCode }) => totpCode(secretCode, new Date()) }),
  },
  'a challenge of the pool’s own': {
    user: { customChallenge: { parameters: { question: 'the colour' }, verify: (answer) => answer === 'blue' } },
    callbacks: () => ({ customChallenge: () => 'blue' }),
  },
};

const OF_APIG: Readonly<Record<string, Way>> = {
  'a code by e-mail, as second factor': { user: { mfa: 'EMAIL' }, callbacks: codeSent },
  'USER_AUTH: a password over SRP': { authFlow: 'USER_AUTH', pool: { firstFactors } },
  'USER_AUTH: a code by e-mail': {
    ...{ authFlow: 'USER_AUTH', pool: { firstFactors }, password: null },
    callbacks: (aws) => ({ ...codeSent(aws), selectChallenge: () => 'EMAIL_OTP' }),
  },
  'USER_AUTH: a code by SMS': {
    ...{ authFlow: 'USER_AUTH', pool: { firstFactors }, password: null, user: withPhone },
    callbacks: (aws) => ({ ...codeSent(aws), selectChallenge: () => 'SMS_OTP' }),
  },
};

const both = Object.entries(OF_BOTH).flatMap(([name, way]) => [
  [`sigv4-client/apig: ${name}`, createApigAlone, way] as const,
  [`sigv4-client/invoke-apig: ${name}`, createApigWithLibrary as typeof createApigAlone, way] as const,
]);
const alone = Object.entries(OF_APIG).map(
  ([name, way]) => [`sigv4-client/apig: ${name}`, createApigAlone, way] as const,
);

async function start({ user = {}, pool = {} }: Way): Promise<LocalAws> {
  const handler = (_: Request, { sub, authenticated }: ApiCaller) => Response.json({ sub, authenticated });
  const users = [
    { username, password, ...user },
    { username: 'other@example.com', password },
  ];
  return startLocalAws({ userPool: { ...pool, users }, apiGateway: { handler } });
}

test.each([...both, ...alone])('%s', async (_, createApig, way) => {
  const aws = await start(way);
  try {
    const apig = createApig(aws.config, way.authFlow === undefined ? {} : { authFlow: way.authFlow });
    await apig.login(username, way.password === null ? undefined : password, way.callbacks?.(aws));
    const { sub } = apig.getSession()!.claims;
    expect(sub).toMatch(/^[\da-f-]{36}$/);
    expect(await apig.invokeApig({ path: '/' })).toEqual({ sub, authenticated: true });
    expect(aws.apiGateway.requests.map(({ refusal }) => refusal)).toEqual([undefined]);
  } finally {
    await aws.stop();
  }
});

test('sigv4-client/apig: USER_AUTH: a passkey', async () => {
  const aws = await start({ pool: { firstFactors } });
  try {
    const apig = createApigAlone(aws.config, { authFlow: 'USER_AUTH' });
    await apig.login(username, password);
    const authenticator = softAuthenticator();
    const { CredentialCreationOptions: options } = await apig.callUserPool('StartWebAuthnRegistration');
    const Credential = authenticator.create(options as { challenge: string; rp: { id: string } });
    await apig.callUserPool('CompleteWebAuthnRegistration', { Credential });
    const { sub } = apig.getSession()!.claims;
    await apig.logout();
    await apig.login(username, undefined, { passkey: ({ options: asked }) => authenticator.get(asked as never) });
    expect(await apig.invokeApig({ path: '/' })).toEqual({ sub, authenticated: true });
  } finally {
    await aws.stop();
  }
});
