/** Explained by a real policy and by AWS's texts: the caller is known, but a policy does not let them. */
import { read, sign } from '../../support/awsTexts';
import { explained, gatewayOf, isExplained, post } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';

it.each<Row>([
  [
    'a policy without it',
    {
      code: 'NotAuthorized',
      cause:
        'The signature is good, but no identity-based policy allows the role Cognito_localAuth_Role to call this. It is a role of the Cognito identity pool: the one for authenticated users, for guests, or one that its rules choose.',
      difference:
        'the identity-based policy of the role Cognito_localAuth_Role: execute-api:Invoke on arn:aws:execute-api:us-east-1:********9012:local00api/dev/POST/notes',
      advice:
        'Add this statement to a policy of the role Cognito_localAuth_Role (and widen it with * for the stage, method or path where that is meant): {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:us-east-1:*:local00api/dev/POST/notes"}',
    },
    { request: post, isNarrow: true },
  ],
  [
    'a policy that denies it',
    {
      code: 'ExplicitDeny',
      cause:
        'The signature is good, but a policy forbids the role Cognito_localAuth_Role to call this: a Deny statement applies in the identity-based policy.',
      difference:
        'the identity-based policy of the role Cognito_localAuth_Role: execute-api:Invoke on arn:aws:execute-api:us-east-1:********9012:local00api/dev/DELETE/admin/users',
      advice:
        'Find the statement with "Effect": "Deny" that covers arn:aws:execute-api:us-east-1:********9012:local00api/dev/DELETE/admin/users, and narrow it. An Allow elsewhere does not outweigh it. Look at the role\'s policies, the resource policy of what was called, permissions boundaries and the organization\'s control policies.',
    },
    { request: { method: 'DELETE', path: '/admin/users' } },
  ],
])('%s', isExplained);

it('gives the IAM statement that is missing', async () => {
  const { advice } = await explained({ request: post, isNarrow: true });
  expect(JSON.parse(/\{.*\}/.exec(advice)![0])).toEqual({
    Effect: 'Allow',
    Action: 'execute-api:Invoke',
    Resource: gatewayOf({ isNarrow: true }).gateway.arn.replace(/:\d{12}:/, ':*:') + '/dev/POST/notes',
  });
});

const ON = 'is not authorized to perform: execute-api:Invoke on resource:';
const ARN = 'arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes';
const GUEST = 'arn:aws:sts::123456789012:assumed-role/Guests/CognitoIdentityCredentials';
const USER = 'arn:aws:iam::123456789012:user/sample';

