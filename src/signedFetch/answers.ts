/** Answers that AWS itself may have given. What understands them is loaded with the first of them. */
import type * as Refused from './refused.js';

/** API Gateway refuses with 403, other services with 400 or 401 as well. */
export const REFUSAL_STATUSES: readonly number[] = [400, 401, 403];

/** `undefined` where it cannot be loaded: then the answer stands as it is. */
export function loadRefused(): Promise<typeof Refused | undefined> {
  return import('./refused.js').catch(() => undefined);
}
