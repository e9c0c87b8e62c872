/** Refusals of services of which nothing is known: nothing is explained that would be a guess, and nothing as if by API Gateway. */
import { API_GATEWAY_ADVICE, read, signFor } from '../../support/serviceRefusals';
import type { Answer } from '../../support/serviceRefusals';

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