it.each<[message: string, expected: object]>([
  [
    `User: anonymous ${ON} ${ARN}`,
    {
      code: 'NotAuthorized',
      cause:
        "The API's resource policy allows no unsigned call from here, and the gateway counted this call as unsigned (anonymous).",
      difference:
        'the policies of anonymous callers: execute-api:Invoke on arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes',
      advice:
        'Check that the method has IAM authorization and that the API was deployed after it was switched on, and allow the caller (account, address range or VPC endpoint) in the API\'s resource policy: {"Principal":"*","Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:eu-west-1:*:abc123/dev/GET/notes"}',
    },
  ],
  [
    `User: ${GUEST} ${ON} ${ARN} because no session policy allows the execute-api:Invoke action`,
    {
      code: 'NotAuthorized',
      cause:
        'The signature is good, but no session policy allows the role Guests to call this. It is a role of the Cognito identity pool: the one for authenticated users, for guests, or one that its rules choose.',
      difference:
        'the session policy of the role Guests: execute-api:Invoke on arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes',
      advice:
        'Add this statement to a policy of the role Guests (and widen it with * for the stage, method or path where that is meant): {"Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:eu-west-1:*:abc123/dev/GET/notes"}',
    },
  ],
  [
    `User: ${USER} ${ON} ${ARN} because no permissions boundary allows the execute-api:Invoke action`,
    {
      code: 'NotAuthorized',
      difference:
        'the permissions boundary of arn:aws:iam::123456789012:user/sample: execute-api:Invoke on arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes',
    },
  ],
  [
    `User: ${USER} ${ON} ${ARN} because no VPC endpoint policy allows the execute-api:Invoke action`,
    {
      code: 'NotAuthorized',
      difference:
        'the VPC endpoint policy of arn:aws:iam::123456789012:user/sample: execute-api:Invoke on arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes',
    },
  ],
  [
    `User: ${USER} ${ON} ${ARN} because no service control policy allows the execute-api:Invoke action`,
    {
      code: 'NotAuthorized',
      difference:
        'the service control policy of arn:aws:iam::123456789012:user/sample: execute-api:Invoke on arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes',
    },
  ],
  [
    `User: ${USER} ${ON} ${ARN} because of the weather`,
    {
      code: 'NotAuthorized',
      difference:
        'the policies of arn:aws:iam::123456789012:user/sample: execute-api:Invoke on arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes',
    },
  ],
  [
    `User: ${USER} ${ON} ${ARN} with an explicit deny in a resource-based policy`,
    {
      code: 'ExplicitDeny',
      cause:
        'The signature is good, but a policy forbids arn:aws:iam::123456789012:user/sample to call this: a Deny statement applies in the resource-based policy.',
      difference:
        'the resource-based policy of arn:aws:iam::123456789012:user/sample: execute-api:Invoke on arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes',
      advice:
        'Find the statement with "Effect": "Deny" that covers arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes, and narrow it. An Allow elsewhere does not outweigh it. Look at the role\'s policies, the resource policy of what was called, permissions boundaries and the organization\'s control policies.',
    },
  ],
  [
    `User: ${USER} ${ON} ${ARN} with an explicit deny`,
    {
      code: 'ExplicitDeny',
      cause:
        'The signature is good, but a policy forbids arn:aws:iam::123456789012:user/sample to call this: a Deny statement applies.',
      difference:
        'the policies of arn:aws:iam::123456789012:user/sample: execute-api:Invoke on arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes',
      advice:
        'Find the statement with "Effect": "Deny" that covers arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes, and narrow it. An Allow elsewhere does not outweigh it. Look at the role\'s policies, the resource policy of what was called, permissions boundaries and the organization\'s control policies.',
    },
  ],
  [
    `User: ${USER} is not authorized to perform: lambda:InvokeFunctionUrl with an explicit deny`,
    {
      code: 'ExplicitDeny',
      difference: 'the policies of arn:aws:iam::123456789012:user/sample: lambda:InvokeFunctionUrl',
      advice: expect.stringContaining('that covers lambda:InvokeFunctionUrl, and narrow it.') as string,
    },
  ],
  [
    `User: ${USER} ${ON} arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/reset/eyJhbGciOiJIUzI1NiJ9`,
    {
      code: 'NotAuthorized',
      difference:
        'the policies of arn:aws:iam::123456789012:user/sample: execute-api:Invoke on arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/reset/*',
    },
  ],
  [
    `User: ${USER} is not authorized to perform: lambda:InvokeFunctionUrl`,
    {
      code: 'NotAuthorized',
      cause: 'The signature is good, but no policy allows arn:aws:iam::123456789012:user/sample to call this.',
      difference: 'the policies of arn:aws:iam::123456789012:user/sample: lambda:InvokeFunctionUrl',
      advice:
        'Add this statement to a policy of arn:aws:iam::123456789012:user/sample (and widen it with * for the stage, method or path where that is meant): {"Effect":"Allow","Action":"lambda:InvokeFunctionUrl","Resource":"*"}',
    },
  ],
  [
    `User: ${USER} is not authorized to perform: lambda:*   \n`,
    { code: 'NotAuthorized', difference: 'the policies of arn:aws:iam::123456789012:user/sample: lambda:*' },
  ],
  [
    `User: anonymous ${ON} ${ARN} with an explicit deny in an identity-based policy`,
    {
      code: 'ExplicitDeny',
      difference:
        'the identity-based policy of anonymous callers: execute-api:Invoke on arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes',
    },
  ],
  [
    `User: ${USER} ${ON} arn:aws:s3:::bucket/a b`,
    {
      code: 'NotAuthorized',
      difference:
        'the policies of arn:aws:iam::123456789012:user/sample: execute-api:Invoke on arn:aws:s3:::bucket/a b',
    },
  ],
  [
    `User: ${USER} ${ON} arn:aws:lambda:eu-west-1:123456789012:function:*`,
    {
      code: 'NotAuthorized',
      difference:
        'the policies of arn:aws:iam::123456789012:user/sample: execute-api:Invoke on arn:aws:lambda:eu-west-1:123456789012:function:*',
    },
  ],
])('%s', (message, expected) => {
  for (const answer of [{ message }, { Message: message }]) expect(read(answer)).toMatchObject(expected);
});

it('says so where the anonymous request was not signed', () => {
  const { url } = sign();
  expect(read({ message: `User: anonymous ${ON} ${ARN}` }, { url })?.advice).toMatch(
    /"Resource":"arn:aws:execute-api:eu-west-1:\*:abc123\/dev\/GET\/notes"\}\. The request was not signed, either\.$/,
  );
});

it('an anonymous call to a service of which nothing more is known', () => {
  const message =
    'User: anonymous is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:1:q';
  const url = 'https://sqs.eu-west-1.amazonaws.com/';
  expect(read({ message }, { url })?.advice).toBe(
    'Sign the request: send what signRequest returns, with its headers (fetch(signed.url, signed)), or call it with createSignedFetch or signAxios. The service to sign for is sqs.',
  );
});

it.each([
  `User: ${USER} is not authorized to perform: lambda:InvokeFunctionUrl, sorry`,
  `User: ${USER} is not authorized to perform: anything`,
  `User: ${USER} is not authorized to do that`,
  `${' '.repeat(4096)}User: ${USER} ${ON} ${ARN}`,
])('is not read out of other texts: %s', (message) => {
  expect(read({ message })).toBeUndefined();
});

it('where its text was replaced it is known by its type', () => {
  expect(read({ error: 'No entry.' }, sign(), { headers: { 'x-amzn-errortype': 'AccessDeniedException' } })).toEqual({
    code: 'NotAuthorized',
    cause:
      'The gateway refused access; its answer does not say to whom and to what, since its text was replaced (a gateway response of its own).',
    advice:
      "Check that a policy of the caller's role allows execute-api:Invoke on this stage, method and path, and that no Deny statement or resource policy of the API forbids it.",
  });
});
