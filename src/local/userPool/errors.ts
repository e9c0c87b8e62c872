/** What the local user pool refuses with, in AWS's names and words. */
import { SigV4ClientError } from '../../sigv4/index.js';
import { AwsJsonError } from '../http/index.js';
import { describeOption } from '../options/index.js';
import type { MakeOptionError } from '../options/index.js';

/** A user pool could not be started, or was asked for what it does not have. */
export class UserPoolError extends SigV4ClientError {
  override readonly name: string = 'UserPoolError';
  declare readonly code: 'InvalidOption' | 'NoAuthenticator';
}

/** The error of an option of the user pool. */
export const userPoolOptionError: MakeOptionError = (option, expected, came) =>
  new UserPoolError('InvalidOption', describeOption(option, expected, came));

/** The answer to a wrong password, and to everything that must not be told apart from one. */
export const INCORRECT_LOGIN = 'Incorrect username or password.';

export const notAuthorized = (message: string): AwsJsonError => new AwsJsonError('NotAuthorizedException', message);

export const invalidParameter = (message: string): AwsJsonError =>
  new AwsJsonError('InvalidParameterException', message);

export const userNotFound = (): AwsJsonError => new AwsJsonError('UserNotFoundException', 'User does not exist.');

export const invalidSession = (): AwsJsonError => notAuthorized('Invalid session for the user.');

/** During a lockout after wrong passwords. */
export const passwordAttemptsExceeded = (): AwsJsonError => notAuthorized('Password attempts exceeded');

/** During a lockout after wrong second factors. */
export const factorAttemptsExceeded = (): AwsJsonError =>
  notAuthorized('Too many invalid credentials attempts. User temporarily locked. Please try again after few seconds.');

/** After too many wrong codes, or too many that were sent. */
export const attemptLimitExceeded = (): AwsJsonError =>
  new AwsJsonError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');

export const usedTotpCode = (): AwsJsonError =>
  new AwsJsonError('ExpiredCodeException', 'Your software token has already been used once.');

export const expiredCode = (): AwsJsonError =>
  new AwsJsonError('ExpiredCodeException', 'Invalid code provided, please request a code again.');

const WRONG_CODE = 'Invalid verification code provided, please try again.';

export const wrongCode = (): AwsJsonError => new AwsJsonError('CodeMismatchException', WRONG_CODE);

/** The same of a second factor. */
export const wrongFactorCode = (): AwsJsonError =>
  new AwsJsonError('CodeMismatchException', 'Invalid code received for user');
