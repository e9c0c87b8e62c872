/** Why a response is a refusal by the gateway, for errors to carry. */
import type { Explanation } from '../explain.js';
import type { SignedRequest } from '../sigV4Client.js';
import { REFUSAL_STATUSES } from './refusal.js';

/**
 * Explains a refusal. What does so is loaded with the first one, since most apps never meet any.
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
  try {
    const { explain } = await import('../explain.js');
    return explain({ status, headers, body: text }, signed);
  } catch {
    return undefined; // it could not be loaded, and the refusal itself matters more
  }
}
