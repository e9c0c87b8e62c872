/** The caller is known, but may not; or the gateway refuses without saying why. */
import type { Answer } from './refusal.js';
import type { Signed } from './signed.js';
import type { Explanation } from './types.js';

const DENIED =
  /User: (\S+) is not authorized to perform: ([\w-]+:[\w*]+)(?: on resource: (.+?))?(?=\s+(?:because|with an explicit)\b|\s*$)(?:\s+(because no .*? allows|with an explicit deny.*))?/s;

/** Explains a refusal by a policy, an authorizer, or without a reason. */
export function explainAccess(answer: Answer, signed: Signed): Explanation | undefined {
  const { message, type, status, isBare } = answer;
  const denied = DENIED.exec(message.slice(0, 4096));
  if (denied) return policyDenied(denied, signed);
  if (/User is not authorized to access this resource/i.test(message)) return authorizerRefused(message);
  if (type.startsWith('AccessDeniedException')) return deniedWithoutText();
  if (status === 401 && (type.startsWith('UnauthorizedException') || (isBare && message === 'Unauthorized'))) {
    return wrongAuthorizer(type !== '');
  }
  const isGateways = type.startsWith('ForbiddenException') || (isBare && status === 403);
  return isGateways && /^Forbidden$/i.test(message.trim()) ? forbidden(signed, type) : undefined;
}

function policyDenied([, user = '', action = '', resource, reason = '']: RegExpExecArray, signed: Signed): Explanation {
  const role = /:assumed-role\/([^/]+)\//.exec(user)?.[1];
  const who = role ? `the role ${role}` : user === 'anonymous' ? 'anonymous callers' : user;
  const what = resource === undefined ? action : `${action} on ${resource}`;
  const policy =
    /(?:in an?|no) ((?:identity|resource)-based policy|[\w ]*(?:endpoint|control|session) policy|permissions boundary)/i.exec(
      reason,
    )?.[1];
  // AWS masks the account's number.
  const statement = JSON.stringify({
    Effect: 'Allow',
    Action: action,
    Resource: (resource ?? '*').replace(/^(arn:[^:]*:[^:]*:[^:]*:)[^:]*\*[^:]*:/, '$1*:'),
  });
  const difference = `the ${policy ?? 'policies'} of ${who}: ${what}`;
  if (/explicit deny/i.test(reason)) {
    return {
      code: 'ExplicitDeny',
      cause: `The signature is good, but a policy forbids ${who} to call this: a Deny statement applies${policy ? ` in the ${policy}` : ''}.`,
      difference,
      advice: `Find the statement with "Effect": "Deny" that covers ${resource ?? action}, and narrow it. An Allow elsewhere does not outweigh it. Look at the role's policies, the API's resource policy, permissions boundaries and the organization's control policies.`,
    };
  }
  if (user === 'anonymous') {
    return {
      code: 'NotAuthorized',
      cause:
        "The API's resource policy allows no unsigned call from here, and the gateway counted this call as unsigned (anonymous).",
      difference,
      advice: `Check that the method has IAM authorization and that the API was deployed after it was switched on, and allow the caller (account, address range or VPC endpoint) in the API's resource policy: ${statement.replace('"Effect"', '"Principal":"*","Effect"')}${signed.place === 'none' ? '. The request was not signed, either.' : ''}`,
    };
  }
  const cognito = user.endsWith('/CognitoIdentityCredentials')
    ? ' It is a role of the Cognito identity pool: the one for authenticated users, for guests, or one that its rules choose.'
    : '';
  return {
    code: 'NotAuthorized',
    cause: `The signature is good, but no ${policy ?? 'policy'} allows ${who} to call this.${cognito}`,
    difference,
    advice: `Add this statement to a policy of ${who} (and widen it with * for the stage, method or path where that is meant): ${statement}`,
  };
}

function authorizerRefused(message: string): Explanation {
  const isDeny = /explicit deny/i.test(message);
  return {
    code: 'AuthorizerRefused',
    cause: `A Lambda authorizer of the API refused the call${isDeny ? ': the policy that it returned denies it' : ': the policy that it returned does not allow it'}. IAM and the signature had no part in it.`,
    advice:
      "If the method should have IAM authorization, set its authorization to AWS_IAM and deploy the API. If not, look into the authorizer's log: it wants its own token, and the policy that it returns is cached, so it has to cover all methods and paths (…/*).",
  };
}

