/** Refusals of services other than API Gateway, in the words in which they are reported in public: each gets its own advice. */
import type { Explanation, SignedParts } from '../../../../src/explain/index';
import {
  API_GATEWAY_ADVICE,
  agentCore,
  appSync,
  bedrock,
  functionUrl,
  openSearch,
  read,
  s3,
  serverless,
  signFor,
  unsigned,
  USER,
  xml,
} from '../../../support/serviceRefusals';
import type { Answer } from '../../../support/serviceRefusals';

it.each<[string, SignedParts, Answer, Explanation]>([
  [
    'a function URL without permission',
    functionUrl,
    { type: 'AccessDeniedException', body: { Message: 'Forbidden' } },
    {
      code: 'NotAuthorized',
      cause:
        'The function URL does not let this caller in. It does not say more, but a wrong signature gets an answer of its own: a permission is missing.',
      advice:
        'A function URL wants two permissions, lambda:InvokeFunctionUrl and lambda:InvokeFunction. Add both to a policy of the caller\'s role: [{"Effect":"Allow","Action":"lambda:InvokeFunctionUrl","Resource":"arn:aws:lambda:REGION:ACCOUNT:function:NAME"},{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:REGION:ACCOUNT:function:NAME","Condition":{"Bool":{"lambda:InvokedViaFunctionUrl":"true"}}}] For a caller of another account, the function\'s resource-based policy has to allow both as well (aws lambda add-permission, with --function-url-auth-type AWS_IAM for the first).',
    },
  ],
  [
    'a function URL, in its newer words',
    functionUrl,
    {
      body: {
        Message:
          'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
      },
    },
    {
      code: 'NotAuthorized',
      cause:
        'The function URL does not let this caller in. It does not say more, but a wrong signature gets an answer of its own: a permission is missing.',
      advice:
        'A function URL wants two permissions, lambda:InvokeFunctionUrl and lambda:InvokeFunction. Add both to a policy of the caller\'s role: [{"Effect":"Allow","Action":"lambda:InvokeFunctionUrl","Resource":"arn:aws:lambda:REGION:ACCOUNT:function:NAME"},{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:REGION:ACCOUNT:function:NAME","Condition":{"Bool":{"lambda:InvokedViaFunctionUrl":"true"}}}] For a caller of another account, the function\'s resource-based policy has to allow both as well (aws lambda add-permission, with --function-url-auth-type AWS_IAM for the first).',
    },
  ],
  [
    'a function URL without a signature',
    unsigned(functionUrl),
    { type: 'AccessDeniedException', body: { Message: 'Forbidden' } },
    {
      code: 'NotSigned',
      cause: 'The request was not signed, and the function URL takes signed ones only (its AuthType is AWS_IAM).',
      difference: 'the header authorization: missing in what was sent',
      advice:
        'Sign the request: send what signRequest returns, with its headers (fetch(signed.url, signed)), or call it with createSignedFetch or signAxios. A function URL wants two permissions, lambda:InvokeFunctionUrl and lambda:InvokeFunction. Add both to a policy of the caller\'s role: [{"Effect":"Allow","Action":"lambda:InvokeFunctionUrl","Resource":"arn:aws:lambda:REGION:ACCOUNT:function:NAME"},{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:REGION:ACCOUNT:function:NAME","Condition":{"Bool":{"lambda:InvokedViaFunctionUrl":"true"}}}]',
    },
  ],
  [
    'AppSync',
    appSync,
    {
      status: 401,
      body: { errors: [{ errorType: 'UnauthorizedException', message: 'You are not authorized to make this call.' }] },
    },
    {
      code: 'NotAuthorized',
      cause: 'AppSync does not let this caller in; it does not say which permission is missing.',
      advice:
        "Check, in this order: (1) AWS_IAM has to be the default authorization mode of the API, or one of its additional ones; (2) a policy of the caller's role allows appsync:GraphQL on arn:aws:appsync:REGION:ACCOUNT:apis/API_ID/* (or on …/types/TYPE/fields/FIELD for single fields); for an Event API appsync:EventConnect, appsync:EventPublish and appsync:EventSubscribe on …/channelNamespace/NAME; (3) in the schema, the type and the field carry @aws_iam where IAM is not the default mode.",
    },
  ],
  [
    'AppSync, of a subscription',
    appSync,
    { status: 401, body: { errors: [{ errorType: 'UnauthorizedException', message: 'Permission denied' }] } },
    {
      code: 'NotAuthorized',
      cause: 'AppSync does not let this caller in; it does not say which permission is missing.',
      advice:
        "Check, in this order: (1) AWS_IAM has to be the default authorization mode of the API, or one of its additional ones; (2) a policy of the caller's role allows appsync:GraphQL on arn:aws:appsync:REGION:ACCOUNT:apis/API_ID/* (or on …/types/TYPE/fields/FIELD for single fields); for an Event API appsync:EventConnect, appsync:EventPublish and appsync:EventSubscribe on …/channelNamespace/NAME; (3) in the schema, the type and the field carry @aws_iam where IAM is not the default mode.",
    },
  ],
  [
    'AppSync that takes no IAM',
    appSync,
    {
      status: 401,
      body: { errors: [{ errorType: 'UnauthorizedException', message: 'Valid authorization header not provided.' }] },
    },
    {
      code: 'WrongAuthorizer',
      cause:
        'AppSync found no authorization that this API takes: it does not take IAM signatures, or the header authorization was changed on the way.',
      advice:
        'Check the authorization modes: AWS_IAM has to be the default authorization mode of the API, or one of its additional ones. Sign the request for the service appsync.',
    },
  ],
  [
    'AppSync without a signature',
    unsigned(appSync),
    {
      status: 401,
      body: { errors: [{ errorType: 'UnauthorizedException', message: 'Valid authorization header not provided.' }] },
    },
    {
      code: 'NotSigned',
      cause: 'The request was not signed, and AppSync found no other authorization that it knows.',
      advice:
        'Check the authorization modes: AWS_IAM has to be the default authorization mode of the API, or one of its additional ones. Sign the request for the service appsync.',
    },
  ],
  [
    'a model of Bedrock without access',
    bedrock,
    {
      type: 'AccessDeniedException',
      body: { message: "You don't have access to the model with the specified model ID." },
    },
    {
      code: 'NotAuthorized',
      cause: "The signature is good, but this account or role has no access to the model in this host's region.",
      advice:
        'Check, in this order: (1) the model id is one of this region, or of an inference profile (us., eu., apac., global.), whose every region the policy has to allow; (2) access to the model was granted to the account (Bedrock console, Model access; for third parties a subscription in AWS Marketplace); (3) a policy of the role allows bedrock:InvokeModel and bedrock:InvokeModelWithResponseStream on the model and the inference profile, and no control policy of the organization denies them.',
    },
  ],
  [
    'an agent of AgentCore that takes tokens',
    agentCore,
    {
      type: 'AccessDeniedException',
      body: {
        message:
          "Authorization method mismatch. The agent is configured for a different authorization method than what was used in your request. Check the agent's authorization configuration and ensure your request uses the matching method (OAuth or SigV4)",
      },
    },
    {
      code: 'WrongAuthorizer',
      cause:
        'This runtime takes no signatures: it is configured for tokens of an identity provider (customJWTAuthorizer).',
      advice:
        "Send the token of the runtime's identity provider as Authorization: Bearer, without signing; or remove the authorizer configuration of the runtime, which then takes IAM signatures.",
    },
  ],
  [
    "an OpenSearch domain's own roles",
    openSearch,
    {
      body: {
        error: {
          root_cause: [{ type: 'security_exception', reason: 'no permissions for [indices:data/read/search]' }],
          type: 'security_exception',
          reason: `no permissions for [indices:data/read/search] and User [name=${USER}, backend_roles=[], requestedTenant=null]`,
        },
        status: 403,
      },
    },
    {
      code: 'NotAuthorized',
      cause:
        'IAM lets the caller in, but the domain does not: its fine-grained access control has no role for this caller that allows the action.',
      difference: 'the roles of the domain: indices:data/read/search',
      advice:
        "Map the ARN of the caller's role (arn:aws:iam::ACCOUNT:role/NAME) as a backend role to a role of the domain that allows the action: in OpenSearch Dashboards under Security, Roles, Mapped users, or by PUT _plugins/_security/api/rolesmapping/ROLE.",
    },
  ],
  [
    'OpenSearch Serverless',
    serverless,
    { body: { status: 403, 'request-id': 'a1b2', error: { reason: '403 Forbidden', type: 'Forbidden' } } },
    {
      code: 'NotAuthorized',
      cause:
        'OpenSearch Serverless refused the request without saying why. It does so for a missing permission, a data access policy that does not name the caller, and a signature without x-amz-content-sha256.',
      advice:
        "Check, in this order: (1) a policy of the caller's role allows aoss:APIAccessAll on the collection; (2) a data access policy of the collection names the role's ARN as a principal, with the permissions for the index (aoss:ReadDocument, aoss:WriteDocument …); (3) the network policy admits this network; (4) the request was signed for the service aoss, with the header x-amz-content-sha256.",
    },
  ],
  [
    'S3',
    s3,
    { body: xml('AccessDenied', 'Access Denied') },
    {
      code: 'NotAuthorized',
      cause:
        'The signature is good, but S3 does not let this caller do it; its answer does not say which policy stands in the way.',
      advice:
        "Check, in this order: (1) a policy of the caller's role allows the action (s3:GetObject, s3:PutObject …) on arn:aws:s3:::BUCKET/KEY; (2) for an object that may not exist, s3:ListBucket on arn:aws:s3:::BUCKET, without which S3 answers 403 in place of 404; (3) the bucket's policy does not deny it (encryption or a VPC endpoint that it asks for), and names the caller where it is of another account; (4) where the object is encrypted with a KMS key, the key's policy allows kms:Decrypt or kms:GenerateDataKey.",
    },
  ],
  [
    'S3 without a signature',
    unsigned(s3),
    { body: xml('AccessDenied', 'Access Denied') },
    {
      code: 'NotSigned',
      cause: 'The request was not signed, and the bucket lets no anonymous caller do this.',
      difference: 'the header authorization: missing in what was sent',
      advice:
        'Sign the request: send what signRequest returns, with its headers (fetch(signed.url, signed)), or call it with createSignedFetch or signAxios. Or fetch a presigned URL.',
    },
  ],
  [
    'S3, with another body',
    s3,
    {
      status: 400,
      body: xml(
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      ),
    },
    {
      code: 'BodyChanged',
      cause: 'The body that arrived is not the one whose hash was signed (x-amz-content-sha256).',
      difference: 'the payload hash: signed for another body than the one that arrived',
      advice:
        'Send the body as it was signed; or leave it out of the signature: state the header x-amz-content-sha256 with UNSIGNED-PAYLOAD before signing.',
    },
  ],
])('%s', (_, signed, answer, explanation) => {
  expect(read(signed, answer)).toEqual(explanation);
  expect(JSON.stringify(explanation)).not.toMatch(API_GATEWAY_ADVICE);
});

it('the host says which service it is, whatever the request was signed for', () => {
  const signed = signFor('abcdefghij.lambda-url.eu-west-1.on.aws', 'execute-api');
  const explanation = read(signed, { type: 'AccessDeniedException', body: { Message: 'Forbidden' } });
  expect(explanation?.cause).toMatch(/^The function URL/);
});
