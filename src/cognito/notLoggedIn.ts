/** The errors `NotLoggedIn` of functions that need a user who is logged in. */
import { AuthError } from '../errors.js';

/**
 * The error where nobody is logged in.
 * @param isUnderWay Whether a login is running, which the app may have forgotten to await.
 */
export function noUser(isUnderWay: boolean): AuthError {
  const advice = isUnderWay ? 'A login is still under way: await it' : 'Call login(username, password)';
  return new AuthError('NotLoggedIn', `No user is logged in. ${advice} first.`);
}

/** The error where the given user is not the one who is logged in. */
export const notThisUser = (): AuthError =>
  new AuthError('NotLoggedIn', 'This user is no longer logged in. Call getCurrentUser() again.');

/** The error where a given token is not that of the user who is logged in, and no identity pool is configured to take it. */
export const notTheirToken = (): AuthError =>
  new AuthError(
    'NotLoggedIn',
    'userToken: expected the token of the user who is logged in, got another. ' +
      'Others need cognito.USER_POOL_ID, and no option credentials.',
  );
