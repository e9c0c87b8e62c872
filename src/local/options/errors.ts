/** The error of an option that a local service cannot work with. */
import { describeValue, SigV4ClientError } from '../../sigv4/index.js';

/** A local service was given an option that it cannot work with. */
export class LocalAwsError extends SigV4ClientError {
  override readonly name = 'LocalAwsError';
  declare readonly code: 'InvalidOption';
}

/** Makes the error of an option from its name, what was expected and what came. */
export type MakeOptionError = (option: string, expected: string, came: unknown) => SigV4ClientError;

/** The message about an option: numbers are shown, such as those of `tokenLifetimeSeconds`, but for a password's or a secret's. */
export function describeOption(option: string, expected: string, came: unknown): string {
  const isNumber = typeof came === 'number';
  const isSecret = /(password|secret)$/i.test(option);
  const shown = isNumber && !isSecret ? String(came) : describeValue(came, isSecret ? 'secretKey' : option);
  return `${option}: expected ${expected}, got ${shown}`;
}

export const optionError: MakeOptionError = (option, expected, came) =>
  new LocalAwsError('InvalidOption', describeOption(option, expected, came));
