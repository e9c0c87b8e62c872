/** One attempt at a request: signs and sends it, and the requests that redirects lead to. */
import { SigV4ClientError } from '../errors.js';
import type { SignedRequest } from '../sigv4/index.js';
import type { Deadline } from '../util/index.js';
import { isStream } from './body.js';
import { firstHop, isRedirect, nextHop, unsignedRequest } from './redirect.js';
import type { Hop, RefuseRedirect } from './redirect.js';
import { discardBody, followedRedirect, markRedirected } from './response.js';
import type { AttemptSigner } from './signer.js';
import type { HttpRequest, Outcome } from './types.js';

/** The means by which attempts are made. */
export interface Transport {
  /** Sends the requests. */
  readonly fetch: typeof fetch;
  /** Whether `fetch` is the app's own, which may follow redirects though it is asked not to. */
  readonly isCustomFetch: boolean;
  /** The options of `fetch` beside method, headers and body. */
  readonly init: RequestInit;
  /** Runs a step of the call. */
  readonly step: Deadline['step'];
  /** Called for each attempt, just before it is sent. */
  readonly onSend: () => void;
  /** Makes the error for a redirect that cannot be followed. */
  readonly refuse: RefuseRedirect;
}

/** The outcome of an attempt, and the request that it belongs to. */
export type Exchange = Outcome & {
  /** The request as it was sent last. */
  readonly sent: SignedRequest;
  /** Whether that request was signed; it was not where a redirect had led to another origin. */
  readonly isSigned: boolean;
};

/**
 * Makes an attempt. Redirects are followed here and not by fetch, which would send the session token to any origin: within the
 * origin the next request is signed anew, and another origin gets nothing of the signature (RFC 9110, section 15.4). The call's
 * option `redirect` means what it means to fetch.
 * @param request The request.
 * @param signer Signs it.
 * @param transport Sends it.
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
      if (failure instanceof SigV4ClientError) throw failure; // such as `SessionChanged`, where the user has logged out
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
    const followed = followedRedirect(result, sent.url);
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
