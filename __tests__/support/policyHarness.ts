/** What policies say of a call. */
import { createPolicyCheck } from '../../src/local/iam';
import type { Policy, PolicyRequest } from '../../src/local/iam';

const REQUEST: PolicyRequest = {
  action: 'execute-api:Invoke',
  resource: 'arn:aws:execute-api:us-east-1:123456789012:local00api/dev/GET/notes',
  accountId: '123456789012',
  roleArn: 'arn:aws:iam::123456789012:role/NotesUser',
  sessionArn: 'arn:aws:sts::123456789012:assumed-role/NotesUser/CognitoIdentityCredentials',
  sourceIp: '203.0.113.7',
  identityId: 'us-east-1:11111111-2222-3333-4444-555555555555',
  identityPoolId: 'us-east-1:99999999-8888-7777-6666-555555555555',
  amr: ['authenticated', 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool'],
  tags: { team: 'blue' },
  isFunctionUrl: false,
};

/** Decides on a call, which is like any other but for what is given of it. */
export function decide(
  policies: { readonly policy?: Policy; readonly resourcePolicy?: Policy },
  request: Partial<PolicyRequest> = {},
): string {
  return createPolicyCheck(policies)({ ...REQUEST, ...request })?.kind ?? 'allow';
}
