import {
  calculateSignature,
  createCanonicalRequest,
  createStringToSign,
  deriveSigningKey,
  newClient,
  sha256Hex,
} from '../../src/sigv4';
import { SHARED, SUITE } from '../vectors/awsSuite';

const { secretAccessKey, amzDate, credentialScope } = SHARED;

type Pairs = [string, string][];

describe("AWS's signing test suite: the published signature of each string to sign", () => {
  const signingKey = deriveSigningKey({ secretAccessKey, date: '20150830', region: 'us-east-1', service: 'service' });
  const stringToSign = (canonicalRequestHash: string) =>
    `AWS4-HMAC-SHA256\n${amzDate}\n${credentialScope}\n${canonicalRequestHash}`;

  test.each(SUITE)('$name', ({ header, signedQuery }) => {
    for (const [canonicalRequestHash, signature] of [header, signedQuery]) {
      expect(calculateSignature(signingKey, stringToSign(canonicalRequestHash))).toBe(signature);
    }
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html (ListUsers)
test("the worked example of AWS's documentation", () => {
  const key = deriveSigningKey({ secretAccessKey, date: '20150830', region: 'us-east-1', service: 'iam' });
  const hash = 'f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59';
  const stringToSign = `AWS4-HMAC-SHA256\n${amzDate}\n20150830/us-east-1/iam/aws4_request\n${hash}`;
  const signature = '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7';
  expect(calculateSignature(key, stringToSign)).toBe(signature);
});

interface S3Request {
  method: string;
  path: string;
  query: Pairs;
  headers: Pairs;
  body: string;
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and sigv4-query-string-auth.html
describe("the examples of Amazon S3's documentation", () => {
  const s3Secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const key = deriveSigningKey({ secretAccessKey: s3Secret, date: '20130524', region: 'us-east-1', service: 's3' });
  const put: Pairs = [
    ['Date', 'Fri, 24 May 2013 00:00:00 GMT'],
    ['x-amz-storage-class', 'REDUCED_REDUNDANCY'],
  ];
  const list: Pairs = [
    ['prefix', 'J'],
    ['max-keys', '2'],
  ];

  test.each<[string, S3Request, signature: string]>([
    [
      'GET object',
      { method: 'GET', path: '/test.txt', query: [], headers: [['Range', 'bytes=0-9']], body: '' },
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'PUT object',
      { method: 'PUT', path: '/test%24file.text', query: [], headers: put, body: 'Welcome to Amazon S3.' },
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
    [
      'GET lifecycle',
      { method: 'GET', path: '/', query: [['lifecycle', '']], headers: [], body: '' },
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    [
      'list objects',
      { method: 'GET', path: '/', query: list, headers: [], body: '' },
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    ],
  ])('%s', (_name, { method, path, query, headers, body }, signature) => {
    const payloadHash = sha256Hex(body);
    const signed: Pairs = [
      ['Host', 'examplebucket.s3.amazonaws.com'],
      ['x-amz-date', '20130524T000000Z'],
      ['x-amz-content-sha256', payloadHash],
      ...headers,
    ];
    const rules = { normalizePath: false, doubleEncodePath: false };
    const canonicalRequest = createCanonicalRequest({ method, path, query, headers: signed, payloadHash, ...rules });
    const scope = { amzDate: '20130524T000000Z', credentialScope: '20130524/us-east-1/s3/aws4_request' };
    expect(calculateSignature(key, createStringToSign({ ...scope, canonicalRequest }))).toBe(signature);
  });

  test('the presigned URL', () => {
    const client = newClient({
      accessKey: 'AKIAIOSFODNN7EXAMPLE',
      secretKey: s3Secret,
      endpoint: 'https://examplebucket.s3.amazonaws.com',
      region: 'us-east-1',
      serviceName: 's3',
    });
    const date = new Date('2013-05-24T00:00:00Z');
    expect(client.presignUrl({ path: '/test.txt', expiresIn: 86400, date })).toBe(
      'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
        '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z' +
        '&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
        '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    );
  });
});

it('is refused for a key or a string to sign of another type', () => {
  expect(() => calculateSignature('key' as never, 'x')).toThrow('signingKey: expected bytes, got a string');
  expect(() => calculateSignature(new Uint8Array(32), undefined as never)).toThrow('stringToSign: expected text');
});
