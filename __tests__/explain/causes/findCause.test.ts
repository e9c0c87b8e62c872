/** What is no refusal of a gateway, and the order in which the explanations are asked. */
import { explain } from '../../../src/explain/index';
import { canonicalLines, mismatch, read, sign } from '../../support/awsTexts';
import { addHeader, changeTarget } from '../../support/damagingProxy';
import { call, post, withQuery } from '../../support/explainHarness';
import type { Case } from '../../support/explainHarness';

it.each<[string, Case]>([
  ['nothing', { request: { ...post, ...withQuery, path: '/notes/a@b (é)' } }],
  ['the order of the query', { request: withQuery, damage: changeTarget('limit=10&q=a%20b', 'q=a%20b&limit=10') }],
  ['spaces as plus signs', { request: withQuery, damage: changeTarget('a%20b', 'a+b') }],
  [
    'the order and case of headers',
    {
      damage: (m) => {
        m.headers = m.headers.reverse().map(([name, value]) => [name.toUpperCase(), value]);
      },
    },
  ],
  ['a header that is not signed', { damage: addHeader('X-Forwarded-For', '192.0.2.1') }],
])('the gateway does not mind when the proxy changes %s', async (_, test) => {
  const { refusal, signed } = await call(test);
  expect(refusal).toMatchObject({ status: 200, body: '{"ok":true}' });
  expect(explain(refusal, signed)).toBeUndefined();
});

it.each<[string, number, string]>([
  ['a 403 of the app', 403, '{"error":"This note belongs to someone else"}'],
  ['a 403 of a framework', 403, '{"statusCode":403,"message":"Forbidden"}'],
  ['a 403 in text', 403, 'Forbidden'],
  ['a 403 in HTML', 403, '<html><body>403 Forbidden</body></html>'],
  ['an empty 403', 403, ''],
  ['a 401 of the app', 401, '{"error":"Unauthorized"}'],
  ['a 404 that says Forbidden', 404, '{"message":"Forbidden"}'],
  ['a 404', 404, '{"message":"Not Found"}'],
  ['a 500', 500, '{"message":"Internal server error"}'],
  ['a 200 with the text of a refusal', 200, JSON.stringify({ message: mismatch(canonicalLines()) })],
  ['a 399 with the text of a refusal', 399, JSON.stringify({ message: mismatch(canonicalLines()) })],
])('no refusal of a gateway: %s', (_, status, text) => {
  expect(explain({ status, body: text }, sign())).toBeUndefined();
});

it.each([199, 400, 403, 500])('a refusal with the status %d is explained', (status) => {
  expect(explain({ status, body: mismatch(canonicalLines()) }, sign())?.code).toBe('WrongSecretKey');
});

it('the text counts before the type', () => {
  const headers = { 'x-amzn-errortype': 'InvalidSignatureException' };
  const code = (message: string) => read({ message }, sign(), { headers })?.code;
  expect(code('Signature expired: 20240501T120000Z is now earlier than 20240501T125500Z')).toBe('ClockBehind');
  expect(code("Credential should be scoped to correct service: 'execute-api'.")).toBe('WrongService');
  expect(code('Missing Authentication Token')).toBe('MissingAuthentication');
  expect(code('No entry.')).toBe('SignatureMismatch');
});
