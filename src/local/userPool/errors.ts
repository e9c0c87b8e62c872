/** What the local user pool refuses with, in AWS's names and words. */
import { SigV4ClientError } from '../../sigv4/index.js';
import { AwsJsonError } from '../http/index.js';

/** A user pool could not be started, or was asked for what it does not have. */
export class UserPoolError extends SigV4ClientError {
  override readonly name: string = 'UserPoolError';
  declare readonly code: 'InvalidOption' | 'MissingPackage' | 'NoAuthenticator';
}

/** The answer to a wrong password, and to everything that must not be told apart from one. */
export const INCORRECT_LOGIN = 'Incorrect username or password.';

export const notAuthorized = (message: string): AwsJsonError => new AwsJsonError('NotAuthorizedException', message);

export const invalidParameter = (message: string): AwsJsonError =>
  new AwsJsonError('InvalidParameterException', message);

export const userNotFound = (): AwsJsonError => new AwsJsonError('UserNotFoundException', 'User does not exist.');

export const expiredCode = (): AwsJsonError =>
  new AwsJsonError('ExpiredCodeException', 'Invalid code provided, please request a code again.');

/** AWS's own words for cognito-local's, by exception name; the rest pass as they are. */
const MENDED: Readonly<Record<string, string>> = {
  UserNotFoundException: 'User does not exist.',
  UsernameExistsException: 'User account already exists',
  CodeMismatchException: 'Invalid verification code provided, please try again.',
};

/**
 * Turns a refusal of cognito-local into ours.
 *
 * @param error whatever its router threw; a fault is returned as it is
 */
export function mended(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  if (!error.code.endsWith('Exception')) return error;
  return new AwsJsonError(error.code, MENDED[error.code] ?? error.message, { cause: error });
}
