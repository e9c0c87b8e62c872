/** Refusals by CloudFront, which may be in front of the gateway. */
import { isCloudFrontPage } from '../../util/index.js';
import type { Explanation } from '../../util/index.js';
import { hideSecrets } from '../compare/index.js';
import type { Answer, Signed } from '../read/index.js';

/**
 * Explains a refusal by CloudFront.
 * @returns `undefined` where the answer is no page of CloudFront.
 */
export function explainCloudFront(answer: Answer, signed: Signed): Explanation | undefined {
  const { isHtml, headers, message } = answer;
  if (!isHtml || !isCloudFrontPage(message, headers.get('server'))) return undefined;
  const { why, advice } = reasonOf(message, signed.method);
  return {
    code: 'BlockedByCloudFront',
    cause: `CloudFront refused the request before it reached the gateway: ${why}.`,
    advice,
  };
}

interface Reason {
  readonly why: string;
  readonly advice: string;
}

/**
 * The reason that CloudFront's page gives.
 * @param page The page's text.
 */
function reasonOf(page: string, method: string): Reason {
  if (page.includes('configured to allow the HTTP request method')) {
    return {
      why: `the distribution does not let ${hideSecrets(method)} through`,
      advice: 'Allow GET, HEAD, OPTIONS, PUT, POST, PATCH and DELETE in the behavior of this path.',
    };
  }
  if (page.includes('Request blocked')) {
    return {
      why: 'AWS WAF blocks it, or the host name is no alternate domain name of the distribution',
      advice:
        "Look into the log of the distribution's web ACL, and add the host name to its alternate domain names. API Gateway's edge-optimized endpoints are CloudFront distributions, too: do not forward Host to them.",
    };
  }
  if (page.includes('block access from your country')) {
    return {
      why: 'its geographic restrictions do not admit this country',
      advice: 'Change the geographic restrictions of the distribution.',
    };
  }
  return {
    why: 'it does not say why',
    advice:
      'Check the host name (an alternate domain name of the distribution?), the path (a behavior for it?), the method, and that a GET has no body. Do not forward Host to API Gateway.',
  };
}
