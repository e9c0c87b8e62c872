/** Refusals that a browser hides from the page. */
import { parseAmzDate } from '../../sigv4/index.js';
import { areFarApart } from '../../util/index.js';
import type { Explanation } from '../../util/index.js';
import { hideSecrets } from '../compare/index.js';
import type { Signed } from '../read/index.js';
import { API_GATEWAY, serviceOf, textsOf } from './services/index.js';
import { showDuration, showTime } from './timeText.js';

/** The messages of Chrome, Firefox, Safari and axios. Node's `fetch failed` is none of them, since Node has no CORS. */
const HIDDEN = /Failed to fetch|NetworkError when attempting to fetch|^Load failed|^Network Error$/;
/** Headers that pages may send without the server's permission (Fetch Standard, "CORS-safelisted request-header"). */
const SAFELISTED = /^(accept|accept-language|content-language|range)$/;
/** How many causes deep to look: causes may form a circle. */
const MAX_DEPTH = 4;

/**
 * Explains an error of a browser's fetch, behind which there may be a refusal.
 * @param error What fetch threw.
 * @param signed The signed request.
 * @param now The device's clock, in milliseconds since 1970.
 * @returns `undefined` where the browser cannot be hiding a refusal.
 */
export function explainNetworkError(error: unknown, signed: Signed, now: () => number): Explanation | undefined {
  if (!isHidden(error)) return undefined;
  const pageOrigin = (globalThis as { location?: { origin?: string } }).location?.origin;
  const origin = signed.url?.origin.replace(/^ws/, 'http'); // a socket's refusal is asked for over HTTP
  if (pageOrigin !== undefined && pageOrigin === origin) return undefined; // no CORS within an origin
  const isMixed = pageOrigin?.startsWith('https:') && origin?.startsWith('http:');
  if (isSocket(signed)) return explainSocket(signed, now());
  return {
    code: 'CorsHidden',
    cause:
      'The browser shows the page no answer. Either there was none (offline, a wrong host name), or, more likely where the network is up, there was one without CORS headers: ' +
      (serviceOf(signed) === API_GATEWAY
        ? 'the refusals of API Gateway (403) have none until they are switched on, and '
        : '') +
      'a failed preflight (OPTIONS) looks the same.' +
      (isMixed ? ' Here the page is https and the API http, which browsers block as well.' : ''),
    difference: `Access-Control-Allow-Origin: missing in the answer of ${signed.url?.origin ?? 'the gateway'}, or in that to its preflight`,
    advice: [...adviceFor(signed, pageOrigin), ...adviceOnClock(signed, now())].join('\n'),
  };
}

/** Whether a page connects, and could not read why that was refused. */
const isSocket = ({ url }: Signed): boolean => url?.protocol === 'ws:' || url?.protocol === 'wss:';

/** A page cannot be given what it needs: a WebSocket API has no gateway responses, and what its function answers is not passed on. */
function explainSocket(signed: Signed, now: number): Explanation {
  return {
    code: 'CorsHidden',
    cause:
      'The connection did not open, and the browser shows the page no reason. Either nobody answered (offline, a wrong host name), or the connection was refused: a WebSocket API of API Gateway sends no CORS headers with its refusals.',
    difference: `Access-Control-Allow-Origin: missing in the answer of ${signed.url?.origin ?? 'the gateway'}`,
    advice: [
      "Look in the browser's network tab: the status of the request to connect is 403 where it was refused. Connect with the same credentials outside of a page, such as in Node: there the socket says why. CloudFront in front of the API, with a response headers policy for CORS and the option signedHost, lets pages read it too.",
      ...adviceOnClock(signed, now),
    ].join('\n'),
  };
}

const LOOK = "Look at the request in the browser's network tab: its status and body show the real refusal.";

function adviceFor(signed: Signed, pageOrigin: string | undefined): string[] {
  const service = serviceOf(signed);
  if (service !== API_GATEWAY) {
    const cors = textsOf(service)?.cors;
    return cors === undefined ? [LOOK] : [LOOK, `${cors} ${headersToAllow(signed)}.`];
  }
  return [
    `${LOOK} Then switch on, at the gateway, and deploy:`,
    `(1) Gateway responses DEFAULT_4XX and DEFAULT_5XX with the header Access-Control-Allow-Origin: ${pageOrigin ?? "your page's origin"} (and Access-Control-Expose-Headers: Date,x-amzn-ErrorType,x-amzn-RequestId), so that refusals can be read.`,
    `(2) An OPTIONS method on each resource, without IAM authorization and without an API key, that allows the method ${hideSecrets(signed.method)} and the headers ${headersToAllow(signed)}.`,
    '(3) Access-Control-Allow-Origin in what the API itself answers (with a Lambda proxy integration, the function has to add it).',
  ];
}

/** Advice to check the clock where it seems off: the page cannot read the answer, which would tell the right time. */
function adviceOnClock({ amzDate }: Signed, now: number): string[] {
  const time = parseAmzDate(amzDate);
  if (Number.isNaN(time)) return [];
  const off = now - time;
  const dated = `The request is dated ${showTime(time)}`;
  const side = off > 0 ? 'behind' : 'ahead of';
  return areFarApart(now, time)
    ? [
        `${dated}, ${showDuration(off)} ${side} this device's clock, which is known to be off by that. If the clock was set right since then, log in again, or reload the page.`,
      ]
    : [
        `${dated} by this device's clock. A gateway refuses what is more than 5 minutes off: compare it with the right time.`,
      ];
}

function headersToAllow({ headers }: Signed): string {
  const names = [...headers.keys()].filter((name) => !SAFELISTED.test(name)).sort();
  return names.length > 0 ? names.join(',') : 'authorization,content-type,x-amz-date,x-amz-security-token';
}

/** Whether the error, or one of its causes, has the message of a browser that shows no answer. */
function isHidden(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > MAX_DEPTH) return false;
  return HIDDEN.test(error.message) || isHidden(error.cause, depth + 1);
}
