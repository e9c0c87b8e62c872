/** What explanations say of services other than API Gateway where IAM's own words name what is missing, and where a browser hides them. */
import { date } from '../../../support/awsTexts';
import type { SignedParts } from '../../../../src/explain/index';
import {
  agentCore,
  appSync,
  bedrock,
  denied,
  functionUrl,
  lattice,
  openSearch,
  read,
  s3,
  serverless,
  signFor,
  unsigned,
  xml,
} from '../../../support/serviceRefusals';
import { explainWords } from '../../../support/explainWords';

const allow = (Action: string, Resource: string): string =>
  `Add this statement to a policy of the role App (and widen it with * where that is meant): ${JSON.stringify({ Effect: 'Allow', Action, Resource })}.`;

const LATTICE =
  "Three policies have to allow it: one of the caller's role (vpc-lattice-svcs:Invoke), the auth policy of the service (the service-based one), and that of the service network (the network-based one). A caller that counts as anonymous was not signed, or not as Lattice wants it: for the service vpc-lattice-svcs, with the payload hash UNSIGNED-PAYLOAD.";

// The actions and policies of each service, from AWS's documentation of it.
it.each<[string, SignedParts, string, string, string]>([
  [
    'VPC Lattice',
    lattice,
    'vpc-lattice-svcs:Invoke',
    'arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0/notes',
    LATTICE,
  ],
  [
    'AgentCore',
    agentCore,
    'bedrock-agentcore:InvokeAgentRuntime',
    'arn:aws:bedrock-agentcore:eu-west-1:123456789012:runtime/r',
    'The action is needed on the runtime and on its endpoint: arn:aws:bedrock-agentcore:REGION:ACCOUNT:runtime/ID and …/runtime-endpoint/NAME.',
  ],
  [
    'OpenSearch',
    openSearch,
    'es:ESHttpGet',
    'arn:aws:es:eu-west-1:123456789012:domain/notes/_search',
    "The domain's access policy may allow the caller in its place.",
  ],
  [
    'OpenSearch Serverless',
    serverless,
    'aoss:APIAccessAll',
    'arn:aws:aoss:eu-west-1:123456789012:collection/abc',
    'A data access policy of the collection has to name the caller as well.',
  ],
  [
    'AppSync',
    appSync,
    'appsync:GraphQL',
    'arn:aws:appsync:eu-west-1:123456789012:apis/abc/types/Query/fields/notes',
    'In the schema, the type and the field need @aws_iam where IAM is not the default mode; AWS_IAM has to be the default authorization mode of the API, or one of its additional ones.',
  ],
  [
    'S3',
    s3,
    's3:GetObject',
    'arn:aws:s3:::bucket/key',
    "The bucket's policy and, for encrypted objects, the KMS key's have to allow it as well.",
  ],
])('%s: which policy lacks what, and what else has to allow it', (service, signed, action, resource, also) => {
  const message = denied(action, resource, `no identity-based policy allows the ${action} action`);
  expect(read(signed, { body: service === 'S3' ? xml('AccessDenied', message) : { message } })).toEqual({
    code: 'NotAuthorized',
    cause: 'The signature is good, but no identity-based policy allows the role App to call this.',
    difference: `the identity-based policy of the role App: ${action} on ${resource}`,
    advice: `${allow(action, resource)} ${also}`,
  });
});

describe('a caller that counts as anonymous', () => {
  const message = denied(
    'vpc-lattice-svcs:Invoke',
    'arn:aws:vpc-lattice:r:1:service/s',
    'no service-based policy allows the vpc-lattice-svcs:Invoke action',
    'anonymous',
  );

  it.each<[SignedParts, string, string, string]>([
    [
      lattice,
      'NotAuthorized',
      'The service counted this call as unsigned (anonymous), though it was signed: the signature was lost on the way, or is not of the form that the service takes.',
      'Send the headers as they were signed.',
    ],
    [
      unsigned(lattice),
      'NotSigned',
      'The request was not signed, and no resource policy allows anonymous callers to do this.',
      'Sign the request: send what signRequest returns, with its headers (fetch(signed.url, signed)), or call it with createSignedFetch or signAxios.',
    ],
  ])('%#', (signed, code, cause, how) => {
    expect(read(signed, { body: message })).toEqual({
      code,
      cause,
      difference:
        'the service-based policy of anonymous callers: vpc-lattice-svcs:Invoke on arn:aws:vpc-lattice:r:1:service/s',
      advice: `${how} The service to sign for is vpc-lattice-svcs. ${LATTICE}`,
    });
  });

  it('of API Gateway, whose request was not signed either', () => {
    const signed = unsigned(signFor('abc.execute-api.eu-west-1.amazonaws.com', 'execute-api', '/dev/notes'));
    const said = denied(
      'execute-api:Invoke',
      'arn:aws:execute-api:eu-west-1:********9012:abc/dev/GET/notes',
      'no resource-based policy allows the execute-api:Invoke action',
      'anonymous',
    );
    const { advice } = read(signed, { body: { Message: said } })!;
    expect(advice).toMatch(/^Check that the method has IAM authorization .* The request was not signed, either\.$/);
  });
});

