/** Whether a failure is one that another connection would meet as well. */
import { AuthError } from '../errors.js';
import { SigV4Error } from '../sigv4/index.js';

/**
 * Whether connecting anew makes no sense: nobody is logged in, an option is wrong, or a gateway has refused, even after the clock
 * was corrected and the credentials were renewed.
 * @param error Why a connection failed; `undefined` for one that was lost.
 */
export function isFinal(error: unknown): boolean {
  if (error instanceof AuthError) return error.code !== 'Unreachable' && error.code !== 'TooManyAttempts';
  if (error instanceof SigV4Error) return true;
  const { explanation } = Object(error) as { explanation?: { code?: unknown } };
  return explanation !== undefined && explanation.code !== 'CorsHidden'; // what a page may not see may also be a server that is down
}
