/** Refresh tokens that are traded for new ones, by AWS SDK v3's own client. */
import {
  AdminInitiateAuthCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  RefreshTokenReuseException,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool, UserPoolOptions } from '../../../src/local/userPool';
import { sdkClientOf } from '../../support/sdkClient';
import { refusal } from '../../support/userPoolHarness';

const [username, password] = ['user@example.com', 'Passw0rd!'];
let time = Date.parse('2030-01-02T03:04:05Z');
const pools: { stop(): Promise<void> }[] = [];
afterAll(() => Promise.all(pools.map((pool) => pool.stop())));

async function start(options: UserPoolOptions) {
  const pool: LocalUserPool = await startUserPool({ now: () => time, users: [{ username, password }], ...options });
  pools.push(pool);
  const client = sdkClientOf(pool);
  const { clientId: ClientId } = pool;
  const begin = (AuthFlow: 'USER_PASSWORD_AUTH' | 'REFRESH_TOKEN_AUTH', AuthParameters: Record<string, string>) =>
    client.send(new InitiateAuthCommand({ AuthFlow, ClientId, AuthParameters }));
  return {
    login: async () =>
      (await begin('USER_PASSWORD_AUTH', { USERNAME: username, PASSWORD: password })).AuthenticationResult!,
    refreshOldWay: (token = '') => begin('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: token }),
    refreshAsAdministrator: (token = '') =>
      client.send(
        new AdminInitiateAuthCommand({
          ...{ UserPoolId: pool.userPoolId, ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH' },
          AuthParameters: { REFRESH_TOKEN: token },
        }),
      ),
    trade: (RefreshToken = '') => client.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken })),
    revoke: (Token = '') => client.send(new RevokeTokenCommand({ ClientId, Token })),
    userOf: (AccessToken = '') => client.send(new GetUserCommand({ AccessToken })),
  };
}

test('without rotation, all ways give new tokens for the same refresh token', async () => {
  const { login, refreshOldWay, refreshAsAdministrator, trade } = await start({});
  const { RefreshToken } = await login();
  for (const renew of [refreshOldWay, refreshAsAdministrator, trade]) {
    const { AuthenticationResult } = await renew(RefreshToken);
    expect(AuthenticationResult!.RefreshToken).toBeUndefined();
    expect(decodeJwt(AuthenticationResult!.IdToken!)).toMatchObject({ token_use: 'id', email: username });
  }
  expect(await refusal(trade('unknown'))).toBe('NotAuthorizedException: Invalid Refresh Token');
});

describe('with rotation', () => {
  test('the old way is closed, and the new one gives a new refresh token each time, of the same login', async () => {
    const { login, refreshOldWay, refreshAsAdministrator, trade } = await start({ refreshTokenRotation: true });
    const first = await login();
    for (const renew of [refreshOldWay, refreshAsAdministrator]) {
      expect(await refusal(renew(first.RefreshToken))).toMatch(
        /^InvalidParameterException: REFRESH_TOKEN_AUTH flow not enabled/,
      );
    }
    const second = (await trade(first.RefreshToken)).AuthenticationResult!;
    const third = (await trade(second.RefreshToken)).AuthenticationResult!;
    const all = [first, second, third];
    expect(new Set(all.map(({ RefreshToken }) => RefreshToken)).size).toBe(3);
    expect(new Set(all.map(({ AccessToken }) => decodeJwt(AccessToken!).origin_jti)).size).toBe(1);
  });

  test('a refresh token that was traded is no longer good', async () => {
    const { login, trade } = await start({ refreshTokenRotation: true });
    const { RefreshToken } = await login();
    await trade(RefreshToken);
    await expect(trade(RefreshToken)).rejects.toBeInstanceOf(RefreshTokenReuseException);
  });

  test('but for the grace period, in which it may be traded again; that does not make it longer', async () => {
    const { login, trade } = await start({ refreshTokenRotation: { graceSeconds: 30 } });
    const { RefreshToken } = await login();
    const both = await Promise.all([trade(RefreshToken), trade(RefreshToken)]);
    const next = both.map(({ AuthenticationResult }) => AuthenticationResult!.RefreshToken);
    expect(new Set(next).size).toBe(2);
    time += 29_000;
    expect(await refusal(trade(RefreshToken))).toBe('success');
    time += 1_000;
    await expect(trade(RefreshToken)).rejects.toBeInstanceOf(RefreshTokenReuseException);
    for (const token of next) expect(await refusal(trade(token))).toBe('success');
  });

  test('a login does not last longer for it', async () => {
    const { login, trade } = await start({ refreshTokenRotation: true, refreshTokenLifetimeSeconds: 3600 });
    let { RefreshToken } = await login();
    time += 1_800_000;
    ({ RefreshToken } = (await trade(RefreshToken)).AuthenticationResult!);
    time += 1_800_000;
    expect(await refusal(trade(RefreshToken))).toBe('NotAuthorizedException: Refresh Token has expired');
  });

  test('revoking any of its tokens ends the login', async () => {
    const { login, trade, revoke, userOf } = await start({ refreshTokenRotation: { graceSeconds: 60 } });
    const first = await login();
    const second = (await trade(first.RefreshToken)).AuthenticationResult!;
    await revoke(first.RefreshToken);
    expect(await refusal(trade(second.RefreshToken))).toBe('NotAuthorizedException: Refresh Token has been revoked');
    for (const { AccessToken } of [first, second]) {
      expect(await refusal(userOf(AccessToken))).toBe('NotAuthorizedException: Access Token has been revoked');
    }
  });

  test.each<[string, UserPoolOptions]>([
    ['refreshTokenRotation', { refreshTokenRotation: 30 as never }],
    ['refreshTokenRotation.graceSeconds', { refreshTokenRotation: { graceSeconds: 61 } }],
    ['refreshTokenRotation.grace', { refreshTokenRotation: { grace: 5 } as never }],
    ['authFlows', { refreshTokenRotation: true, authFlows: ['REFRESH_TOKEN_AUTH'] }],
  ])('%s: %o is refused', async (option, options) => {
    await expect(startUserPool(options)).rejects.toMatchObject({
      name: 'UserPoolError',
      code: 'InvalidOption',
      message: expect.stringContaining(`${option}: expected`) as string,
    });
  });
});
