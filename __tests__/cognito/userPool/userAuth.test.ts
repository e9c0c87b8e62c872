/** The flow USER_AUTH, from the login to a signed call: passwords, codes by e-mail and SMS. */
import { createApig } from '../../../src/apig/index';
import type { LoginCallbacks } from '../../../src/apig/index';
import { rejection } from '../../support/signedFetchHarness';
import { call, identityId, password, start } from '../../support/userAuthHarness';

test('a password goes over SRP, with one request for the challenge', async () => {
  const { aws, apig } = await start();
  const sent: string[] = [];
  const watched = createApig(aws.config, {
    authFlow: 'USER_AUTH',
    fetch: async (input, init) => {
      sent.push(`${new Headers(init?.headers).get('x-amz-target')?.split('.')[1]} ${init?.body as string}`);
      return fetch(input, init);
    },
  });
  await watched.login('user@example.com', password);
  expect(await call(watched)).toEqual(identityId);
  const operations = sent.map((one) => one.split(' ')[0]!).filter((name) => name.includes('Auth'));
  expect(operations).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
  expect(sent.join()).not.toContain(password);
  expect(await rejection(apig.login('user@example.com', 'Wrong-pass-7'))).toMatchObject({ code: 'WrongPassword' });
});

test.each([
  ['EMAIL_OTP', 'user@example.com', 'u***@e***'],
  ['SMS_OTP', 'user@example.com', '+*******0123'],
] as const)('%s: a code in place of the password', async (wanted, name, destination) => {
  const { apig, lastCode } = await start();
  const seen: unknown[] = [];
  const callbacks: LoginCallbacks = {
    selectChallenge: (challenge) => (seen.push(challenge), wanted),
    mfaCode: (challenge) => (seen.push(challenge), lastCode(name)),
  };
  await apig.login(name, undefined, callbacks);
  expect(seen).toEqual([
    { name: 'SELECT_CHALLENGE', choices: ['EMAIL_OTP', 'SMS_OTP'] },
    { name: wanted, destination },
  ]);
  expect(await call(apig)).toEqual(identityId);
});

test('an e-mail address alone opens no session that a code has opened before: it may be another user’s by now', async () => {
  const { apig, lastCode } = await start({ firstFactors: ['EMAIL_OTP'] });
  await apig.login('user@example.com', undefined, { mfaCode: () => lastCode('user@example.com') });
  const login = { username: 'user@example.com', password: undefined as never };
  await expect(apig.invokeApig({ path: '/', login })).rejects.toMatchObject({ callback: 'mfaCode' });
  expect(await call(apig)).toEqual(identityId); // and the session goes on
});

describe('a pool that asks how to begin, whatever is preferred', () => {
  /** The local pool, which is not told what the app prefers; what is asked of it. */
  async function asking() {
    const { aws } = await start();
    const sent: [operation: string, responses: Record<string, string> | undefined][] = [];
    const apig = createApig(aws.config, {
      authFlow: 'USER_AUTH',
      fetch(url, init) {
        const operation = new Headers(init?.headers).get('x-amz-target')?.split('.')[1] ?? '';
        if (!operation.includes('Auth')) return fetch(url, init);
        const input = JSON.parse(init?.body as string) as Record<string, Record<string, string> | undefined>;
        sent.push([operation, input.ChallengeResponses]);
        const { PREFERRED_CHALLENGE: _, ...AuthParameters } = input.AuthParameters ?? {};
        const told = input.AuthParameters ? { ...input, AuthParameters } : input;
        return fetch(url, { ...init, body: JSON.stringify(told) });
      },
    });
    return { apig, sent };
  }
  const USERNAME = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;

  test('is given the proof of the password, by its own name of the user', async () => {
    const { apig, sent } = await asking();
    await apig.login('user@example.com', password);
    const SRP_A = expect.stringMatching(/^[0-9a-f]{600,}$/) as string;
    const respond = 'RespondToAuthChallenge';
    expect(sent.map(([operation]) => operation)).toEqual(['InitiateAuth', respond, respond]);
    expect(sent[1]![1]).toEqual({ USERNAME, ANSWER: 'PASSWORD_SRP', SRP_A });
    expect(Object.keys(sent[2]![1]!)).toContain('PASSWORD_CLAIM_SIGNATURE');
    expect(JSON.stringify(sent)).not.toContain(password);
    expect(await call(apig)).toEqual(identityId);
  });

  test('or the password itself, where the app chooses that', async () => {
    const { apig, sent } = await asking();
    await apig.login('user@example.com', password, { selectChallenge: () => 'PASSWORD' });
    expect(sent.slice(1)).toEqual([['RespondToAuthChallenge', { USERNAME, ANSWER: 'PASSWORD', PASSWORD: password }]]);
    expect(await call(apig)).toEqual(identityId);
  });
});
