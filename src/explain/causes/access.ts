/** Refusals by a policy: the caller is known, but may not do this. */
import type { Explanation } from '../../util/index.js';
import type { Answer, Signed } from '../read/index.js';
import { readDenial } from './denial.js';
import type { Denial } from './denial.js';
import { API_GATEWAY, textsOf } from './services/index.js';

/**
 * Explains a refusal whose text names the caller, the action and the policy.
 * @param service The signing name of the service that refused.
 * @returns `undefined` for another text.
 */
export function explainDenial({ message }: Answer, signed: Signed, service: string): Explanation | undefined {
  const denial = readDenial(message);
  return denial && policyDenied(denial, signed, service);
}

/**
 * Explains API Gateway's refusal by a policy where the API has replaced its text.
 * @returns `undefined` where the error has another name.
 */
export function explainAccessDenied({ type }: Answer): Explanation | undefined {
  return type === 'AccessDenied' ? deniedWithoutText() : undefined;
}

function policyDenied(denial: Denial, signed: Signed, service: string): Explanation {
  const who = callerName(denial);
  const what = denial.resource === undefined ? denial.action : `${denial.action} on ${denial.resource}`;
  const difference = `the ${denial.policy ?? 'policies'} of ${who}: ${what}`;
  if (denial.isExplicit) return explicitDeny(denial, who, difference);
  if (denial.user !== 'anonymous') return notAllowed(denial, who, difference, service);
  return service === API_GATEWAY
    ? anonymousDenied(denial, difference, signed)
    : anonymousElsewhere(difference, signed, service);
}

function callerName({ user }: Denial): string {
  const role = /:assumed-role\/([^/]+)\//.exec(user)?.[1];
  if (role !== undefined) return `the role ${role}`;
  return user === 'anonymous' ? 'anonymous callers' : user;
}

function explicitDeny({ policy, resource, action }: Denial, who: string, difference: string): Explanation {
  const where = policy === undefined ? '' : ` in the ${policy}`;
  return {
    code: 'ExplicitDeny',
    cause: `The signature is good, but a policy forbids ${who} to call this: a Deny statement applies${where}.`,
    difference,
    advice: `Find the statement with "Effect": "Deny" that covers ${resource ?? action}, and narrow it. An Allow elsewhere does not outweigh it. Look at the role's policies, the resource policy of what was called, permissions boundaries and the organization's control policies.`,
  };
}

function anonymousDenied(denial: Denial, difference: string, { place }: Signed): Explanation {
  const statement = JSON.stringify({ Principal: '*', ...allowStatement(denial) });
  const besides = place === 'none' ? '. The request was not signed, either.' : '';
  return {
    code: 'NotAuthorized',
    cause:
      "The API's resource policy allows no unsigned call from here, and the gateway counted this call as unsigned (anonymous).",
    difference,
    advice: `Check that the method has IAM authorization and that the API was deployed after it was switched on, and allow the caller (account, address range or VPC endpoint) in the API's resource policy: ${statement}${besides}`,
  };
}

function anonymousElsewhere(difference: string, { place, words }: Signed, service: string): Explanation {
  const isSigned = place !== 'none';
  const also = textsOf(service)?.whereAllowed;
  return {
    code: isSigned ? 'NotAuthorized' : 'NotSigned',
    cause: isSigned
      ? 'The service counted this call as unsigned (anonymous), though it was signed: the signature was lost on the way, or is not of the form that the service takes.'
      : 'The request was not signed, and no resource policy allows anonymous callers to do this.',
    difference,
    advice: [
      `${isSigned ? 'Send the headers as they were signed.' : words.sign} The service to sign for is ${service}.`,
      ...(also === undefined ? [] : [also]),
    ].join(' '),
  };
}

function notAllowed(denial: Denial, who: string, difference: string, service: string): Explanation {
  const statement = JSON.stringify(allowStatement(denial));
  const isCognito = denial.user.endsWith('/CognitoIdentityCredentials');
  const whichRole = isCognito
    ? ' It is a role of the Cognito identity pool: the one for authenticated users, for guests, or one that its rules choose.'
    : '';
  return {
    code: 'NotAuthorized',
    cause: `The signature is good, but no ${denial.policy ?? 'policy'} allows ${who} to call this.${whichRole}`,
    difference,
    advice: `Add this statement to a policy of ${who} (${widen(service)}): ${statement}${alsoAllowed(service)}`,
  };
}

const widen = (service: string): string =>
  service === API_GATEWAY
    ? 'and widen it with * for the stage, method or path where that is meant'
    : 'and widen it with * where that is meant';

function alsoAllowed(service: string): string {
  const also = textsOf(service)?.whereAllowed;
  return also === undefined ? '' : `. ${also}`;
}

/** The policy statement that would have allowed the call. */
function allowStatement({ action, resource = '*' }: Denial): Record<'Effect' | 'Action' | 'Resource', string> {
  return { Effect: 'Allow', Action: action, Resource: withoutMaskedAccount(resource) };
}

/** Replaces the account number that AWS has masked in an ARN (`********9012`) by `*`, since no policy would match the mask. */
const withoutMaskedAccount = (resource: string): string => resource.replace(/:\*+\d+:/, ':*:');

function deniedWithoutText(): Explanation {
  return {
    code: 'NotAuthorized',
    cause:
      'The gateway refused access; its answer does not say to whom and to what, since its text was replaced (a gateway response of its own).',
    advice:
      "Check that a policy of the caller's role allows execute-api:Invoke on this stage, method and path, and that no Deny statement or resource policy of the API forbids it.",
  };
}
