/** Explained by damage: what the Authorization header says of the signature. */
import { canonicalLines, mismatch, presign, read, sign } from '../../support/awsTexts';
import { setHeader } from '../../support/damagingProxy';
import { isExplained } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';

it.each<Row>([
  [
    'list of signed headers rewritten',
    {
      code: 'AuthorizationChanged',
      cause:
        'The gateway read another signature than was made: the signed headers list differs. The Authorization header (of a presigned URL: its query) was changed or replaced after signing, or the answer belongs to another attempt. What else differs: the header accept.',
      difference:
        'the signed headers list: signed as "accept;host;x-amz-date;x-amz-security-token", arrived as "host;x-amz-date;x-amz-security-token"\nthe header accept: signed, but did not arrive',
      advice:
        "Send the Authorization header exactly as it was made, let nothing else on the way sign or rewrite it, and compare the answer with the very request it refused.\nSend the signed headers as they are and let proxies pass accept on unchanged (In CloudFront: an origin request policy that forwards it); where that cannot be, sign with unsignedHeaders: ['accept']: it is then sent, and not signed.",
    },
    { damage: setHeader('authorization', (value) => value.replace('accept;', '')) },
  ],
  [
    'scope rewritten',
    {
      code: 'AuthorizationChanged',
      cause:
        'The gateway read another signature than was made: the credential scope differs. The Authorization header (of a presigned URL: its query) was changed or replaced after signing, or the answer belongs to another attempt.',
      difference: 'the credential scope: signed with the region "us-east-1", arrived with "eu-west-1"',
      advice:
        'Send the Authorization header exactly as it was made, let nothing else on the way sign or rewrite it, and compare the answer with the very request it refused.',
    },
    { damage: setHeader('authorization', (value) => value.replace('us-east-1', 'eu-west-1')) },
  ],
])('%s', isExplained);

it('another date in the string to sign, where the date is no header', () => {
  const message = mismatch(canonicalLines()).replace('SHA256\n20240501T120000Z', 'SHA256\n20240501T120005Z');
  expect(read({ message }, sign())?.code).toBe('WrongSecretKey');
  expect(read({ message }, { url: presign() })?.difference).toContain(
    'the date in the string to sign: signed as "20240501T120000Z", arrived as "20240501T120005Z"',
  );
});

it('another scope in the string to sign', () => {
  const withScope = (lines: string[]) => mismatch(lines).replace('/eu-west-1/', '/eu-west-3/');
  const scope =
    'the credential scope: signed as "20240501/eu-west-1/execute-api/aws4_request", arrived as "20240501/eu-west-3/execute-api/aws4_request"';
  expect(read({ message: withScope(canonicalLines()) }, sign())).toMatchObject({
    code: 'AuthorizationChanged',
    difference: scope,
  });
  const [, ...lines] = canonicalLines();
  expect(read({ message: withScope(['PUT', ...lines]) }, sign())?.difference).toBe(
    `the method: signed as "POST", arrived as "PUT"\n${scope}`,
  );
});
