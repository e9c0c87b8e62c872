/** No explanation shows what looks like a secret, wherever in the request or in the answer it stands. */
import { explain } from '../../src/explain/index';
import type { SignedParts } from '../../src/explain/index';
import { newClient } from '../../src/sigv4';
import { LOOK_SECRET } from '../support/secretTexts';
import { configOf } from '../support/sigV4Harness';

/** The refusals, and what they repeat of the request. */
const REFUSALS: [string, (secret: string) => string][] = [
  ['forbidden', () => 'Forbidden'],
  ['no signature', () => 'Missing Authentication Token'],
  ['two signatures', () => "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."],
  ['a region', (secret) => `Credential should be scoped to a valid region, not '${secret}'.`],
  ['a service', (secret) => `Credential should be scoped to correct service: '${secret}'.`],
  [
    'a denial',
    (secret) =>
      `User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/${secret} with an explicit deny`,
  ],
  ['a mismatch', () => 'The request signature we calculated does not match the signature you provided.'],
  ['a canonical request', (secret) => mismatch(secret)],
];

function mismatch(secret: string): string {
  const canonical = `${secret}\n/dev/x/${secret}\na=${secret}\ncontent-type:${secret}\nhost:h\n\nhost;${secret}\n${'0'.repeat(64)}`;
  const stringToSign = `AWS4-HMAC-SHA256\n${secret}\n20150830/${secret}/execute-api/aws4_request\n${'0'.repeat(64)}`;
  return `The request signature we calculated does not match the signature you provided. The Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${stringToSign}'\n`;
}

/** As other signers may make it; ours takes no slash there. */
function credentialWith(part: string, given: string): SignedParts {
  const signed = newClient(configOf()).signRequest({});
  const { Authorization = '' } = signed.headers;
  return { ...signed, headers: { ...signed.headers, Authorization: Authorization.replace(part, given) } };
}

/** The request, with the secret in each of the places that it may come to by mistake. */
const REQUESTS: [string, (secret: string) => SignedParts][] = [
  ['its path', (secret) => newClient(configOf()).signRequest({ path: `/notes/${secret}` })],
  ['its stage', (secret) => newClient(configOf({ endpoint: `https://h/${secret}` })).signRequest({})],
  ['its query', (secret) => newClient(configOf()).signRequest({ queryParams: { [secret]: '1', a: secret } })],
  ['its region', (secret) => credentialWith('/eu-west-1/', `/${secret}/`)],
  ['its service', (secret) => credentialWith('/execute-api/', `/${secret}/`)],
  ['its access key id', (secret) => credentialWith('AKIDEXAMPLE', secret)],
  ['its method', (secret) => ({ ...newClient(configOf()).signRequest({}), method: secret })],
  [
    'its headers',
    (secret) => newClient(configOf()).signRequest({ headers: { 'X-Note': secret, 'Content-Type': secret } }),
  ],
];

describe.each(REFUSALS)('%s', (_refusal, messageOf) => {
  describe.each(REQUESTS)('a secret in %s', (place, requestOf) => {
    test.each(LOOK_SECRET)('%s', (_, secret) => {
      const answer = { status: 403, body: JSON.stringify({ message: messageOf(secret) }) };
      const shown = JSON.stringify([explain(answer, requestOf(secret))]);
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain(encodeURIComponent(secret));
      const start = place === 'its query' ? secret : secret.slice(0, 16);
      expect(shown).not.toContain(start);
    });
  });
});

test.each(LOOK_SECRET)('a page that cannot read its answer is not shown %s', (_, secret) => {
  const signed = { ...newClient(configOf()).signRequest({ path: `/${secret}` }), method: secret };
  expect(JSON.stringify(explain({ networkError: new TypeError('Failed to fetch') }, signed))).not.toContain(secret);
});
