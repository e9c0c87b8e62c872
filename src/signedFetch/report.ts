/** Makes the errors of a call. */
import { RequestError } from '../errors.js';
import type { Explanation } from '../util/index.js';
import type { PreparedRequest } from './types.js';

const NETWORK_ADVICE =
  ' Check the network and the URL; in a browser, a refusal without CORS headers looks like this as well.';

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
      return new RequestError('NetworkError', message(`from ${origin}`) + NETWORK_ADVICE, details);
    },
    refuseRedirect: (why) => refuseRedirect({ method, url: href }, why, report.attempts),
    late() {
      const details = { method, url: href, attempts: report.attempts };
      return new RequestError('Timeout', message(`within ${timeout} ms`), details);
    },
  };
  return report;
}
