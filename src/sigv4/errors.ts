/** The errors of input that cannot be signed: each names the option, what was expected and what came, and shows no secret. */
import { describeName, describeValue } from './values.js';

/** The same symbol in all copies of this library. */
const MARK = Symbol.for('sigv4-client.error');

/** Each code has a page below this address. */
const HELP = 'https://sigv4-client.example/e/';

/** The address of a code's page. */
export const helpUrl = (code: string): string => HELP + code;

/**
 * Base of every error of this library: a literal `code`, the `cause` kept, and never a secret in its message.
 * @example
 * if (error instanceof SigV4ClientError) console.error(error.name, error.code, error.message);
 */
export class SigV4ClientError extends Error {
  /** The name of the error's class. */
  override readonly name: string = 'SigV4ClientError';
  /** What went wrong, as a literal to switch on. */
  readonly code: string;
  /**
   * The address of the code's page: what it means, how it comes about, what to do. Consoles show it beside the message; it is for
   * developers, so that it is not in the message.
   */
  readonly helpUrl: string;

  /**
   * @param code What went wrong.
   * @param message What happened and what to do.
   * @param options `cause`: what was caught. Default: none.
   */
  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message);
    this.code = code;
    this.helpUrl = helpUrl(code);
    Object.defineProperty(this, MARK, { value: true }); // not enumerable, so that nothing prints it
    if (options.cause !== undefined) Object.defineProperty(this, 'cause', { value: options.cause });
  }
}

/**
 * Whether a value is an error of this library, also one of another copy of it. An app can load two, such as one as an ES module and one
 * as CommonJS, whose classes `instanceof` tells apart.
 * @param error Whatever was caught.
 * @param names The names of classes. Default: any.
 */
export function isErrorNamed(error: unknown, names?: readonly string[]): boolean {
  const { name, [MARK]: isOurs } = Object(error) as { name?: string; [MARK]?: boolean };
  return isOurs === true && (names === undefined || names.includes(name ?? ''));
}

/**
 * The message of every error of an option.
 * @param option Its name.
 * @param expected What it can be.
 * @param came What came, as it may be shown.
 */
export const optionMessage = (option: string, expected: string, came: string): string =>
  `${describeName(option)}: expected ${expected}, got ${came}`;

/** Which part of the input cannot be used. */
export type SigV4ErrorCode =
  | 'InvalidCredentials'
  | 'InvalidEndpoint'
  | 'UnsupportedPlatform'
  | 'InvalidOption'
  | 'InvalidMethod'
  | 'InvalidPath'
  | 'InvalidQuery'
  | 'InvalidHeader'
  | 'InvalidBody'
  | 'InvalidDate'
  | 'InvalidExpiresIn';

/**
 * An option or a request that cannot be used: the message names the `option`, what was expected and what came.
 * @example
 * try {
 *   client.signRequest({ method: 'POST', path: '/notes', body });
 * } catch (error) {
 *   if (error instanceof SigV4Error) console.error(`${error.option} is unusable (${error.code})`);
 * }
 */
export class SigV4Error extends SigV4ClientError {
  override readonly name = 'SigV4Error';
  /** Which part of the input cannot be used. */
  override readonly code: SigV4ErrorCode;
  /** The option's name, such as `endpoint` or `headers['X-Note']`. */
  readonly option: string;

  /**
   * @param code Which part of the input cannot be used.
   * @param option The option's name.
   * @param expected What it can be.
   * @param came What was given; the message shows it only where that gives no secret away.
   * @param cause What was caught. Default: nothing.
   */
  constructor(code: SigV4ErrorCode, option: string, expected: string, came: unknown, cause?: unknown) {
    super(code, optionMessage(option, expected, describeValue(came, option)), { cause });
    this.code = code;
    this.option = describeName(option);
  }
}

/** Makes the error of an option from its name, what was expected and what came. */
export type MakeOptionError = (option: string, expected: string, came: unknown) => SigV4ClientError;

/**
 * The error of an option that cannot be used.
 * @param option Its name.
 * @param expected What it can be.
 * @param came What came.
 * @returns SigV4Error `InvalidOption`
 */
export function invalidOption(option: string, expected: string, came: unknown): SigV4Error {
  return new SigV4Error('InvalidOption', option, expected, came);
}
