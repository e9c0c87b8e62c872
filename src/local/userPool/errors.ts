/** The errors of the local user pool. Those that clients get have AWS's names and words. */
import { SigV4ClientError } from '../../sigv4/index.js';
import type { MakeOptionError } from '../../util/index.js';
import { AwsJsonError } from '../http/index.js';
import { describeOption } from '../options/index.js';

/**
 * A local user pool could not be started, or was asked for the code of an authenticator app that there is not.
 * @example
 * if (error instanceof UserPoolError && error.code === 'NoAuthenticator') console.error('This user has no authenticator app');
 */
export class UserPoolError extends SigV4ClientError {
  override readonly name: string = 'UserPoolError';
  declare readonly code: 'InvalidOption' | 'NoAuthenticator';
}

/** Makes the `UserPoolError` for an option of the user pool. */
export const userPoolOptionError: MakeOptionError = (option, expected, came) =>
  new UserPoolError('InvalidOption', describeOption(option, expected, came));

/** The answer to a wrong password, and to everything that must look the same to the client. */
export const INCORRECT_LOGIN = 'Incorrect username or password.';

export const notAuthorized = (message: string): AwsJsonError => new AwsJsonError('NotAuthorizedException', message);

export const invalidParameter = (message: string): AwsJsonError =>
  new AwsJsonError('InvalidParameterException', message);

export const userNotFound = (): AwsJsonError => new AwsJsonError('UserNotFoundException', 'User does not exist.');

export const invalidSession = (): AwsJsonError => notAuthorized('Invalid session for the user.');

/** The answer during a lockout after wrong passwords. */
export const passwordAttemptsExceeded = (): AwsJsonError => notAuthorized('Password attempts exceeded');

/** The answer during a lockout after wrong second factors. */
export const factorAttemptsExceeded = (): AwsJsonError =>
  notAuthorized('Too many invalid credentials attempts. User temporarily locked. Please try again after few seconds.');

/** The answer after too many wrong codes, or too many requests for codes. */
export const attemptLimitExceeded = (): AwsJsonError =>
  new AwsJsonError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');

export const usedTotpCode = (): AwsJsonError =>
  new AwsJsonError('ExpiredCodeException', 'Your software token has already been used once.');

export const expiredCode = (): AwsJsonError =>
  new AwsJsonError('ExpiredCodeException', 'Invalid code provided, please request a code again.');

const WRONG_CODE = 'Invalid verification code provided, please try again.';

export const wrongCode = (): AwsJsonError => new AwsJsonError('CodeMismatchException', WRONG_CODE);

/** The answer to a wrong code of a second factor. */
export const wrongFactorCode = (): AwsJsonError =>
  new AwsJsonError('CodeMismatchException', 'Invalid code received for user');
