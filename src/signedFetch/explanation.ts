/** Why the gateway refused, for errors to carry. What explains is loaded when first needed, since most apps never need it. */
import type { Explanation, Refusal } from '../explain.js';
import type { SignedRequest } from '../sigV4Client.js';
import { REFUSAL_STATUSES } from './refusal.js';

/**
 * Explains a refusal.
 * @param response The response; its body is given as `text`.
 * @param signed The request that it answers, as it was signed.
 * @returns `undefined` where it is no refusal of a gateway.
 */
export async function explanationOf(
  { status, headers }: Response,
  text: string,
  signed: SignedRequest | undefined,
): Promise<Explanation | undefined> {
  if (signed === undefined || !REFUSAL_STATUSES.includes(status)) return undefined;
  return explained({ status, headers, body: text }, signed);
}

/**
 * Explains why fetch got no answer, where a browser may be hiding a refusal.
 * @param failure What fetch threw.
 * @param signed The request, as it was signed.
 * @returns `undefined` for any other failure of the network.
 */
export function explanationOfFailure(failure: unknown, signed: SignedRequest): Promise<Explanation | undefined> {
  return explained({ networkError: failure }, signed);
}

async function explained(refusal: Refusal, signed: SignedRequest): Promise<Explanation | undefined> {
  try {
    const { explain } = await import('../explain.js');
    return explain(refusal, signed);
  } catch {
    return undefined; // it could not be loaded, and the error itself matters more
  }
}