function deniedWithoutText(): Explanation {
  return {
    code: 'NotAuthorized',
    cause:
      'The gateway refused access; its answer does not say to whom and to what, since its text was replaced (a gateway response of its own).',
    advice:
      "Check that a policy of the caller's role allows execute-api:Invoke on this stage, method and path, and that no Deny statement or resource policy of the API forbids it.",
  };
}

function wrongAuthorizer(isCertain: boolean): Explanation {
  return {
    code: 'WrongAuthorizer',
    cause: `${isCertain ? 'The method is not protected by IAM: this is' : 'The method is most likely not protected by IAM: this looks like'} the answer of a Cognito user pool, JWT or Lambda authorizer, which wants a token in the Authorization header, not a signature.`,
    advice:
      'Set the authorization of the method to AWS_IAM and deploy the API; or send the token that its authorizer wants, without signing.',
  };
}

function forbidden({ headers, url, place }: Signed, type: string): Explanation {
  const hasKey = headers.has('x-api-key');
  const isAwsHost = (url?.hostname ?? '').includes('.execute-api.');
  const stage = url?.pathname.split('/')[1] ?? '';
  const reasons = [
    isAwsHost || type === ''
      ? `the stage is wrong: "${stage}" is the first part of the path, and the API has to have a stage of that name`
      : `the stage or the base path is wrong: "${stage}" is the first part of the path, and the gateway has to know it (as a stage, or in the mapping of the custom domain name)`,
    hasKey
      ? 'the API key (x-api-key) is unknown, disabled, or in no usage plan of this stage'
      : 'the method requires an API key, and the request has no x-api-key',
    'AWS WAF blocks the request (its log names the rule)',
    'a CDN or proxy before the gateway sends another Host than the gateway knows (CloudFront: do not forward Host)',
    ...(type === ''
      ? [
          `it is an HTTP API, which says no more than this to any ${place === 'none' ? 'missing' : 'wrong'} signature and any call that IAM does not allow`,
          'it is not the gateway, but the app behind it that answers so',
        ]
      : []),
  ];
  return {
    code: 'Forbidden',
    cause:
      'The gateway refused the request without saying why. It does so before it looks at the signature for a wrong stage, a missing API key and a firewall.',
    difference: `not told; the path begins with the stage ${JSON.stringify(stage)}, and ${hasKey ? 'an' : 'no'} x-api-key was sent`,
    advice: `Check, in this order: ${reasons.map((reason, i) => `(${i + 1}) ${reason}`).join('; ')}.`,
  };
}

/** Explains a refusal by CloudFront, which may stand before the gateway. */
export function explainCloudFront({ message, headers, isHtml }: Answer, signed: Signed): Explanation | undefined {
  const isCloudFront =
    isHtml && (/cloudfront/i.test(headers.get('server') ?? '') || /Generated by cloudfront/i.test(message));
  if (!isCloudFront) return undefined;
  const [why, advice] = /configured to allow the HTTP request method/i.test(message)
    ? [
        `the distribution does not let ${signed.method} through`,
        'Allow GET, HEAD, OPTIONS, PUT, POST, PATCH and DELETE in the behavior of this path.',
      ]
    : /Request blocked/i.test(message)
      ? [
          'AWS WAF blocks it, or the host name is no alternate domain name of the distribution',
          "Look into the log of the distribution's web ACL, and add the host name to its alternate domain names. API Gateway's edge-optimized endpoints are CloudFront distributions, too: do not forward Host to them.",
        ]
      : /block access from your country/i.test(message)
        ? [
            'its geographic restrictions do not admit this country',
            'Change the geographic restrictions of the distribution.',
          ]
        : [
            'it does not say why',
            'Check the host name (an alternate domain name of the distribution?), the path (a behavior for it?), the method, and that a GET has no body. Do not forward Host to API Gateway.',
          ];
  return {
    code: 'BlockedByCloudFront',
    cause: `CloudFront refused the request before it reached the gateway: ${why}.`,
    advice,
  };
}
