/** Signs and sends what axios is about to send, and follows redirects. */
import type { AxiosInstance, AxiosRequestConfig, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import {
  firstHop,
  isRedirect,
  nextHop,
  REFUSAL_STATUSES,
  refuseRedirect,
  rememberSent,
  unsignedRequest,
} from '../signedFetch/index.js';
import type { AttemptSigner, Hop, HttpRequest, RequestSigner } from '../signedFetch/index.js';
import { startDeadline } from '../util/index.js';
import type { Deadline } from '../util/index.js';
import type { SignedRequest } from '../sigv4/index.js';
import { followSignals } from './cancellation.js';
import { explained, readText } from './explained.js';
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
  /** Runs one step of the call, which its signal ends. */
  readonly step: Deadline['step'];
  /** How often it was sent. */
  sends: number;
}

/** The outcome of an attempt. */
interface Attempt extends Settled {
  /** The last request. */
  readonly sent: SignedRequest;
  /** Whether the last request was signed; it was not where a redirect had led to another origin. */
  readonly isSigned: boolean;
  /** Whether the server may have acted already, since it has answered with a redirect before. */
  readonly mayHaveActed: boolean;
}

/**
 * Makes the function that signs and sends.
 * @param sender An axios instance without interceptors and defaults, which only finds the adapter by its name and calls it.
 * @param signer Signs the requests.
 * @returns A function that takes a config that is about to be sent and its adapter, and gives the response.
 */
export function createSend(
  sender: AxiosInstance,
  signer: RequestSigner,
): (config: InternalAxiosRequestConfig, adapter: Adapter) => Promise<AxiosResponse> {
  /** Makes an attempt. Redirects are followed here: adapters would send the session token to any origin, some without a trace. */
  async function makeAttempt(request: HttpRequest, call: Call): Promise<Attempt> {
    const { config, adapter, attempts, step } = call;
    const isFollowing = config.maxRedirects !== 0 && redirectMode(config) === 'follow';
    const started = Date.now();
    for (let hop = firstHop(request); ;) {
      const sent = hop.isSigned ? await step(() => attempts.sign(hop)) : unsignedRequest(hop);
      const sentConfig = configForHop(call, hop, sent, started);
      call.sends++;
      const settled = await settle(sender.request(sentConfig), config, sent);
      const { response, error } = settled;
      if (!response) throw missingFetchAdapter(error, adapter) ?? (await explained(error, sent));
      rememberSent(response, { attempts: call.sends, signed: sent });
      const attempt = { ...settled, sent, isSigned: hop.isSigned, mayHaveActed: hop.redirects > 0 };
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

  async function perform(config: InternalAxiosRequestConfig, adapter: Adapter, { signal, step }: Deadline) {
    const request = await step(() => readConfig(config, sender.getUri(config), adapter));
    const attempts = signer.forRequest(request, signal);
    const call: Call = { config, adapter, attempts, step, sends: 0 };
    for (;;) {
      const { response, error, sent, isSigned, mayHaveActed } = await makeAttempt(request, call);
      if (response && isSigned && (await step(() => recover(attempts, response, mayHaveActed)))) continue;
      if (error !== undefined || !response) throw await explained(error, sent, response);
      return response;
    }
  }

  return async (config, adapter) => {
    const ending = followSignals(config);
    const deadline = startDeadline(ending.signal, undefined, () => undefined);
    try {
      return await perform(config, adapter, deadline);
    } finally {
      deadline.end();
      ending.end();
    }
  };
}

/**
 * The config of one hop's request.
 * @param started When the attempt began, by the device's clock: its timeout is that of all hops together.
 */
function configForHop({ config, adapter }: Call, hop: Hop, sent: SignedRequest, started: number): AxiosRequestConfig {
  const hopConfig = toSent(config, sent);
  leaveRedirects(hopConfig, adapter);
  if (!hop.isSigned) delete hopConfig.socketPath; // the socket is that of the first origin
  if (hop.redirects > 0 && config.timeout) {
    hopConfig.timeout = Math.max(config.timeout - (Date.now() - started), 1);
  }
  return hopConfig;
}

/** Prepares the next hop by the app's config: removes headers that must stay at their origin, and calls `beforeRedirect`. */
function prepareHop(hop: Hop, response: AxiosResponse<unknown>, { config }: Call, from: SignedRequest): Hop {
  const { url, method } = hop;
  if (!hop.isSigned) for (const name of config.sensitiveHeaders ?? []) hop.headers.delete(name);
  const { beforeRedirect } = config as { beforeRedirect?: (...details: object[]) => void };
  if (!beforeRedirect) return hop;
  // `beforeRedirect` gets the same arguments as from follow-redirects.
  const { protocol, hostname, port, pathname, search, href } = url;
  const headers = Object.fromEntries(hop.headers);
  const options = { protocol, hostname, port, path: pathname + search, href, method, headers };
  const answered = { headers: Object.fromEntries(headersOf(response)), statusCode: response.status };
  beforeRedirect(options, answered, { url: from.url, method: from.method, headers: {} });
  return { ...hop, headers: toHeaders(options.headers) };
}

/** Acts on a refusal, and gives whether signing and sending the request again makes sense. */
async function recover(
  attempts: AttemptSigner,
  response: AxiosResponse<unknown>,
  mayHaveActed: boolean,
): Promise<boolean> {
  const { status } = response;
  if (!REFUSAL_STATUSES.includes(status)) return false;
  const text = await readText(response);
  if (text === undefined) return false;
  return attempts.recover(new Response(text, { status, headers: headersOf(response) }), mayHaveActed);
}
