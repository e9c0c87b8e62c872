/** The gateway's own answers, which differ among the kinds of APIs. */
import type { Refused } from '../../verify/index.js';
import type { Denial } from '../iam/index.js';

/** A call that a policy does not allow. */
export interface DeniedCall extends Denial {
  /** `arn:aws:sts::…:assumed-role/…`. */
  readonly userArn: string;
  /** The ARN of what was called. */
  readonly resource: string;
  /** The action that the caller needs permission for. Default: to invoke the API. */
  readonly action?: string;
}

/** What a gateway answers by itself. */
export interface Refusals {
  /** A request whose signature was refused. */
  readonly signatureRefused: (refused: Refused) => Response;
  /** The caller is known, but no policy lets them, or one denies it. */
  readonly accessDenied: (call: DeniedCall) => Response;
  /** The path does not begin with the stage, or the base path. */
  readonly noSuchStage: () => Response;
  /** The body is larger than AWS takes. */
  readonly bodyTooLarge: () => Response;
  /** A GET or HEAD with a body, which a `Request` cannot hold. */
  readonly bodyNotPassedOn: () => Response;
  /** The handler threw, or what it returned is not an answer. */
  readonly handlerFailed: () => Response;
  /** The target cannot be reached, or broke off before it answered. */
  readonly targetFailed: () => Response;
  /** The handler or the target took too long. */
  readonly timedOut: () => Response;
}

/** A refusal in JSON, with AWS's name for it where there is one. */
export function refusal(status: number, body: Readonly<Record<string, string>>, errorType?: string): Response {
  const type: Record<string, string> = errorType === undefined ? {} : { 'x-amzn-errortype': errorType };
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...type } });
}

/** The text of a refused signature, without what was expected. */
export const SIGNATURE_MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';

/** The text for a request with a body, whose method has none. */
export const BODY_NOT_PASSED_ON = 'A GET or HEAD request with a body is not passed on.';
