/** Reads from the answer to a login's first message what the app client allows. */
import type { Answer } from '../prober.js';

/** Whether the client allows the flow; where that cannot be told, why. */
export type FlowVerdict = 'allowed' | 'not allowed' | 'no client' | 'has a secret' | 'unclear';

/**
 * Reads the answer to `InitiateAuth` in the name of nobody: whoever is told that the user or the token is wrong may use the flow.
 * @param answer The answer.
 */
export function readFlow({ status, code, message }: Answer): FlowVerdict {
  if (status === 200) return 'allowed'; // a challenge: the pool hides who exists
  if (code === 'ResourceNotFoundException') return 'no client';
  if (code === 'NotAuthorizedException') return /secret/i.test(message) ? 'has a secret' : 'allowed';
  if (code === 'UserNotFoundException' || code === 'UserLambdaValidationException') return 'allowed';
  return code === 'InvalidParameterException' && /not (?:enabled|supported)/i.test(message) ? 'not allowed' : 'unclear';
}
