/** The error of a wrong call. A bad request is no error but a refusal. */
import { describeValue, SigV4ClientError } from '../sigv4/index.js';

/** Thrown where `verifyRequest` was called wrongly; a bad request is not an error but a refusal. */
export class VerifyError extends SigV4ClientError {
  override readonly name = 'VerifyError';
  /** Whether an option or the request has not the form that is asked for. */
  declare readonly code: 'InvalidOption' | 'InvalidRequest';
}

/** The error of an option that cannot be used: names it, what was expected and what came. */
export const invalidOption = (option: string, expected: string, came: unknown): VerifyError =>
  new VerifyError('InvalidOption', `${option}: expected ${expected}, got ${describeValue(came, option)}`);
