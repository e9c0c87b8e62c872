/** A pool that hides who exists: its answers are the same for those who are there and for nobody. */
import { PASSWORD, initiate, named, pass, pool, start } from '../../support/hidingPool';
import { answerChallenge } from '../../support/challengeHarness';
import { INCORRECT, call, login, refusal } from '../../support/userPoolHarness';
import type { Body } from '../../support/userPoolHarness';

/** Names that no answer may tell apart: who is there, and nobody under a name of the same kind. */
const PAIRS: [known: string, unknown: string][] = [
  ['user@example.com', 'nobody@example.com'],
  ['USER@Example.com', 'NOBODY@Example.com'],
  ['+15555550123', '+15555550999'],
  ['plain', 'nobody'],
  ['PLAIN', 'NOBODY'],
  ['plain@example.com', 'nobody@example.com'],
  ['bare', 'nobody'],
  ['temporary@example.com', 'nobody@example.com'],
  ['unconfirmed@example.com', 'nobody@example.com'],
  ['disabled@example.com', 'nobody@example.com'],
];

/** What an answer looks like: random and personal parts by their form. */
function shapeOf(value: unknown, name: string): unknown {
  const text = JSON.stringify(value, (key, part: unknown) => {
    if (typeof part !== 'string') return part;
    if (part === name) return 'THE NAME';
    if (/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(part)) return 'A UUID';
    if (key === 'SALT') return part.length > 25 && part.length <= 32 ? 'A SALT' : part;
    if (key === 'SRP_B') return part.length > 700 ? 'A NUMBER' : part;
    if (key === 'SECRET_BLOCK' || key === 'Session') return part.length;
    if (key === 'Destination') return part.replace(/^[a-z]\*{3}@[a-z]\*{3}$/, 'AN ADDRESS').replace(/\d{4}$/, 'DIGITS');
    return part;
  });
  return JSON.parse(text);
}

/** Asks the same of both, and expects the same of the answers. */
async function expectTheSame(
  [known, unknown]: [string, string],
  ask: (name: string) => ReturnType<typeof call>,
): Promise<Body> {
  const [one, other] = [await ask(known), await ask(unknown)];
  expect([other.status, shapeOf(other.body, unknown)]).toEqual([one.status, shapeOf(one.body, known)]);
  return other.body;
}

describe('a pool that hides who exists', () => {
  beforeAll(start);
  beforeEach(() => {
    pass(25 * 3_600_000); // nothing is locked any more, and no code is open
  });
  afterAll(() => pool.stop());

  describe.each(PAIRS)('%s is answered as %s', (...pair) => {
    it('when logging in with a wrong password, until both are locked', async () => {
      const messages = [];
      for (let i = 0; i < 6; i++) {
        const { message } = await expectTheSame(pair, (USERNAME) =>
          initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD: 'wrong' }),
        );
        messages.push(message);
      }
      expect(messages.slice(4)).toEqual(['Incorrect username or password.', 'Password attempts exceeded']);
    });

    it('when logging in over SRP, with the same salt each time', async () => {
      const ask = (USERNAME: string) => initiate('USER_SRP_AUTH', { USERNAME, SRP_A: 'abc' });
      await expectTheSame(pair, ask);
      for (const name of pair) {
        const [{ body: first }, { body: second }] = [await ask(name), await ask(name)];
        const { SALT, USER_ID_FOR_SRP, SRP_B } = first.ChallengeParameters;
        expect(second.ChallengeParameters).toMatchObject({ SALT, USER_ID_FOR_SRP });
        expect(second.ChallengeParameters.SRP_B).not.toBe(SRP_B);
      }
    });

    it('when answering over SRP', async () => {
      const timestamp = new Date()
        .toUTCString()
        .replace(/^(\w+), 0?(\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 UTC $4');
      const messages = [];
      for (let i = 0; i < 6; i++) {
        const { message } = await expectTheSame(pair, async (name) => {
          const { body } = await initiate('USER_SRP_AUTH', { USERNAME: name, SRP_A: 'abc' });
          const { USERNAME, SECRET_BLOCK } = body.ChallengeParameters;
          return call(pool, 'RespondToAuthChallenge', {
            ChallengeName: 'PASSWORD_VERIFIER',
            ClientId: pool.clientId,
            ChallengeResponses: {
              USERNAME,
              PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
              PASSWORD_CLAIM_SIGNATURE: 'AAAA',
              TIMESTAMP: timestamp,
            },
          });
        });
        messages.push(message);
      }
      expect(messages.slice(4)).toEqual(['Incorrect username or password.', 'Password attempts exceeded']);
    });

    it('when asked a challenge of the pool, and at wrong answers', async () => {
      const sessions = new Map<string, Body>();
      await expectTheSame(pair, async (USERNAME) => {
        const answer = await initiate('CUSTOM_AUTH', { USERNAME });
        sessions.set(USERNAME, answer.body);
        return answer;
      });
      const answer = async (name: string) => {
        const { Session, ChallengeParameters } = sessions.get(name)!;
        const ChallengeResponses = { USERNAME: ChallengeParameters.USERNAME, ANSWER: '3' };
        const next = await answerChallenge(pool, 'CUSTOM_CHALLENGE', Session, ChallengeResponses);
        sessions.set(name, next.body);
        return next;
      };
      expect((await expectTheSame(pair, answer)).ChallengeName).toBe('CUSTOM_CHALLENGE');
      expect((await expectTheSame(pair, answer)).message).toBe('Incorrect username or password.');
    });

    it('when a password is forgotten, and when it is set with a wrong code', async () => {
      const set = (name: string) =>
        named('ConfirmForgotPassword', name, { ConfirmationCode: 'wrong', Password: 'N3w-Passw0rd' });
      const messages: (string | undefined)[] = [];
      messages.push((await expectTheSame(pair, set)).message);
      await expectTheSame(pair, (name) => named('ForgotPassword', name));
      for (let i = 0; i < 6; i++) messages.push((await expectTheSame(pair, set)).message);
      expect(messages).toEqual([
        'Invalid code provided, please request a code again.',
        ...Array<string>(5).fill('Invalid verification code provided, please try again.'),
        'Attempt limit exceeded, please try after some time.',
      ]);
      pass(3_600_000);
      expect((await expectTheSame(pair, set)).message).toBe('Invalid code provided, please request a code again.');
    });

    it('when a password is forgotten too often', async () => {
      for (let i = 0; i < 21; i++) await expectTheSame(pair, (name) => named('ForgotPassword', name));
    });

    it('when a sign-up is confirmed with a wrong code', async () => {
      const confirm = (name: string) => named('ConfirmSignUp', name, { ConfirmationCode: 'wrong' });
      expect((await expectTheSame(pair, confirm)).message).toBe('Invalid code provided, please request a code again.');
      await expectTheSame(pair, (name) => named('ResendConfirmationCode', name));
      for (let i = 0; i < 6; i++) await expectTheSame(pair, confirm);
    });
  });

  it.each(['user@example.com', 'USER@example.com', 'plain', 'PLAIN', 'plain@example.com', '+15555550123'])(
    'logs %s in over SRP, and after a wrong password as well',
    async (name) => {
      expect(await refusal(login(pool, name, 'wrong'))).toBe(INCORRECT);
      const outcome = await login(pool, name, PASSWORD);
      expect(outcome.step).toBe('success');
    },
  );
});
