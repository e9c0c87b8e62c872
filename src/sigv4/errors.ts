/** The errors of input that cannot be signed: each names the option, what was expected and what came, and shows no secret. */
import { describeName, describeValue } from './values.js';

/** Base of every error of this library: a literal `code`, the `cause` kept, and never a secret in its message. */
export class SigV4ClientError extends Error {
  /** The class's name. */
  override readonly name: string = 'SigV4ClientError';
  /** What went wrong, as a literal to switch on. */
  readonly code: string;

  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message);
    this.code = code;
    if (options.cause !== undefined) Object.defineProperty(this, 'cause', { value: options.cause });
  }
}

/** Which input cannot be signed. */
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

/** Input that cannot be signed: the message names the `option`, what was expected and what came. */
export class SigV4Error extends SigV4ClientError {
  override readonly name = 'SigV4Error';
  /** Which input. */
  override readonly code: SigV4ErrorCode;
  /** The option's name, such as `endpoint` or `headers['X-Note']`. */
  readonly option: string;

  constructor(code: SigV4ErrorCode, option: string, expected: string, came: unknown, cause?: unknown) {
    super(code, `${describeName(option)}: expected ${expected}, got ${describeValue(came, option)}`, { cause });
    this.code = code;
    this.option = describeName(option);
  }
}
