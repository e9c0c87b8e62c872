/** A command line that cannot be understood. */
import { SigV4ClientError } from '../sigv4/index.js';

/** A command, an option or an argument that is missing, not known or not usable. */
export class UsageError extends SigV4ClientError {
  override readonly name = 'UsageError';
  declare readonly code: 'Usage';

  constructor(message: string, options?: { cause?: unknown }) {
    super('Usage', message, options);
  }
}
