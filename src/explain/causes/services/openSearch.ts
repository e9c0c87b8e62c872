/** Refusals of OpenSearch: domains (`es`), and Serverless (`aoss`). */
import type { Explanation } from '../../../util/index.js';
import { hideSecrets } from '../../compare/index.js';
import type { Answer } from '../../read/index.js';
import type { ServiceTexts } from './types.js';

const NO_PERMISSIONS = /no permissions for \[([^[\]]{1,200})\]/;

function explainDomain({ message, type }: Answer): Explanation | undefined {
  const action = NO_PERMISSIONS.exec(message)?.[1];
  if (action === undefined && type !== 'security_exception') return undefined;
  return {
    code: 'NotAuthorized',
    cause:
      'IAM lets the caller in, but the domain does not: its fine-grained access control has no role for this caller that allows the action.',
    difference: `the roles of the domain: ${action === undefined ? 'the action is not told' : hideSecrets(action)}`,
    advice:
      "Map the ARN of the caller's role (arn:aws:iam::ACCOUNT:role/NAME) as a backend role to a role of the domain that allows the action: in OpenSearch Dashboards under Security, Roles, Mapped users, or by PUT _plugins/_security/api/rolesmapping/ROLE.",
  };
}

function explainServerless({ type, status }: Answer): Explanation | undefined {
  if (status !== 403 || type !== 'Forbidden') return undefined;
  return {
    code: 'NotAuthorized',
    cause:
      'OpenSearch Serverless refused the request without saying why. It does so for a missing permission, a data access policy that does not name the caller, and a signature without x-amz-content-sha256.',
    advice:
      "Check, in this order: (1) a policy of the caller's role allows aoss:APIAccessAll on the collection; (2) a data access policy of the collection names the role's ARN as a principal, with the permissions for the index (aoss:ReadDocument, aoss:WriteDocument …); (3) the network policy admits this network; (4) the request was signed for the service aoss, with the header x-amz-content-sha256.",
  };
}

export const openSearch: ServiceTexts = {
  explain: explainDomain,
  whereAllowed: "The domain's access policy may allow the caller in its place.",
};
export const openSearchServerless: ServiceTexts = {
  explain: explainServerless,
  whereAllowed: 'A data access policy of the collection has to name the caller as well.',
};
