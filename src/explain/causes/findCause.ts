/** Tries each of the explanations in turn. */
import type { Explanation } from '../../util/index.js';
import type { Answer, Signed } from '../read/index.js';
import { explainAccessDenied, explainDenial } from './access.js';
import { explainAuthorizer } from './authorizer.js';
import { explainTime } from './clock.js';
import { explainCloudFront } from './cloudFront.js';
import { explainCredentials } from './credentials.js';
import { explainForbidden } from './forbidden.js';
import { explainMismatch, explainRefusedSignature } from './mismatch.js';
import { explainScope } from './scope.js';
import { API_GATEWAY, serviceOf, textsOf } from './services/index.js';
import { explainUnsigned } from './unsigned.js';

/**
 * Finds out why a request was refused.
 * @param now The device's clock, in milliseconds since 1970.
 * @returns `undefined` where the answer is no refusal of a gateway.
 */
export function findCause(answer: Answer, signed: Signed, now: () => number): Explanation | undefined {
  if (isMismatch(answer)) return explainMismatch(answer, signed);
  const time = now();
  const service = serviceOf(signed);
  return (
    explainTime(answer, signed, time) ??
    explainScope(answer, signed) ??
    explainUnsigned(answer, signed, service) ??
    explainCredentials(answer, signed) ??
    explainDenial(answer, signed, service) ??
    // These read the service's own texts, for which another service's advice would mislead.
    (service === API_GATEWAY ? explainApiGateway(answer, signed) : textsOf(service)?.explain?.(answer, signed)) ??
    explainCloudFront(answer, signed) ??
    // This one is last, since it only knows the type of the error.
    (isSignatureRefused(answer) ? explainRefusedSignature(answer, signed, time) : undefined)
  );
}

const explainApiGateway = (answer: Answer, signed: Signed): Explanation | undefined =>
  explainAuthorizer(answer) ?? explainAccessDenied(answer) ?? explainForbidden(answer, signed);

const isMismatch = ({ canonical, message }: Answer): boolean =>
  canonical !== undefined || message.includes('signature we calculated does not match');

const isSignatureRefused = ({ type }: Answer): boolean =>
  type === 'InvalidSignature' || type === 'SignatureDoesNotMatch';
