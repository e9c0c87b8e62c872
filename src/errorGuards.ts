/**
 * Tells whether a caught value is an error of this library, whichever copy of it made the error: an app can load one as an ES module
 * and one as CommonJS, and `instanceof` tells their classes apart.
 */
import type { ApigError, AuthError, LoginChallengeError, RequestError } from './errors.js';
import { isErrorNamed } from './sigv4/index.js';
import type { SigV4ClientError, SigV4Error } from './sigv4/index.js';

/**
 * Whether a value is any error of this library.
 * @param error Whatever was caught.
 * @returns Whether it has a `code` of this library's.
 * @throws Nothing of its own, whatever it is given.
 * @example
 * if (isSigV4ClientError(error)) console.error(error.name, error.code, error.message);
 */
export const isSigV4ClientError = (error: unknown): error is SigV4ClientError => isErrorNamed(error);

/**
 * Whether a value is a `SigV4Error`: an option or a request that cannot be used.
 * @param error Whatever was caught.
 * @returns Whether it is one, of any copy of this library.
 * @throws Nothing of its own, whatever it is given.
 * @example
 * if (isSigV4Error(error)) console.error(`${error.option} is unusable (${error.code})`);
 */
export const isSigV4Error = (error: unknown): error is SigV4Error => isErrorNamed(error, ['SigV4Error']);

/**
 * Whether a value is an `ApigError`: the API answered with something other than 2xx.
 * @param error Whatever was caught.
 * @returns Whether it is one, of any copy of this library.
 * @throws Nothing of its own, whatever it is given.
 * @example
 * if (isApigError(error) && error.status === 404) return undefined;
 */
export const isApigError = (error: unknown): error is ApigError => isErrorNamed(error, ['ApigError']);

/**
 * Whether a value is a `RequestError`: no usable answer came.
 * @param error Whatever was caught.
 * @returns Whether it is one, of any copy of this library.
 * @throws Nothing of its own, whatever it is given.
 * @example
 * if (isRequestError(error) && error.code === 'Timeout') show('The server takes too long.');
 */
export const isRequestError = (error: unknown): error is RequestError => isErrorNamed(error, ['RequestError']);

/**
 * Whether a value is an `AuthError`: a login, a token or credentials that could not be got. A `LoginChallengeError` is one as well.
 * @param error Whatever was caught.
 * @returns Whether it is one, of any copy of this library.
 * @throws Nothing of its own, whatever it is given.
 * @example
 * if (isAuthError(error) && error.code === 'SessionExpired') showLogin();
 */
export const isAuthError = (error: unknown): error is AuthError =>
  isErrorNamed(error, ['AuthError', 'LoginChallengeError']);

/**
 * Whether a value is a `LoginChallengeError`: the login asks for something for which there is no callback.
 * @param error Whatever was caught.
 * @returns Whether it is one, of any copy of this library.
 * @throws Nothing of its own, whatever it is given.
 * @example
 * if (isLoginChallengeError(error)) console.error(error.callback);
 */
export const isLoginChallengeError = (error: unknown): error is LoginChallengeError =>
  isErrorNamed(error, ['LoginChallengeError']);
