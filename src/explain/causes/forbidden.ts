/** Refusals that give no reason. */
import type { Explanation } from '../../util/index.js';
import { hideSecrets } from '../compare/index.js';
import type { Answer, Signed } from '../read/index.js';

/**
 * Explains a bare `Forbidden`.
 * @returns `undefined` where the answer has another text, or may come from the app.
 */
export function explainForbidden(answer: Answer, signed: Signed): Explanation | undefined {
  const { message, type, status, isBare } = answer;
  const isGateways = type === 'Forbidden' || (isBare && status === 403);
  if (!isGateways || message.trim().toLowerCase() !== 'forbidden') return undefined;
  const stage = hideSecrets(signed.url?.pathname.split('/')[1] ?? '');
  const path = stage === '' ? 'the URL names no stage' : `the path begins with the stage ${JSON.stringify(stage)}`;
  const hasApiKey = signed.headers.has('x-api-key');
  const reasons = [
    stageReason(stage, type, signed),
    hasApiKey
      ? 'the API key (x-api-key) is unknown, disabled, or in no usage plan of this stage'
      : 'the method requires an API key, and the request has no x-api-key',
    'AWS WAF blocks the request (its log names the rule)',
    'a CDN or proxy before the gateway sends another Host than the gateway knows (CloudFront: do not forward Host)',
    ...(type === '' ? reasonsWithoutType(signed) : []),
  ];
  return {
    code: 'Forbidden',
    cause:
      'The gateway refused the request without saying why. It does so before it looks at the signature for a wrong stage, a missing API key and a firewall.',
    difference: `not told; ${path}, and ${hasApiKey ? 'an' : 'no'} x-api-key was sent`,
    advice: `Check, in this order: ${reasons.map((reason, i) => `(${i + 1}) ${reason}`).join('; ')}.`,
  };
}

function stageReason(stage: string, type: string, { url }: Signed): string {
  const isAwsHost = (url?.hostname ?? '').includes('.execute-api.');
  const what = stage === '' ? 'missing: the URL names none' : `wrong: "${stage}" is the first part of the path`;
  if (!isAwsHost && type !== '') {
    return `the stage or the base path is ${what}, and the gateway has to know it (as a stage, or in the mapping of the custom domain name)`;
  }
  return stage === ''
    ? `the stage is ${what}, and the path has to begin with the name of one (only an HTTP API with the stage $default needs none)`
    : `the stage is ${what}, and the API has to have a stage of that name`;
}

/** Possible reasons where the answer names no error, as a REST API does: it may come from an HTTP API, or from the app. */
function reasonsWithoutType({ place }: Signed): string[] {
  return [
    `it is an HTTP API, which says no more than this to any ${place === 'none' ? 'missing' : 'wrong'} signature and any call that IAM does not allow`,
    'it is not the gateway, but the app behind it that answers so',
  ];
}
