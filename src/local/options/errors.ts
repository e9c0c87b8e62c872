/** The error for an option that a local service cannot work with. */
import { describeValue, SigV4ClientError } from '../../sigv4/index.js';

/**
 * A local service was given an option that it cannot work with, such as a port that another program has.
 * @example
 * try {
 *   aws = await startLocalAws({ port: 3001 });
 * } catch (error) {
 *   if (error instanceof LocalAwsError && error.code === 'PortInUse') aws = await startLocalAws();
 *   else throw error;
 * }
 */
export class LocalAwsError extends SigV4ClientError {
  override readonly name = 'LocalAwsError';
  declare readonly code: 'InvalidOption' | 'PortInUse';
}

/** Makes the error for an option from its name, what was expected and what came. */
export type MakeOptionError = (option: string, expected: string, came: unknown) => SigV4ClientError;

/** Finds names of options, misspelt ones among them, whose number may be a password or a secret. */
const SECRET = /pass(?!wordPolicy)|secret/i;

/** The message about an option. It shows numbers, such as that of `tokenLifetimeSeconds`, unless they may be secret. */
export function describeOption(option: string, expected: string, came: unknown): string {
  const isSecret = SECRET.test(option);
  const isShown = typeof came === 'number' && !isSecret;
  const shown = isShown ? String(came) : describeValue(came, isSecret ? 'secretKey' : option);
  return `${option}: expected ${expected}, got ${shown}`;
}

/** Makes the `LocalAwsError` for an option. */
export const optionError: MakeOptionError = (option, expected, came) =>
  new LocalAwsError('InvalidOption', describeOption(option, expected, came));
