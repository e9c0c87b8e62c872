/** Calls of a user pool's operations, and waiting for what a user pool answers. */
import { withTimeout } from '../../util/index.js';
import { callOnce, toAuthError, USER_POOL_SERVICE } from '../shared/index.js';
import type { CallOptions, UserPoolConfig } from '../shared/index.js';

/** Calls a user pool. */
export interface UserPoolCalls {
  /** Calls an operation, without another attempt where that fails. */
  readonly call: (operation: string, input: object) => Promise<Record<string, unknown>>;
  /** Waits for an answer, up to the timeout; what it rejects with becomes an `AuthError`. */
  readonly waitFor: <T>(doing: string, answer: Promise<T>, secrets: readonly string[]) => Promise<T>;
}

/**
 * Makes the functions that call a user pool.
 * @param config The user pool.
 * @param options How to call it.
 */
export function createUserPoolCalls({ endpoint }: UserPoolConfig, options: CallOptions): UserPoolCalls {
  return {
    call: (operation, input) => callOnce(endpoint, USER_POOL_SERVICE + operation, input, options),
    async waitFor(doing, answer, secrets) {
      try {
        return await withTimeout(answer, options.timeout);
      } catch (error) {
        throw toAuthError(error, { service: 'user pool', doing, endpoint, secrets });
      }
    },
  };
}
