/** Explained by damage and by AWS's texts: a refusal without a reason. */
import { host, read, sign } from '../../support/awsTexts';
import { isExplained } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';

it.each<Row>([
  [
    'a stage that does not exist',
    {
      code: 'Forbidden',
      cause:
        'The gateway refused the request without saying why. It does so before it looks at the signature for a wrong stage, a missing API key and a firewall.',
      difference: 'not told; the path begins with the stage "prod", and no x-api-key was sent',
      advice:
        'Check, in this order: (1) the stage or the base path is wrong: "prod" is the first part of the path, and the gateway has to know it (as a stage, or in the mapping of the custom domain name); (2) the method requires an API key, and the request has no x-api-key; (3) AWS WAF blocks the request (its log names the rule); (4) a CDN or proxy before the gateway sends another Host than the gateway knows (CloudFront: do not forward Host).',
    },
    { stage: '/prod' },
  ],
])('%s', isExplained);

it('of an HTTP API, which gives no type', () => {
  expect(read({ message: 'Forbidden' })).toEqual({
    code: 'Forbidden',
    cause:
      'The gateway refused the request without saying why. It does so before it looks at the signature for a wrong stage, a missing API key and a firewall.',
    difference: 'not told; the path begins with the stage "dev", and no x-api-key was sent',
    advice:
      'Check, in this order: (1) the stage is wrong: "dev" is the first part of the path, and the API has to have a stage of that name; (2) the method requires an API key, and the request has no x-api-key; (3) AWS WAF blocks the request (its log names the rule); (4) a CDN or proxy before the gateway sends another Host than the gateway knows (CloudFront: do not forward Host); (5) it is an HTTP API, which says no more than this to any wrong signature and any call that IAM does not allow; (6) it is not the gateway, but the app behind it that answers so.',
  });
  expect(read({ message: 'Forbidden' }, { url: sign().url })?.advice).toContain('to any missing signature');
});

it('of a REST API, with an API key', () => {
  const headers = new Headers({ 'x-amzn-ErrorType': 'ForbiddenException' });
  const explanation = read({ message: ' forbidden ' }, sign({ headers: { 'x-api-key': 'very private' } }), { headers });
  expect(explanation).toEqual({
    code: 'Forbidden',
    cause:
      'The gateway refused the request without saying why. It does so before it looks at the signature for a wrong stage, a missing API key and a firewall.',
    difference: 'not told; the path begins with the stage "dev", and an x-api-key was sent',
    advice:
      'Check, in this order: (1) the stage is wrong: "dev" is the first part of the path, and the API has to have a stage of that name; (2) the API key (x-api-key) is unknown, disabled, or in no usage plan of this stage; (3) AWS WAF blocks the request (its log names the rule); (4) a CDN or proxy before the gateway sends another Host than the gateway knows (CloudFront: do not forward Host).',
  });
  expect(JSON.stringify(explanation)).not.toContain('very private');
});

it('at a domain name of its own, it is told apart by the name of the error', () => {
  const url = 'https://api.example.com/dev/notes';
  const typed = { headers: { 'x-amzn-errortype': 'ForbiddenException' } };
  expect(read({ message: 'Forbidden' }, { url }, typed)?.advice).toContain(
    '(1) the stage or the base path is wrong: "dev" is the first part of the path, and the gateway has to know it (as a stage, or in the mapping of the custom domain name); (2)',
  );
  expect(read({ message: 'Forbidden' }, { url })?.advice).toContain(
    '(1) the stage is wrong: "dev" is the first part of the path, and the API has to have a stage of that name; (2)',
  );
});

describe('of a URL without a stage', () => {
  const typed = { headers: { 'x-amzn-errortype': 'ForbiddenException' } };

  it.each<[string, object | undefined, string]>([
    [
      `https://${host}`,
      typed,
      'the stage is missing: the URL names none, and the path has to begin with the name of one (only an HTTP API with the stage $default needs none);',
    ],
    [
      `https://${host}/?a=1`,
      undefined,
      'the stage is missing: the URL names none, and the path has to begin with the name of one (only an HTTP API with the stage $default needs none);',
    ],
    [
      'https://api.example.com/',
      typed,
      'the stage or the base path is missing: the URL names none, and the gateway has to know it (as a stage, or in the mapping of the custom domain name);',
    ],
    [
      'no url',
      typed,
      'the stage or the base path is missing: the URL names none, and the gateway has to know it (as a stage, or in the mapping of the custom domain name);',
    ],
  ])('%s', (url, more, reason) => {
    const explanation = read({ message: 'Forbidden' }, { url }, more);
    expect(explanation?.difference).toBe('not told; the URL names no stage, and no x-api-key was sent');
    expect(explanation?.advice).toContain(`(1) ${reason} (2)`);
  });
});

it('is not read out of other answers', () => {
  const headers = { 'x-amzn-errortype': 'ForbiddenException' };
  expect(read({ message: 'Forbidden fruit' }, sign(), { headers })).toBeUndefined();
  expect(read({ message: 'Forbidden' }, sign(), { status: 404 })).toBeUndefined();
  expect(read({ message: 'Forbidden' }, sign(), { status: 404, headers })?.code).toBe('Forbidden');
});
