/** Why the gateway refused, for errors to carry. What explains it is loaded when it is needed: most apps never need it. */
import type { SignedRequest } from '../sigv4/index.js';
import type { Explanation } from '../util/index.js';
import { isGatewayRefusal } from './gatewayRefusal.js';
import type { Answer } from './gatewayRefusal.js';
import { isCrossOrigin } from './page.js';

/**
 * Explains why a gateway refused, or why fetch got no answer where a browser may be hiding a refusal from the page. Nothing
 * is loaded for what the app itself answers.
 * @param refusal The answer, or what fetch threw.
 * @param signed The request, as it was signed.
 * @param isOpen Whether the app wanted it sent without a signature.
 * @returns `undefined` where it is no refusal of a gateway, or what explains it cannot be loaded.
 */
export async function explainRefusal(
  refusal: Answer | { readonly networkError: unknown },
  signed: SignedRequest,
  isOpen = false,
): Promise<Explanation | undefined> {
  const isExplainable =
    'networkError' in refusal ? isCrossOrigin(new URL(signed.url)) : isRefused(refusal, signed, isOpen);
  if (!isExplainable) return undefined;
  try {
    const { findExplanation } = await import('../explain/findExplanation.js');
    return findExplanation(refusal, signed, Date.now, 'service');
  } catch {
    return undefined; // the error itself matters more
  }
}

/** What was sent without a signature, to where a redirect has led, is refused for other reasons. */
function isRefused(answer: Answer, { headers }: SignedRequest, isOpen: boolean): boolean {
  return (isOpen || 'Authorization' in headers) && isGatewayRefusal(answer);
}
