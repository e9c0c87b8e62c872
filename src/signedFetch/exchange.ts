/** One attempt at a request: it is signed and sent, and so is what redirects lead to. */
import { SigV4ClientError } from '../errors.js';
import type { SignedRequest } from '../sigv4/index.js';
import type { Deadline } from '../util/index.js';
import { isStream } from './body.js';
import { firstHop, isRedirect, nextHop, unsignedRequest } from './redirect.js';
import type { Hop, RefuseRedirect } from './redirect.js';
import { discardBody, hasFollowed, markRedirected } from './response.js';
import type { AttemptSigner } from './signer.js';
import type { HttpRequest, Outcome } from './types.js';

/** What attempts are made with. */
export interface Transport {
  /** What sends. */
  readonly fetch: typeof fetch;
  /** Whether it is the app's own, of which no one knows whether it leaves redirects to us. */
  readonly isCustomFetch: boolean;
  /** What it is given beside method, headers and body. */
  readonly init: RequestInit;
  /** Takes a step of the call. */
  readonly step: Deadline['step'];
  /** Is called for each attempt, just before it is sent. */
  readonly onSend: () => void;
  /** Makes the error for a redirect that cannot be followed. */
  readonly refuse: RefuseRedirect;
}

/** What came of an attempt, and of which request. */
export type Exchange = Outcome & {
  /** The request as it was sent last. */
  readonly sent: SignedRequest;
  /** Whether that was signed: it was not where a redirect has led to another origin. */
  readonly isSigned: boolean;
};

/**
 * Makes an attempt. Redirects are followed here and not by fetch, which would take the session token along to any origin:
 * within the origin what they lead to is signed afresh, and another origin gets nothing of the signature (RFC 9110, section
 * 15.4). What the call states as `redirect` holds as with fetch.
 * @param request The request.
 * @param signer Signs it.
 * @param transport What it is sent with.
 * @throws RequestError for a redirect that cannot be followed, and whatever else ends the call
 */
export async function makeAttempt(
  request: HttpRequest,
  signer: AttemptSigner,
  { fetch: sendOnce, isCustomFetch, init, step, onSend, refuse }: Transport,
): Promise<Exchange> {
  const isFollowing = (init.redirect ?? 'follow') === 'follow';
  const own: RequestInit = isFollowing ? { redirect: 'manual' } : {};

  async function send({ url, method, headers, body }: SignedRequest): Promise<Response | { failure: unknown }> {
    try {
      const streamed = isStream(body) ? { duplex: 'half' } : {};
      return await sendOnce(url, { ...init, ...own, ...streamed, method, headers, body: body ?? null });
    } catch (failure) {
      if (failure instanceof SigV4ClientError) throw failure; // such as for a user who has logged out
      return { failure };
    }
  }

  for (let hop: Hop = firstHop(request); ;) {
    const sent = hop.isSigned ? await step(() => signer.sign(hop)) : unsignedRequest(hop);
    if (hop.redirects === 0) onSend();
    const result = await step(() => send(sent));
    const exchange = { sent, isSigned: hop.isSigned };
    const hasActed = hop.redirects > 0;
    if ('failure' in result)
      return { ...exchange, ...result, mayHaveActed: hasActed || (isCustomFetch && isFollowing) };
    if (!isFollowing) return { ...exchange, response: result, mayHaveActed: false };

    if (result.type === 'opaqueredirect') throw refuse('which a page may not see');
    const followed = hasFollowed(result, sent.url);
    if (followed === 'elsewhere' && hop.isSigned) {
      discardBody(result);
      throw refuse('to another origin, and this fetch has followed it by itself, with the session token');
    }
    const { status } = result;
    const location = result.headers.get('location');
    if (!isRedirect(status, location)) {
      if (hasActed) markRedirected(result);
      return { ...exchange, response: result, mayHaveActed: hasActed || followed !== 'no' };
    }
    discardBody(result);
    hop = nextHop(hop, { status, location }, refuse);
    if (init.mode === 'same-origin' && !hop.isSigned) throw refuse("to another origin, against mode: 'same-origin'");
  }
}
