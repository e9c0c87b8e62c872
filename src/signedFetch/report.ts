/** Makes the errors of a call. */
import { RequestError } from '../errors.js';
import type { Explanation } from '../util/index.js';
import { isCrossOrigin } from './page.js';
import type { PreparedRequest } from './types.js';

const ADVICE = ' Check the network and the URL.';
/** In a page that calls another origin, nobody but the browser knows whether there was an answer. */
const PAGE_ADVICE = ' Check the network and the URL; a refusal without CORS headers looks like this as well.';

/**
 * The error for a redirect that cannot be followed.
 * @param request What was called.
 * @param why The end of a sentence that begins with "the API answered with a redirect".
 * @param attempts How many times the request was sent. Default 1.
 * @returns RequestError `InvalidResponse`
 */
export function refuseRedirect(request: { method: string; url: string }, why: string, attempts = 1): RequestError {
  const { method, url } = request;
  const message = `${method} ${new URL(url).pathname}: the API answered with a redirect ${why}. Call the final URL instead.`;
  return new RequestError('InvalidResponse', message, { method, url, attempts });
}

/** Counts a call's attempts, and makes its errors. */
export interface Report {
  /** How often the request has been sent. */
  attempts: number;
  /** Makes the error where no answer came. */
  readonly noAnswer: (
    cause: unknown,
    details: { readonly secrets: readonly string[]; readonly explanation?: Explanation | undefined },
  ) => RequestError;
  /** Makes the error for a redirect that cannot be followed; see `refuseRedirect` for `why`. */
  readonly refuseRedirect: (why: string) => RequestError;
  /** Makes the error where the time is up. */
  readonly late: () => RequestError;
}

/**
 * Starts the report of a call. It does not keep the request or its body alive, since a timer may keep the report for a long time.
 * @param request The request.
 */
export function createReport({ method, url: { href, origin, pathname }, timeout }: PreparedRequest): Report {
  const message = (where: string): string => {
    const count = report.attempts > 1 ? ` in ${report.attempts} attempts` : '';
    return `${method} ${pathname}: no answer ${where}${count}.`;
  };
  const report: Report = {
    attempts: 0,
    noAnswer(cause, { secrets, explanation }) {
      const details = { method, url: href, attempts: report.attempts, cause, explanation, secrets };
      const advice = isCrossOrigin(new URL(href)) ? PAGE_ADVICE : ADVICE;
      return new RequestError('NetworkError', message(`from ${origin}`) + advice, details);
    },
    refuseRedirect: (why) => refuseRedirect({ method, url: href }, why, report.attempts),
    late() {
      const details = { method, url: href, attempts: report.attempts };
      return new RequestError('Timeout', message(`within ${timeout} ms`), details);
    },
  };
  return report;
}
