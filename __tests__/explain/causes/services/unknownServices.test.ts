/** Refusals of services of which nothing is known: nothing is explained that would be a guess, and nothing as if by API Gateway. */
import { API_GATEWAY_ADVICE, read, signFor, xml } from '../../../support/serviceRefusals';
import type { Answer } from '../../../support/serviceRefusals';

describe('where nothing is known of a service', () => {
  const sqs = signFor('sqs.eu-west-1.amazonaws.com', 'sqs');

  it.each<[string, Answer]>([
    ['a bare Forbidden', { body: { message: 'Forbidden' } }],
    ['a bare Unauthorized', { status: 401, body: { message: 'Unauthorized' } }],
    ['access denied without a text', { type: 'AccessDeniedException', body: '' }],
    [
      "an authorizer's text",
      { body: { Message: 'User is not authorized to access this resource with an explicit deny' } },
    ],
  ])('%s is not explained', (_, answer) => {
    expect(read(sqs, answer)).toBeUndefined();
  });

  it.each<[string, Answer]>([
    [
      'Missing Authentication Token',
      { type: 'MissingAuthenticationTokenException', body: { message: 'Missing Authentication Token' } },
    ],
    [
      'another scheme',
      {
        type: 'IncompleteSignatureException',
        body: { message: "Authorization header requires 'Credential' parameter." },
      },
    ],
    ['a refused signature', { type: 'InvalidSignatureException', body: '' }],
    ['another region', { body: { message: "Credential should be scoped to a valid region, not 'eu-west-1'. " } }],
  ])('%s is explained without advice for API Gateway', (_, answer) => {
    for (const signed of [sqs, { ...sqs, headers: {} }]) {
      const explanation = read(signed, answer);
      expect(explanation).toBeDefined();
      expect(JSON.stringify(explanation)).not.toMatch(API_GATEWAY_ADVICE);
    }
  });
});

describe('words of a service with another status, or other words with its status, are not explained', () => {
  const OAUTH = 'Authorization method mismatch. The agent is configured for a different authorization method.';
  const MODEL = "You don't have access to the model with the specified model ID.";
  const MARKETPLACE =
    'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.';
  const APPSYNC = 'You are not authorized to make this call.';

  it.each<[string, string, string, Answer, string | undefined]>([
    ['bedrock-runtime.eu-west-1.amazonaws.com', 'bedrock', 'its words', { body: { message: MODEL } }, 'NotAuthorized'],
    ['bedrock-runtime.eu-west-1.amazonaws.com', 'bedrock', 'other words', { body: { message: 'No.' } }, undefined],
    [
      'bedrock-agent-runtime.eu-west-1.amazonaws.com',
      'bedrock',
      'its words of the Marketplace',
      { body: { message: MARKETPLACE } },
      'NotAuthorized',
    ],
    ['bedrock-runtime.eu-west-1.amazonaws.com', 'bedrock', '400', { status: 400, body: { message: MODEL } }, undefined],
    [
      'bedrock-agentcore.eu-west-1.amazonaws.com',
      'bedrock-agentcore',
      '403',
      { body: { message: OAUTH } },
      'WrongAuthorizer',
    ],
    [
      'bedrock-agentcore.eu-west-1.amazonaws.com',
      'bedrock-agentcore',
      '401',
      { status: 401, body: { message: 'This endpoint requires OAuth Bearer token.' } },
      'WrongAuthorizer',
    ],
    ['bedrock-agentcore.eu-west-1.amazonaws.com', 'bedrock-agentcore', 'other words', { body: 'No.' }, undefined],
    [
      'bedrock-agentcore.eu-west-1.amazonaws.com',
      'bedrock-agentcore',
      '500',
      { status: 500, body: { message: OAUTH } },
      undefined,
    ],
    ['abc.appsync-api.eu-west-1.amazonaws.com', 'appsync', '403', { body: { message: APPSYNC } }, 'NotAuthorized'],
    ['abc.appsync-api.eu-west-1.amazonaws.com', 'appsync', 'other words', { body: { message: 'No.' } }, undefined],
    [
      'abc.appsync-api.eu-west-1.amazonaws.com',
      'appsync',
      'the name alone',
      { status: 401, body: { errors: [{ errorType: 'UnauthorizedException' }] } },
      'NotAuthorized',
    ],
    [
      'abc.lambda-url.eu-west-1.on.aws',
      'lambda',
      'the name alone',
      { type: 'AccessDeniedException', body: '' },
      'NotAuthorized',
    ],
    ['abc.lambda-url.eu-west-1.on.aws', 'lambda', '404', { status: 404, body: { Message: 'Forbidden' } }, undefined],
    ['abc.lambda-url.eu-west-1.on.aws', 'lambda', 'other words', { body: { Message: 'It is Forbidden' } }, undefined],
    ['abc.lambda-url.eu-west-1.on.aws', 'lambda', 'another word', { body: { Message: 'Forbiddenness' } }, undefined],
    [
      'a.eu-west-1.es.amazonaws.com',
      'es',
      'its words alone',
      { body: 'no permissions for [indices:a*, b-c]' },
      'NotAuthorized',
    ],
    [
      'a.eu-west-1.es.amazonaws.com',
      'es',
      'another type',
      { body: { error: { type: 'parse', reason: 'No.' } } },
      undefined,
    ],
    ['a.eu-west-1.aoss.amazonaws.com', 'aoss', 'its type', { body: { error: { type: 'Forbidden' } } }, 'NotAuthorized'],
    [
      'a.eu-west-1.aoss.amazonaws.com',
      'aoss',
      '404',
      { status: 404, body: { error: { type: 'Forbidden' } } },
      undefined,
    ],
    ['a.eu-west-1.aoss.amazonaws.com', 'aoss', 'another type', { body: { error: { type: 'parse' } } }, undefined],
    ['a.s3.eu-west-1.amazonaws.com', 's3', 'another error', { body: xml('InvalidObjectState', 'No.') }, undefined],
    [
      'abc.appsync-api.eu-west-1.amazonaws.com',
      'appsync',
      '500',
      { status: 500, body: { message: APPSYNC } },
      undefined,
    ],
  ])('%s, signed for %s: %s', (host, service, _, answer, code) => {
    expect(read(signFor(host, service), answer)?.code).toBe(code);
  });
});
