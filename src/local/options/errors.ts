/** The error of an option that a local service cannot work with. */
import { describeValue, SigV4ClientError } from '../../sigv4/index.js';

/** A local service was given an option that it cannot work with, such as a port that another program has. */
export class LocalAwsError extends SigV4ClientError {
  override readonly name = 'LocalAwsError';
  declare readonly code: 'InvalidOption' | 'PortInUse';
}

/** Makes the error of an option from its name, what was expected and what came. */
export type MakeOptionError = (option: string, expected: string, came: unknown) => SigV4ClientError;

/** Options, misspelt ones too, whose number may be a password or a secret. */
const SECRET = /pass(?!wordPolicy)|secret/i;

/** The message about an option. Numbers are shown, such as those of `tokenLifetimeSeconds`, but for those that may be secret. */
export function describeOption(option: string, expected: string, came: unknown): string {
  const isSecret = SECRET.test(option);
  const isShown = typeof came === 'number' && !isSecret;
  const shown = isShown ? String(came) : describeValue(came, isSecret ? 'secretKey' : option);
  return `${option}: expected ${expected}, got ${shown}`;
}

/** The error of an option. */
export const optionError: MakeOptionError = (option, expected, came) =>
  new LocalAwsError('InvalidOption', describeOption(option, expected, came));
