/** Finds the explanation that errors carry. The code for that is loaded when it is needed, which in most apps it never is. */
import type { SignedRequest } from '../sigv4/index.js';
import type { Explanation } from '../util/index.js';
import { isGatewayRefusal } from './gatewayRefusal.js';
import type { Answer } from './gatewayRefusal.js';
import { isCrossOrigin } from './page.js';

/** What an explanation depends on, beside the call. */
export interface ExplainContext {
  /** Whether the app asked for a request without a signature. Default false. */
  readonly isOpen?: boolean;
  /** What the app called, since advice names its options; `functions`: createSignedFetch, signAxios and sockets. Default `invokeApig`. */
  readonly signer?: 'functions' | 'invokeApig';
}

/**
 * Explains why a gateway refused, or why fetch got no answer where a browser may be hiding a refusal from the page. An error answer of
 * the app's own loads nothing.
 * @param refusal The answer, or what fetch threw.
 * @param signed The request, as it was signed.
 * @param context What was called.
 * @returns The explanation; `undefined` where it is no refusal of a gateway, or the code for explanations cannot be loaded.
 */
export async function explainRefusal(
  refusal: Answer | { readonly networkError: unknown },
  signed: SignedRequest,
  { isOpen = false, signer = 'invokeApig' }: ExplainContext = {},
): Promise<Explanation | undefined> {
  const isExplainable =
    'networkError' in refusal ? isCrossOrigin(new URL(signed.url)) : isSignedRefusal(refusal, signed, isOpen);
  if (!isExplainable) return undefined;
  try {
    const { findExplanation } = await import('../explain/findExplanation.js');
    return findExplanation(refusal, signed, Date.now, signer);
  } catch {
    return undefined; // the caller's error must not be lost because its explanation cannot be loaded
  }
}

/** Whether a gateway has refused the request. Requests that lost their signature by a redirect to another origin do not count. */
function isSignedRefusal(answer: Answer, { url, headers }: SignedRequest, isOpen: boolean): boolean {
  const isSigned = 'Authorization' in headers || /[?&]X-Amz-Signature=/.test(url);
  return (isOpen || isSigned) && isGatewayRefusal(answer);
}
