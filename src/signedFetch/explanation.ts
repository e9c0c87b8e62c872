/** Why the gateway refused, for errors to carry. What explains is loaded when first needed, since most apps never need it. */
import type { Explanation, Refusal } from '../explain/index.js';
import type { SignedRequest } from '../sigv4/index.js';
import { REFUSAL_STATUSES } from './answers.js';

/**
 * Explains why a gateway refused, or why fetch got no answer where a browser may be hiding a refusal.
 * @param refusal The response, or what fetch threw.
 * @param signed The request, as it was signed.
 * @returns `undefined` where it is no refusal of a gateway.
 */
export async function explanationOf(refusal: Refusal, signed: SignedRequest): Promise<Explanation | undefined> {
  if ('status' in refusal && !REFUSAL_STATUSES.includes(refusal.status)) return undefined;
  try {
    const { explain } = await import('../explain/index.js');
    return explain(refusal, signed);
  } catch {
    return undefined; // it could not be loaded, and the error itself matters more
  }
}
