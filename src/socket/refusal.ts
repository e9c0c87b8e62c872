/** Why a connection was refused: a page is told nothing but the code 1006, and a plain request of the same address gets the reason. */
import { explainRefusal, readErrorText } from '../signedFetch/index.js';
import type { AttemptSigner } from '../signedFetch/index.js';
import type { SignedRequest } from '../sigv4/index.js';
import type { Explanation } from '../util/index.js';

/** What was found out. */
export interface FoundRefusal {
  /** Whether the clock was corrected or the credentials renewed, so that connecting again makes sense. */
  readonly canRecover: boolean;
  /** Why it was refused; `undefined` where no gateway has refused it. */
  readonly explanation: Explanation | undefined;
}

/**
 * Sends the signed request over HTTP. API Gateway refuses it with the same words; it does nothing but refuse a request that is no
 * handshake.
 * @param signed The request to connect, signed in its query.
 * @param attempts What has signed it.
 * @param signal Ends the request.
 */
export async function findRefusal(
  signed: SignedRequest,
  attempts: AttemptSigner,
  signal: AbortSignal | undefined,
): Promise<FoundRefusal> {
  const request = { ...signed, url: signed.url.replace(/^ws/, 'http') }; // the signature covers no scheme
  let response: Response;
  try {
    response = await fetch(request.url, { redirect: 'manual', cache: 'no-store', ...(signal && { signal }) });
  } catch (networkError) {
    return { canRecover: false, explanation: await explainRefusal({ networkError }, signed, { signer: 'functions' }) };
  }
  const { status, headers } = response;
  const body = await readErrorText(response);
  if (await attempts.recover(response, false)) return { canRecover: true, explanation: undefined };
  return {
    canRecover: false,
    explanation: await explainRefusal({ status, headers, body }, request, { signer: 'functions' }),
  };
}
