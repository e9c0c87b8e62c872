import { readdirSync } from 'node:fs';
import { startUserPool } from '../../../src/local/userPool';
import type { CustomChallenge, LocalUserPool } from '../../../src/local/userPool';
import { INCORRECT, call, login, refusal, tokensOf } from '../../support/userPoolHarness';
import { temporaryFolder } from '../../support/temporaryFolder';

const PASSWORD = 'Grüße-123!';

let pool: LocalUserPool;
beforeAll(async () => {
  pool = await startUserPool();
});
afterAll(() => pool.stop());

describe('startUserPool', () => {
  it("makes ids of AWS's shape", () => {
    expect(pool.userPoolId).toMatch(/^us-east-1_[A-Za-z0-9]{9}$/);
    expect(pool.clientId).toMatch(/^[a-z0-9]{26}$/);
    expect(pool.issuer).toBe(`${pool.url}/${pool.userPoolId}`);
  });

  it('takes ids and a region', async () => {
    const own = await startUserPool({ region: 'eu-west-1', userPoolId: 'eu-west-1_Mine', clientId: 'mine' });
    expect([own.region, own.userPoolId, own.clientId]).toEqual(['eu-west-1', 'eu-west-1_Mine', 'mine']);
    await own.stop();
  });

  it('leaves nothing behind in the folder for temporary files', async () => {
    const { TMPDIR } = process.env;
    const folder = temporaryFolder();
    process.env.TMPDIR = folder;
    try {
      const own = await startUserPool({ users: [{ username: 'plain', password: PASSWORD }] });
      await tokensOf(own, 'plain', PASSWORD);
      expect(readdirSync(folder)).toEqual([]);
      await own.stop();
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
  });

  it('hides who exists where asked to', async () => {
    const hiding = await startUserPool({
      preventUserExistenceErrors: true,
      users: [{ username: 'plain', password: PASSWORD }],
    });
    const salt = async (username: string) => {
      const input = {
        AuthFlow: 'USER_SRP_AUTH',
        ClientId: hiding.clientId,
        AuthParameters: { USERNAME: username, SRP_A: 'abc' },
      };
      return (await call(hiding, 'InitiateAuth', input)).body.ChallengeParameters.SALT;
    };
    try {
      expect(await refusal(login(hiding, 'nobody', PASSWORD))).toBe(INCORRECT);
      expect(await refusal(login(hiding, 'nobody', PASSWORD, 'USER_PASSWORD_AUTH'))).toBe(INCORRECT);
      expect(await salt('nobody')).toBe(await salt('nobody'));
      expect(await refusal(login(hiding, 'plain', PASSWORD))).toBe('success');
    } finally {
      await hiding.stop();
    }
  });

  it('allows only the flows asked for', async () => {
    const strict = await startUserPool({
      authFlows: ['USER_SRP_AUTH'],
      users: [{ username: 'plain', password: PASSWORD }],
    });
    try {
      expect(await refusal(login(strict, 'plain', PASSWORD, 'USER_PASSWORD_AUTH'))).toBe(
        'InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client',
      );
    } finally {
      await strict.stop();
    }
  });

  const user = { username: 'plain', password: 'a secret' };
  it.each<[Parameters<typeof startUserPool>[0], string]>([
    [{ users: ['plain' as unknown as typeof user] }, 'users[0]: expected an object, got a string of 5 characters'],
    [{ region: 'nowhere' }, 'region: expected a region such as us-east-1, got "nowhere"'],
    [{ userPoolId: 'eu-west-1_abc' }, 'userPoolId: expected us-east-1_ and letters or digits, got "eu-west-1_abc"'],
    [{ clientId: 'no-dash' }, 'clientId: expected letters and digits, got "no-dash"'],
    [{ tokenLifetimeSeconds: 0 }, 'tokenLifetimeSeconds: expected a whole number of seconds, 1 or more, got 0'],
    [
      { refreshTokenLifetimeSeconds: 1.5 },
      'refreshTokenLifetimeSeconds: expected a whole number of seconds, 1 or more, got 1.5',
    ],
    [{ mfa: 'on' as 'ON' }, 'mfa: expected OFF, OPTIONAL or ON, got "on"'],
    [{ port: -1 }, 'port: expected a whole number from 0 to 65535, got -1'],
    [{ user: [] } as object, 'user: expected a known option, such as users, got Array'],
    [{ tokenLifetime: 5 } as object, 'tokenLifetime: expected a known option, such as tokenLifetimeSeconds, got 5'],
    [
      { users: [{ ...user, totp: 'a secret' } as typeof user] },
      'users[0].totp: expected a known option, such as users[0].totpSecret, got a string of 8 characters',
    ],
    [
      { passwordPolicy: { minLength: 4 } as object },
      'passwordPolicy.minLength: expected a known option, such as passwordPolicy.minimumLength, got 4',
    ],
    [
      { customChallenge: { parameters: {}, verify: () => true, tries: 2 } as object as CustomChallenge },
      'customChallenge.tries: expected a known option, one of parameters, verify, attempts, got 2',
    ],
    [
      { users: [{ ...user, password: 12_345_678 as unknown as string }] },
      'users[0].password: expected a text of 1 to 256 characters, got Number',
    ],
    [
      { now: 5 as unknown as () => number },
      'now: expected a function that gives a valid Date, or milliseconds since 1970, got 5',
    ],
    [
      { users: [{ ...user, username: 'a b' }] },
      'users[0].username: expected 1 to 128 characters without spaces, got a string of 3 characters',
    ],
    [
      { users: [{ ...user, password: '' }] },
      'users[0].password: expected a text of 1 to 256 characters, got a string of 0 characters',
    ],
    [
      { users: [user, { ...user, mfa: 'sms' as 'SMS' }] },
      'users[1].mfa: expected SMS, TOTP, EMAIL or a list of them, got "sms"',
    ],
    [
      { users: [{ ...user, totpSecret: 'a secret' }] },
      'users[0].totpSecret: expected at least 16 characters of A-Z and 2-7, got a string of 8 characters',
    ],
    [
      { users: [{ ...user, attributes: { name: 1 as unknown as string } }] },
      'users[0].attributes.name: expected a text, got 1',
    ],
    [
      { users: [{ ...user, attributes: { 'cognito:groups': 'admin' } }] },
      'users[0].attributes: expected standard names, or custom: and a name, got "cognito:groups"',
    ],
    [{ customAttributes: 'custom:plan' as unknown as [] }, 'customAttributes: expected a list, got "custom:plan"'],
    [{ customAttributes: ['plan'] }, 'customAttributes: expected names that begin with custom:, got "plan"'],
    [
      { users: [user, user] },
      'users[1].username: expected a name that no earlier user has, got a string of 5 characters',
    ],
  ])('refuses %j', async (options, message) => {
    await expect(startUserPool(options)).rejects.toMatchObject({ code: 'InvalidOption', message });
  });
});
