/** Explained by damage: the method. */
import { canonicalLines, mismatch, read, sign } from '../../support/awsTexts';
import type { Damage } from '../../support/damagingProxy';
import { isExplained, post } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';

const arrivesAs =
  (method: string): Damage =>
  (message) => {
    message.method = method;
  };

it.each<Row>([
  [
    'another method',
    {
      code: 'MethodChanged',
      cause: 'The request was signed as POST and arrived as PUT: the HTTP client or a proxy changed the method.',
      difference: 'the method: signed as "POST", arrived as "PUT"',
      advice: 'Sign the method that is sent; switch method overrides (X-HTTP-Method-Override) off on the way.',
    },
    { request: post, damage: arrivesAs('PUT') },
  ],
  [
    'a redirect',
    {
      code: 'MethodChanged',
      cause:
        'The request was signed as DELETE and arrived as GET: most likely a redirect (301, 302, 303) was followed, which turns it into a GET without a body.',
      difference: 'the method: signed as "DELETE", arrived as "GET"',
      advice:
        'Call the URL that the redirect leads to (https instead of http, with or without the slash at the end), signed for that URL.',
    },
    { request: { method: 'DELETE' }, damage: arrivesAs('GET') },
  ],
  [
    'HEAD as GET is no redirect',
    {
      code: 'MethodChanged',
      cause: 'The request was signed as HEAD and arrived as GET: the HTTP client or a proxy changed the method.',
      difference: 'the method: signed as "HEAD", arrived as "GET"',
      advice: 'Sign the method that is sent; switch method overrides (X-HTTP-Method-Override) off on the way.',
    },
    { request: { method: 'HEAD' }, damage: arrivesAs('GET'), send: (signed) => ({ ...signed, method: 'GET' }) },
  ],
])('%s', isExplained);

it('in another case', () => {
  const [, ...lines] = canonicalLines();
  expect(read({ message: mismatch(['post', ...lines]) }, sign())).toEqual({
    code: 'MethodChanged',
    cause: 'The request was signed as POST and arrived as post: the HTTP client or a proxy changed the method.',
    difference: 'the method: signed as "POST", arrived as "post": upper and lower case differ',
    advice: 'Write the method in upper case when signing and when sending: fetch leaves "patch" as it is.',
  });
});

it('in another case, as another client has signed it', () => {
  const [, ...lines] = canonicalLines();
  expect(read({ message: mismatch(['PATCH', ...lines]) }, { ...sign(), method: 'patch' })?.difference).toBe(
    'the method: signed as "patch", arrived as "PATCH": upper and lower case differ',
  );
});
