import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { startUserPool } from '../../../src/local/userPool';
import type { CustomChallenge, LocalUserPool } from '../../../src/local/userPool';
import {
  adminCall,
  call,
  client,
  login,
  memoryStorage,
  promised,
  proof,
  refresh,
  refusal,
  refused,
  session,
  tokensOf,
} from '../../support/userPoolHarness';

const PASSWORD = 'Grüße-123!';
const INCORRECT = 'NotAuthorizedException: Incorrect username or password.';

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
    ['by an alias', 'plain@example.com'],
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

describe('tokens over time', () => {
  it('are renewed by getSession with the refresh token', async () => {
    const storage = memoryStorage();
    const short = await startUserPool({ users: [{ username: 'plain', password: PASSWORD }], tokenLifetimeSeconds: 1 });
    try {
      await login(short, 'plain', PASSWORD, 'USER_SRP_AUTH', storage);
      const user = client(short, 'plain', storage).userPool.getCurrentUser()!;
      const get = () =>
        promised<{ getAccessToken(): { payload: Record<string, unknown> } }>((callback) => {
          user.getSession(callback);
        });
      const first = (await get()).getAccessToken().payload;
      let later = first;
      while (later.jti === first.jti) {
        await wait(100);
        later = (await get()).getAccessToken().payload;
      }
      expect(later).toMatchObject({ origin_jti: first.origin_jti, auth_time: first.auth_time });
    } finally {
      await short.stop();
    }
  });

  it('expire', async () => {
    const { AccessToken, RefreshToken = '' } = await tokensOf(pool, 'plain', PASSWORD);
    time += 59_000;
    expect(await refused(call(pool, 'GetUser', { AccessToken }))).toBe('success');
    time += 1000;
    expect(await refused(call(pool, 'GetUser', { AccessToken }))).toBe(
      'NotAuthorizedException: Access Token has expired',
    );
    expect(await refused(refresh(pool, RefreshToken))).toBe('success');
    time += 540_000;
    expect(await refused(refresh(pool, RefreshToken))).toBe('NotAuthorizedException: Refresh Token has expired');
  });

  it('are refused when they are not what they should be', async () => {
    const { AccessToken, IdToken, RefreshToken = '' } = await tokensOf(pool, 'plain', PASSWORD);
    const [head, body, signature] = AccessToken.split('.') as [string, string, string];
    const forged = {
      ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object),
      username: 'user@example.com',
    };
    const invalid = [
      'nonsense',
      IdToken,
      RefreshToken,
      `${head}.${Buffer.from(JSON.stringify(forged)).toString('base64url')}.${signature}`,
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`,
    ];
    for (const token of invalid) {
      expect(await refused(call(pool, 'GetUser', { AccessToken: token }))).toBe(
        'NotAuthorizedException: Invalid Access Token',
      );
    }
    expect(await refused(refresh(pool, AccessToken))).toBe('NotAuthorizedException: Invalid Refresh Token');
  });

  it('are all revoked by GlobalSignOut', async () => {
    const { user } = await session(pool, 'user@example.com', PASSWORD);
    const elsewhere = await tokensOf(pool, 'user@example.com', PASSWORD);
    const someoneElse = await tokensOf(pool, 'plain', PASSWORD);
    await new Promise((onSuccess, onFailure) => {
      user.globalSignOut({ onSuccess, onFailure });
    });
    expect(await refused(refresh(pool, elsewhere.RefreshToken!))).toBe(
      'NotAuthorizedException: Refresh Token has been revoked',
    );
    for (const operation of ['GetUser', 'GlobalSignOut', 'ChangePassword', 'AssociateSoftwareToken', 'DeleteUser']) {
      const answer = call(pool, operation, {
        AccessToken: elsewhere.AccessToken,
        ProposedPassword: 'x',
        PreviousPassword: 'x',
      });
      expect(await refused(answer)).toBe('NotAuthorizedException: Access Token has been revoked');
    }
    expect(await refused(refresh(pool, someoneElse.RefreshToken!))).toBe('success');
    expect(await refusal(session(pool, 'user@example.com', PASSWORD))).toBe('success');
  });

  it("are revoked for one login by the client library's signOut", async () => {
    const { user, session: tokens } = await session(pool, 'plain', PASSWORD);
    const other = await tokensOf(pool, 'plain', PASSWORD);
    await promised((callback) => {
      user.signOut(callback as () => void);
    });
    expect(await refused(refresh(pool, tokens.getRefreshToken().getToken()))).toBe(
      'NotAuthorizedException: Refresh Token has been revoked',
    );
    expect(await refused(call(pool, 'GetUser', { AccessToken: tokens.getAccessToken().getJwtToken() }))).toBe(
      'NotAuthorizedException: Access Token has been revoked',
    );
    expect(await refused(refresh(pool, other.RefreshToken!))).toBe('success');
  });

  it('are not revoked by what is no refresh token', async () => {
    const { AccessToken } = await tokensOf(pool, 'plain', PASSWORD);
    const revoke = (Token: string) => refused(call(pool, 'RevokeToken', { Token, ClientId: pool.clientId }));
    expect(await revoke(AccessToken)).toBe('UnsupportedTokenTypeException: Unsupported token type');
    expect(await revoke('unknown')).toBe('success');
  });

  it('belong to one app client', async () => {
    const { RefreshToken = '' } = await tokensOf(pool, 'plain', PASSWORD);
    const { body } = await adminCall(pool, 'CreateUserPoolClient', {
      UserPoolId: pool.userPoolId,
      ClientName: 'another',
    });
    const other = (body.UserPoolClient as { ClientId: string }).ClientId;
    expect(await refused(refresh(pool, RefreshToken, other))).toBe('NotAuthorizedException: Invalid Refresh Token');
    expect(await refused(call(pool, 'RevokeToken', { Token: RefreshToken, ClientId: other }))).toMatch(
      /^UnauthorizedException/,
    );
  });
});

describe('the wire', () => {
  const preflight = 'cache-control,content-type,x-amz-target,x-amz-user-agent';

  it("answers a browser's preflight", async () => {
    const response = await fetch(pool.url, {
      method: 'OPTIONS',
      headers: {
        Origin: 'http://localhost:5173',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': preflight,
      },
    });
    expect(response.ok).toBe(true);
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(response.headers.get('access-control-allow-headers')).toBe(preflight);
  });

  it("has AWS's error shape, readable for browsers", async () => {
    const input = {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: pool.clientId,
      AuthParameters: { USERNAME: 'plain', PASSWORD: 'x' },
    };
    const { status, headers, body } = await call(pool, 'InitiateAuth', input, { Origin: 'http://localhost:5173' });
    expect(status).toBe(400);
    expect(body).toEqual({ __type: 'NotAuthorizedException', message: 'Incorrect username or password.' });
    expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(headers.get('x-amzn-errortype')).toBe('NotAuthorizedException:');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(headers.get('date')).toBe(new Date(time).toUTCString());
  });

  it.each<[string, string, unknown, string]>([
    ['an unknown operation', 'Nonsense', {}, 'UnknownOperationException'],
    ['to delete itself', 'DeleteUserPool', {}, 'UnknownOperationException'],
    ['an operation called like a property of every object', 'constructor', {}, 'UnknownOperationException'],
    ['no JSON', 'InitiateAuth', '{', 'SerializationException'],
    ['JSON that is no object', 'InitiateAuth', '[]', 'SerializationException'],
    ['no fields', 'InitiateAuth', {}, 'InvalidParameterException'],
    ['fields of the wrong kind', 'InitiateAuth', { AuthFlow: 1, ClientId: [] }, 'InvalidParameterException'],
    ['an unknown flow', 'InitiateAuth', { AuthFlow: 'X', ClientId: 'X' }, 'InvalidParameterException'],
    ['an unknown client', 'SignUp', { ClientId: 'X', Username: 'u', Password: 'p' }, 'ResourceNotFoundException'],
    ['an app client of another kind', 'SignUp', { ClientId: {} }, 'InvalidParameterException'],
  ])('refuses %s', async (_, operation, input, type) => {
    const { status, body } = await call(pool, operation, input);
    expect([status, body.__type]).toEqual([400, type]);
  });

  it('refuses another pool', async () => {
    const { status, body } = await adminCall(pool, 'ListUsers', { UserPoolId: 'us-east-1_other' });
    expect([status, body.__type]).toEqual([400, 'ResourceNotFoundException']);
  });

  it('serves the OpenID configuration of the issuer', async () => {
    const response = await fetch(`${pool.issuer}/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({
      issuer: pool.issuer,
      jwks_uri: `${pool.issuer}/.well-known/jwks.json`,
    });
  });
});

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
    const folder = mkdtempSync(join(tmpdir(), 'user-pool-test-'));
    process.env.TMPDIR = folder;
    try {
      const own = await startUserPool({ users: [{ username: 'plain', password: PASSWORD }] });
      await tokensOf(own, 'plain', PASSWORD);
      expect(readdirSync(folder)).toEqual([]);
      await own.stop();
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
      rmSync(folder, { recursive: true });
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
    [
      { userPoolId: 'eu-west-1_abc' },
      'userPoolId: expected us-east-1_ and letters or digits, got a string of 13 characters',
    ],
    [{ clientId: 'no-dash' }, 'clientId: expected letters and digits, got a string of 7 characters'],
    [{ tokenLifetimeSeconds: 0 }, 'tokenLifetimeSeconds: expected a whole number of seconds, 1 or more, got 0'],
    [
      { refreshTokenLifetimeSeconds: 1.5 },
      'refreshTokenLifetimeSeconds: expected a whole number of seconds, 1 or more, got 1.5',
    ],
    [{ mfa: 'on' as 'ON' }, 'mfa: expected OFF, OPTIONAL or ON, got a string of 2 characters'],
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
      'users[1].mfa: expected SMS, TOTP, EMAIL or a list of them, got a string of 3 characters',
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
      'users[0].attributes: expected standard names, or custom: and a name, got a string of 14 characters',
    ],
    [
      { customAttributes: 'custom:plan' as unknown as [] },
      'customAttributes: expected a list, got a string of 11 characters',
    ],
    [
      { customAttributes: ['plan'] },
      'customAttributes: expected names that begin with custom:, got a string of 4 characters',
    ],
    [
      { users: [user, user] },
      'users[1].username: expected a name that no earlier user has, got a string of 5 characters',
    ],
  ])('refuses %j', async (options, message) => {
    await expect(startUserPool(options)).rejects.toMatchObject({ code: 'InvalidOption', message });
  });
});
