import { createRemoteJWKSet, jwtVerify } from 'jose';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { INCORRECT, call, login, proof, refusal, refused, session } from '../../support/userPoolHarness';

const PASSWORD = 'Grüße-123!';

let pool: LocalUserPool;
let time: number;
beforeAll(async () => {
  time = Date.now();
  pool = await startUserPool({
    now: () => new Date(time),
    tokenLifetimeSeconds: 60,
    refreshTokenLifetimeSeconds: 600,
    users: [
      { username: 'user@example.com', password: PASSWORD, attributes: { name: 'A User', 'custom:plan': 'free' } },
      { username: 'plain', password: PASSWORD, attributes: { email_verified: 'false', email: 'plain@example.com' } },
      { username: 'known', password: PASSWORD, attributes: { email: 'known@example.com' } },
      { username: '__proto__', password: PASSWORD },
      { username: 'unconfirmed@example.com', password: PASSWORD, unconfirmed: true },
    ],
  });
});
afterAll(() => pool.stop());

describe('logging in over SRP', () => {
  it("gives tokens with AWS's claims, signed with the pool's key", async () => {
    const { session: tokens } = await session(pool, 'user@example.com', PASSWORD, 'USER_SRP_AUTH');
    const keys = createRemoteJWKSet(new URL(`${pool.issuer}/.well-known/jwks.json`));
    const options = { issuer: pool.issuer, currentDate: new Date(time) };
    const id = await jwtVerify(tokens.getIdToken().getJwtToken(), keys, { ...options, audience: pool.clientId });
    const access = await jwtVerify(tokens.getAccessToken().getJwtToken(), keys, options);

    const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;
    const seconds = Math.floor(time / 1000);
    expect(id.payload).toEqual({
      sub: uuid,
      'cognito:username': id.payload.sub,
      email: 'user@example.com',
      email_verified: true,
      name: 'A User',
      'custom:plan': 'free',
      iss: pool.issuer,
      aud: pool.clientId,
      token_use: 'id',
      auth_time: seconds,
      iat: seconds,
      exp: seconds + 60,
      origin_jti: uuid,
      event_id: uuid,
      jti: uuid,
    });
    expect(access.payload).toEqual({
      sub: id.payload.sub,
      username: id.payload.sub,
      client_id: pool.clientId,
      scope: 'aws.cognito.signin.user.admin',
      token_use: 'access',
      iss: pool.issuer,
      auth_time: seconds,
      iat: seconds,
      exp: seconds + 60,
      origin_jti: id.payload.origin_jti,
      event_id: id.payload.event_id,
      jti: uuid,
    });
    expect(id.protectedHeader).toEqual({ alg: 'RS256', kid: (await pool.jwks()).keys[0] && id.protectedHeader.kid });
  });

  it('keeps a name that is no e-mail address, and says that an address is not verified', async () => {
    const { session: tokens } = await session(pool, 'plain', PASSWORD, 'USER_SRP_AUTH');
    expect(tokens.getIdToken().payload).toMatchObject({ 'cognito:username': 'plain', email_verified: false });
  });

  it.each([
    ['in another case', 'USER@example.com'],
    ['by an alias', 'known@example.com'],
    ['called like a property of every object', '__proto__'],
  ])('finds a user %s', async (_, username) => {
    expect(await refusal(session(pool, username, PASSWORD, 'USER_SRP_AUTH'))).toBe('success');
  });

  it.each([
    ['a wrong password', 'user@example.com', 'grüße-123!', INCORRECT],
    ['an unknown user', 'nobody@example.com', PASSWORD, 'UserNotFoundException: User does not exist.'],
    ['an unknown user with a telling name', 'constructor', PASSWORD, 'UserNotFoundException: User does not exist.'],
    ['an unconfirmed user', 'unconfirmed@example.com', PASSWORD, 'UserNotConfirmedException: User is not confirmed.'],
    ["an unconfirmed user's wrong password", 'unconfirmed@example.com', 'wrong', INCORRECT],
  ])('refuses %s', async (_, username, password, expected) => {
    expect(await refusal(login(pool, username, password))).toBe(expected);
  });

  it('takes a proof once', async () => {
    const answer = await proof(pool, 'plain', PASSWORD);
    expect(await refused(call(pool, 'RespondToAuthChallenge', answer))).toBe('success');
    expect(await refused(call(pool, 'RespondToAuthChallenge', answer))).toBe(
      'NotAuthorizedException: Invalid session for the user, session can only be used once.',
    );
  });

  it('uses the secret block up on a wrong proof', async () => {
    const answer = await proof(pool, 'plain', PASSWORD);
    const wrong = { ...answer.ChallengeResponses, PASSWORD_CLAIM_SIGNATURE: 'AAAA' };
    expect(await refused(call(pool, 'RespondToAuthChallenge', { ...answer, ChallengeResponses: wrong }))).toBe(
      INCORRECT,
    );
    expect(await refused(call(pool, 'RespondToAuthChallenge', answer))).toContain('session can only be used once');
  });

  it('forgets an exchange after three minutes', async () => {
    const [early, late] = [await proof(pool, 'plain', PASSWORD), await proof(pool, 'plain', PASSWORD)];
    time += 179_000;
    expect(await refused(call(pool, 'RespondToAuthChallenge', early))).toBe('success');
    time += 1000;
    expect(await refused(call(pool, 'RespondToAuthChallenge', late))).toBe(
      'NotAuthorizedException: Invalid session for the user, session is expired.',
    );
  });

  it.each<[string, Record<string, string>, string]>([
    ['for another user', { USERNAME: 'user@example.com' }, INCORRECT],
    ['for an unknown user', { USERNAME: 'nobody' }, INCORRECT],
    [
      'under an unknown secret block',
      { PASSWORD_CLAIM_SECRET_BLOCK: 'AAAA' },
      'NotAuthorizedException: Invalid session for the user.',
    ],
    [
      'without a signature',
      { PASSWORD_CLAIM_SIGNATURE: '' },
      'InvalidParameterException: Missing required parameter PASSWORD_CLAIM_SIGNATURE',
    ],
    [
      'with a date in another form',
      { TIMESTAMP: '2015-08-30T12:36:00Z' },
      'InvalidParameterException: TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.',
    ],
  ])('refuses a right proof %s', async (_, changes, expected) => {
    const answer = await proof(pool, 'plain', PASSWORD);
    const responses = { ...answer.ChallengeResponses, ...changes };
    expect(await refused(call(pool, 'RespondToAuthChallenge', { ...answer, ChallengeResponses: responses }))).toBe(
      expected,
    );
  });

  it.each(['0', 'not hex', ''])('refuses the public value %p', async (srpA) => {
    const answer = call(pool, 'InitiateAuth', {
      AuthFlow: 'USER_SRP_AUTH',
      ClientId: pool.clientId,
      AuthParameters: { USERNAME: 'plain', SRP_A: srpA },
    });
    expect(await refused(answer)).toMatch(/^InvalidParameterException: .*SRP_A/);
  });
});
