import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import {
  adminCall,
  call,
  client,
  login,
  memoryStorage,
  promised,
  refresh,
  refusal,
  refused,
  session,
  tokensOf,
} from '../../support/userPoolHarness';
import { fakeDate } from '../../support/clocks';

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
      { username: 'user@example.com', password: PASSWORD },
      { username: 'plain', password: PASSWORD },
    ],
  });
});
afterAll(() => pool.stop());

describe('tokens over time', () => {
  it('are renewed by getSession with the refresh token', async () => {
    const storage = memoryStorage();
    // The client library asks the device's clock, which is the pool's here.
    fakeDate(time);
    try {
      await login(pool, 'plain', PASSWORD, 'USER_SRP_AUTH', storage);
      const user = client(pool, 'plain', storage).userPool.getCurrentUser()!;
      const get = async () => {
        const given = await promised<{ getAccessToken(): { payload: Record<string, unknown> } }>((callback) => {
          user.getSession(callback);
        });
        return given.getAccessToken().payload;
      };
      const first = await get();
      expect((await get()).jti).toBe(first.jti);
      time += 61_000;
      jest.setSystemTime(time);
      const later = await get();
      expect(later.jti).not.toBe(first.jti);
      expect(later).toMatchObject({ origin_jti: first.origin_jti, auth_time: first.auth_time });
    } finally {
      jest.useRealTimers();
    }
  });

  it.each(['=', '==', '\n', '!', '.'])('are good as they were issued, and not with %j behind them', async (more) => {
    const { AccessToken } = await tokensOf(pool, 'plain', PASSWORD);
    expect(await refused(call(pool, 'GetUser', { AccessToken }))).toBe('success');
    expect(await refused(call(pool, 'GetUser', { AccessToken: AccessToken + more }))).toBe(
      'NotAuthorizedException: Invalid Access Token',
    );
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
