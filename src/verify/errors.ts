/** The error of a wrong call of `verifyRequest`. */
import { describeValue, optionMessage, SigV4ClientError } from '../sigv4/index.js';

/**
 * `verifyRequest` was called wrongly, or its lookup gave what cannot be used. A bad request is not an error: its result is a refusal.
 * @example
 * try {
 *   return await verifyRequest(request, options);
 * } catch (error) {
 *   if (error instanceof VerifyError) console.error(`Mistake in this server (${error.code}): ${error.message}`);
 *   throw error;
 * }
 */
export class VerifyError extends SigV4ClientError {
  override readonly name = 'VerifyError';
  /** Whether the options (or the lookup's result) or the request have the wrong form. */
  declare readonly code: 'InvalidOption' | 'InvalidRequest';
}

/** Makes the error for an option that cannot be used, which names the option, what was expected and what came. */
export const optionError = (option: string, expected: string, came: unknown): VerifyError =>
  new VerifyError('InvalidOption', optionMessage(option, expected, describeValue(came, option)));
