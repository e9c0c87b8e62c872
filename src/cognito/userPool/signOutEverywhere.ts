/** Signing a user out on all devices. */
import { callAws, ServiceError, USER_POOL_SERVICE } from '../shared/index.js';
import type { CallOptions } from '../shared/index.js';
import { expiryIn } from './sessionExpiry.js';
import type { Tokens } from './tokens.js';

/**
 * Makes every refresh and access token of a user invalid.
 * @param tokens The user's tokens.
 * @param refresh Trades the refresh token for new tokens, where the access token has expired.
 * @param endpoint The user pool's endpoint.
 * @param options How to call it.
 * @throws AuthError, but not where the tokens are invalid already
 */
export async function signOutEverywhere(
  { accessToken, refreshToken }: Tokens,
  refresh: (refreshToken: string) => Promise<Tokens>,
  endpoint: string,
  options: CallOptions,
): Promise<void> {
  const signOut = (token: string) =>
    callAws(endpoint, USER_POOL_SERVICE + 'GlobalSignOut', { AccessToken: token }, options);
  try {
    await signOut(accessToken).catch(async (error: unknown) => {
      if (!(error instanceof ServiceError) || error.code !== 'NotAuthorizedException') throw error;
      await signOut((await refresh(refreshToken)).accessToken); // the access token had expired
    });
  } catch (error) {
    expiryIn(error, 'Signing out everywhere', endpoint, refreshToken); // the tokens are invalid already
  }
}
