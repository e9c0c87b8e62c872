/** The error for an option that a local service cannot work with. */
import { describeValue, optionMessage, SigV4ClientError } from '../../sigv4/index.js';
import { looksSecret } from '../../util/index.js';
import type { MakeOptionError } from '../../util/index.js';

/**
 * A local service was given an option that it cannot work with, such as a port that another program has, or a damaged state file.
 * @example
 * const aws = await startLocalAws({ port: 3001 }).catch((error) => {
 *   if (error instanceof LocalAwsError && error.code === 'PortInUse') return startLocalAws();
 *   throw error;
 * });
 */
export class LocalAwsError extends SigV4ClientError {
  override readonly name = 'LocalAwsError';
  declare readonly code: 'InvalidOption' | 'InvalidState' | 'PortInUse';
}

/** Finds names of options, misspelt ones among them, whose number may be a password or a secret. */
const SECRET = /pass(?!wordPolicy)|secret/i;

/** Options whose text is a name or a choice. */
const SHOWN =
  /(^|\.)(region|stage|basePath|payloadFormat|mfa|(userPool|client|identityPool|relyingParty)Id|(auth|first)\w+s|customAttributes|attributes|userVerification|developerProvider|frontend|Effect|Version)$/;
const LONGEST_SHOWN = 60;

/**
 * The message about an option. Numbers are shown, such as those of `tokenLifetimeSeconds`, but for those that may be secret; text
 * where it is a name or a choice, and does not look like a secret that stands there by mistake.
 */
export function describeOption(option: string, expected: string, came: unknown): string {
  if (SECRET.test(option)) return optionMessage(option, expected, describeValue(came, 'secretKey'));
  const isName = typeof came === 'string' && SHOWN.test(option) && came.length <= LONGEST_SHOWN && !looksSecret(came);
  if (isName) return optionMessage(option, expected, JSON.stringify(came));
  return optionMessage(option, expected, typeof came === 'number' ? String(came) : describeValue(came, option));
}

/**
 * The same error for whoever gave a part its options: with the part's name, as in `userPool.users[0].password`.
 * @param error What the part threw: any error other than that of an option stays as it is.
 * @param part The part's name.
 * @param shared Options that do not stand under the part.
 */
export function withPart(error: unknown, part: string, shared: readonly string[]): unknown {
  if (!(error instanceof SigV4ClientError) || error.code !== 'InvalidOption') return error;
  const option = /^\w*/.exec(error.message)![0];
  if (shared.includes(option)) return error;
  const Kind = error.constructor as new (code: string, message: string) => SigV4ClientError;
  return new Kind(error.code, `${part}.${error.message}`);
}

/** Makes the `LocalAwsError` for an option. */
export const optionError: MakeOptionError = (option, expected, came) =>
  new LocalAwsError('InvalidOption', describeOption(option, expected, came));