it('a signature that did not arrive', () => {
  const type = 'MissingAuthenticationTokenException';
  const answer = { type, body: { message: 'Missing Authentication Token' } };
  expect(read(signFor('sqs.eu-west-1.amazonaws.com', 'sqs'), answer)).toEqual({
    code: 'MissingAuthentication',
    cause: 'The request was signed, but the header authorization did not reach the service.',
    difference: 'the header authorization: signed, but dropped on the way',
    advice:
      "Let proxies and CDNs pass Authorization on, do not follow redirects to another host (fetch drops Authorization there), and do not fetch with mode: 'no-cors', which drops it too.",
  });
});

it('a signature in a query that did not arrive', () => {
  const url = 'https://sqs.eu-west-1.amazonaws.com/?X-Amz-Signature=a';
  expect(read({ url }, { status: 400, body: { message: 'Request is missing Authentication Token' } })).toEqual({
    code: 'MissingAuthentication',
    cause: 'The request was signed, but the query with the signature did not reach the service.',
    difference: 'the query with the signature: signed, but dropped on the way',
    advice: 'Let proxies and CDNs pass the whole query on.',
  });
});

it('another kind of authorization than a signature', () => {
  const { url, method } = signFor('sqs.eu-west-1.amazonaws.com', 'sqs');
  const type = 'IncompleteSignatureException';
  const answer = { type, body: { message: "Authorization header requires 'Credential' parameter." } };
  expect(read({ url, method, headers: { authorization: 'Bearer abc' } }, answer)).toEqual({
    code: 'IncompleteSignature',
    cause:
      'The request carries another kind of authorization than a signature, such as a bearer token, and the gateway tried to read it as one.',
    difference: 'the header authorization: arrived without Credential',
    advice: 'Sign the request, in place of what the header authorization holds now.',
  });
});

it('a region that the host does not show', () => {
  const signed = signFor('queue.example.com', 'sqs');
  const body = { message: "Credential should be scoped to a valid region, not 'eu-west-1'. " };
  expect(read(signed, { body })).toMatchObject({
    code: 'WrongRegion',
    advice:
      'Pass the region of what is called as region. A custom domain name does not show it, so there it has to be given.',
  });
});

it("roles of an OpenSearch domain's own, for an action that is not told", () => {
  const reason = 'no permissions for []';
  const body = { error: { root_cause: [{ type: 'security_exception', reason }], type: 'security_exception', reason } };
  expect(read(openSearch, { body: { ...body, status: 403 } })?.difference).toBe(
    'the roles of the domain: the action is not told',
  );
});

describe('an answer that a browser hides', () => {
  const LOOK = "Look at the request in the browser's network tab: its status and body show the real refusal.";

  it.each<[string, SignedParts, string]>([
    [
      'a function URL',
      functionUrl,
      '\nSwitch CORS on in the configuration of the function URL: AllowOrigins with the origin of your page, AllowMethods, and AllowHeaders with authorization,content-type,x-amz-date.',
    ],
    [
      'S3',
      s3,
      '\nAdd a CORS rule to the bucket: AllowedOrigins with the origin of your page, AllowedMethods with the method, and AllowedHeaders with authorization,content-type,x-amz-content-sha256,x-amz-date.',
    ],
    [
      'AppSync',
      appSync,
      "\nAppSync's answers can be read by all pages, so that there most likely was none: check the host name and the network. It takes the headers authorization,content-type,x-amz-date.",
    ],
    ['a service without advice of its own', bedrock, ''],
    ['any other service', signFor('sqs.eu-west-1.amazonaws.com', 'sqs'), ''],
  ])('of %s', (_, signed, advice) => {
    const { origin } = new URL(signed.url);
    expect(explainWords({ networkError: new TypeError('Failed to fetch') }, signed, { now: () => date })).toEqual({
      code: 'CorsHidden',
      cause:
        'The browser shows the page no answer. Either there was none (offline, a wrong host name), or, more likely where the network is up, there was one without CORS headers: a failed preflight (OPTIONS) looks the same.',
      difference: `Access-Control-Allow-Origin: missing in the answer of ${origin}, or in that to its preflight`,
      advice: `${LOOK}${advice}\nThe request is dated 2024-05-01T12:00:00Z by this device's clock. A gateway refuses what is more than 5 minutes off: compare it with the right time.`,
    });
  });
});
