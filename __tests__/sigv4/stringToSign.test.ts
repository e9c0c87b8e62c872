import { createStringToSign } from '../../src/sigv4';
import { nodeSha256 } from '../support/sigV4Harness';

const amzDate = '20150830T123600Z';
const credentialScope = '20150830/us-east-1/iam/aws4_request';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html (ListUsers)
test("the worked example of AWS's documentation", () => {
  const canonicalRequest = `GET
/
Action=ListUsers&Version=2010-05-08
content-type:application/x-www-form-urlencoded; charset=utf-8
host:iam.amazonaws.com
x-amz-date:20150830T123600Z

content-type;host;x-amz-date
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`;
  expect(createStringToSign({ amzDate, credentialScope, canonicalRequest })).toBe(`AWS4-HMAC-SHA256
20150830T123600Z
20150830/us-east-1/iam/aws4_request
f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59`);
});

test.each(['', 'é\n💡', 'x'.repeat(10_000)])(
  'has the hash of the canonical request, example %#',
  (canonicalRequest) => {
    const lines = createStringToSign({ amzDate, credentialScope, canonicalRequest }).split('\n');
    expect(lines).toEqual(['AWS4-HMAC-SHA256', amzDate, credentialScope, nodeSha256(canonicalRequest)]);
  },
);

it.each(['amzDate', 'credentialScope', 'canonicalRequest'])('is refused without %s', (name) => {
  const input = { amzDate: '20150830T123600Z', credentialScope: 'scope', canonicalRequest: 'GET', [name]: undefined };
  expect(() => createStringToSign(input as never)).toThrow(`${name}: expected text, got undefined`);
});

it('is refused with what it does not know, naming all that it does', () => {
  const input = { amzDate, credentialScope, canonicalRequest: 'GET', zzz: 1 };
  expect(() => createStringToSign(input)).toThrow(
    'zzz: expected a known option, one of amzDate, credentialScope, canonicalRequest, got 1',
  );
});
