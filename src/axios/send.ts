/** Signs and sends what axios is about to send, and what redirects lead to. */
import type { AxiosInstance, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import {
  firstHop,
  isRedirect,
  nextHop,
  REFUSAL_STATUSES,
  refuseRedirect,
  unsignedRequest,
} from '../signedFetch/index.js';
import type { AttemptSigner, Hop, HttpRequest, RequestSigner } from '../signedFetch/index.js';
import { typeTag } from '../sigv4/index.js';
import type { SignedRequest } from '../sigv4/index.js';
import { leaveRedirects, missingFetchAdapter, redirectMode } from './adapter.js';
import type { Adapter } from './adapter.js';
import { readConfig, toHeaders, toSent } from './request.js';
import { answeredFrom, discard, headersOf, settle } from './response.js';
import type { Settled } from './response.js';

/** A call of axios. */
interface Call {
  readonly config: InternalAxiosRequestConfig;
  /** The adapter that the app has chosen. */
  readonly adapter: Adapter;
  readonly attempts: AttemptSigner;
}

/** What came of an attempt. */
interface Attempt extends Settled {
  /** Whether what was sent last was signed: it was not where a redirect has led to another origin. */
  readonly isSigned: boolean;
  /** Whether the server has answered with a redirect before, so that it has acted. */
  readonly mayHaveActed: boolean;
}

/**
 * Makes what sends.
 * @param sender An instance that adds nothing of its own: it finds the adapter by its name and calls it.
 * @param signer Signs.
 * @returns What takes a config that is about to be sent and its adapter, and gives the response.
 */
export function createSend(
  sender: AxiosInstance,
  signer: RequestSigner,
): (config: InternalAxiosRequestConfig, adapter: Adapter) => Promise<AxiosResponse> {
  /** Redirects are followed here: adapters would take the session token along to any origin, and some do not tell of them. */
  async function makeAttempt(request: HttpRequest, call: Call): Promise<Attempt> {
    const { config, adapter, attempts } = call;
    const isFollowing = config.maxRedirects !== 0 && redirectMode(config) === 'follow';
    const started = Date.now();
    for (let hop = firstHop(request); ;) {
      const sent = hop.isSigned ? await attempts.sign(hop) : unsignedRequest(hop);
      const sentConfig = toSent(config, sent);
      leaveRedirects(sentConfig, adapter);
      if (!hop.isSigned) delete sentConfig.socketPath; // which leads to the first origin
      if (hop.redirects > 0 && config.timeout) {
        sentConfig.timeout = Math.max(config.timeout - (Date.now() - started), 1); // it is that of all of them
      }
      const settled = await settle(sender.request(sentConfig), config, sent);
      const { response, error } = settled;
      if (!response) throw missingFetchAdapter(error, adapter) ?? error;
      const attempt = { ...settled, isSigned: hop.isSigned, mayHaveActed: hop.redirects > 0 };
      if (!isFollowing) return attempt;

      const refuse = (why: string): Error => refuseRedirect(sent, why);
      if (response.status === 0) throw refuse('which a page may not see');
      const from = answeredFrom(response, sent.url);
      const to = new URL(sent.url);
      if (hop.isSigned && from.origin !== to.origin) {
        discard(response);
        throw refuse('to another origin, and this adapter has followed it by itself, with the session token');
      }
      const status: number = response.status;
      const location = headersOf(response).get('location');
      if (!isRedirect(status, location)) {
        return { ...attempt, mayHaveActed: attempt.mayHaveActed || from.href !== to.href };
      }
      discard(response);
      hop = prepareHop(nextHop(hop, { status, location }, refuse, config.maxRedirects), response, call, sent);
    }
  }

  return async (config, adapter) => {
    const request = await readConfig(config, sender.getUri(config), adapter);
    const attempts = signer.forRequest(request);
    for (;;) {
      const { response, error, isSigned, mayHaveActed } = await makeAttempt(request, { config, adapter, attempts });
      if (response && isSigned && (await recover(attempts, response, mayHaveActed))) continue;
      if (error !== undefined || !response) throw error;
      return response;
    }
  };
}

/** What the app has to say: which of its headers stay at their origin, and its own `beforeRedirect`. */
function prepareHop(hop: Hop, response: AxiosResponse<unknown>, { config }: Call, from: SignedRequest): Hop {
  const { url, method } = hop;
  if (!hop.isSigned) for (const name of config.sensitiveHeaders ?? []) hop.headers.delete(name);
  const { beforeRedirect } = config as { beforeRedirect?: (...details: object[]) => void };
  if (!beforeRedirect) return hop;
  // As follow-redirects calls it.
  const { protocol, hostname, port, pathname, search, href } = url;
  const headers = Object.fromEntries(hop.headers);
  const options = { protocol, hostname, port, path: pathname + search, href, method, headers };
  const answered = { headers: Object.fromEntries(headersOf(response)), statusCode: response.status };
  beforeRedirect(options, answered, { url: from.url, method: from.method, headers: {} });
  return { ...hop, headers: toHeaders(options.headers) };
}

/** Acts on a refusal; gives whether signing and sending the request again makes sense. */
async function recover(
  attempts: AttemptSigner,
  response: AxiosResponse<unknown>,
  mayHaveActed: boolean,
): Promise<boolean> {
  const { status, data } = response;
  if (!REFUSAL_STATUSES.includes(status)) return false;
  const isRead = typeof data === 'string' || /^(Uint8Array|ArrayBuffer|Blob)$/.test(typeTag(data));
  if (!isRead) return false; // a stream, which is the caller's to read
  return attempts.recover(new Response(data as BodyInit, { status, headers: headersOf(response) }), mayHaveActed);
}
