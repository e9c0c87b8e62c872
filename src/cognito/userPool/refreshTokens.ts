/** Trading a refresh token for new tokens. */
import { callAws, ServiceError, USER_POOL_SERVICE } from '../shared/index.js';
import type { CallOptions, UserPoolConfig } from '../shared/index.js';
import { readTokens } from './tokens.js';
import type { Tokens } from './tokens.js';

/** Errors that refuse the token and not the operation, so that the other operation would give them too. */
const REFUSES_TOKEN =
  /^(NotAuthorized|RefreshTokenReuse|UserNotFound|UserNotConfirmed|PasswordResetRequired)Exception$/;

/**
 * Makes the function that trades a refresh token for new tokens.
 * @param config The user pool.
 * @param options How to call it.
 * @returns A function that takes the refresh token and, where the pool remembers devices, the device's key. It calls
 *   `GetTokensFromRefreshToken`, which works with and without rotation, or `REFRESH_TOKEN_AUTH` where the pool's policy forbids
 *   that operation, or an emulator does not know it.
 */
export function createRefresh(
  { clientId, endpoint }: UserPoolConfig,
  options: CallOptions,
): (refreshToken: string, deviceKey: string | null) => Promise<Tokens> {
  let isForbidden = false;

  const call = (operation: string, input: object): Promise<Record<string, unknown>> =>
    callAws(endpoint, USER_POOL_SERVICE + operation, { ClientId: clientId, ...input }, options);

  async function trade(refreshToken: string, deviceKey: string | null): Promise<Record<string, unknown>> {
    const device = deviceKey === null ? {} : { DeviceKey: deviceKey };
    return call('GetTokensFromRefreshToken', { RefreshToken: refreshToken, ...device });
  }

  async function authenticate(refreshToken: string, deviceKey: string | null): Promise<Record<string, unknown>> {
    const device = deviceKey === null ? {} : { DEVICE_KEY: deviceKey };
    const AuthParameters = { REFRESH_TOKEN: refreshToken, ...device };
    return call('InitiateAuth', { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters });
  }

  return async (refreshToken, deviceKey) => {
    if (isForbidden)
      return readTokens((await authenticate(refreshToken, deviceKey)).AuthenticationResult, refreshToken);
    try {
      return readTokens((await trade(refreshToken, deviceKey)).AuthenticationResult, refreshToken);
    } catch (error) {
      const { status = 0, code = '' } = error instanceof ServiceError ? error : {};
      const isOperationRefused = status >= 400 && status < 500 && status !== 429 && !REFUSES_TOKEN.test(code);
      if (!isOperationRefused || /^(TooManyRequests|LimitExceeded)/.test(code)) throw error;
      const tokens = readTokens((await authenticate(refreshToken, deviceKey)).AuthenticationResult, refreshToken);
      isForbidden = true;
      return tokens;
    }
  };
}
