/** Refusals by an authorizer of the API, which shows that the route does not use IAM. */
import type { Explanation } from '../../util/index.js';
import type { Answer } from '../read/index.js';

/**
 * Explains a refusal by a Lambda, Cognito or JWT authorizer.
 * @returns `undefined` where it is about something else.
 */
export function explainAuthorizer({ message, type, status, isBare }: Answer): Explanation | undefined {
  if (message.includes('User is not authorized to access this resource')) {
    return authorizerRefused(message.includes('explicit deny'));
  }
  if (status !== 401) return undefined;
  if (type === 'Unauthorized') return wrongAuthorizer(true);
  return isBare && message === 'Unauthorized' ? wrongAuthorizer(false) : undefined;
}

function authorizerRefused(isDeny: boolean): Explanation {
  return {
    code: 'AuthorizerRefused',
    cause: `A Lambda authorizer of the API refused the call: the policy that it returned ${isDeny ? 'denies it' : 'does not allow it'}. IAM and the signature had no part in it.`,
    advice:
      "If the method should have IAM authorization, set its authorization to AWS_IAM and deploy the API. If not, look into the authorizer's log: it wants its own token, and the policy that it returns is cached, so it has to cover all methods and paths (…/*).",
  };
}

/**
 * The explanation for a route with an authorizer.
 * @param isCertain Whether the gateway named the error. If not, the answer may also come from the app.
 */
function wrongAuthorizer(isCertain: boolean): Explanation {
  const start = isCertain
    ? 'The method is not protected by IAM: this is'
    : 'The method is most likely not protected by IAM: this looks like';
  return {
    code: 'WrongAuthorizer',
    cause: `${start} the answer of a Cognito user pool, JWT or Lambda authorizer, which wants a token in the Authorization header, not a signature.`,
    advice:
      'Set the authorization of the method to AWS_IAM and deploy the API; or send the token that its authorizer wants, without signing.',
  };
}
