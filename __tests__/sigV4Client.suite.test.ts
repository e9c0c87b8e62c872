import {
  calculateSignature,
  createCanonicalRequest,
  createStringToSign,
  deriveSigningKey,
  newClient,
  sha256Hex,
} from '../src/sigv4';
import { SHARED, SUITE } from './vectors/awsSuite';
import type { SuiteCase } from './vectors/awsSuite';

const { host, accessKeyId, secretAccessKey, amzDate, credentialScope, expiresIn } = SHARED;
const signingKey = deriveSigningKey({ secretAccessKey, date: '20150830', region: 'us-east-1', service: 'service' });

type Pairs = [string, string][];

function canonicalRequestOf(test: SuiteCase, query: Pairs, headers: Pairs): string {
  return createCanonicalRequest({
    method: test.method,
    path: test.path,
    query: [...(test.query ?? []), ...query],
    headers: [['Host', host], ...(test.headers ?? []), ...headers],
    payloadHash: sha256Hex(test.body ?? ''),
    normalizePath: test.normalize,
  });
}

function expectPublished(canonicalRequest: string, [canonicalRequestHash, signature]: readonly [string, string]) {
  expect(sha256Hex(canonicalRequest)).toBe(canonicalRequestHash);
  const stringToSign = createStringToSign({ amzDate, credentialScope, canonicalRequest });
  expect(stringToSign).toBe(`AWS4-HMAC-SHA256\n${amzDate}\n${credentialScope}\n${canonicalRequestHash}`);
  expect(calculateSignature(signingKey, stringToSign)).toBe(signature);
}

describe("AWS's signing test suite", () => {
  test('has 38 requests', () => {
    expect(new Set(SUITE.map(({ name }) => name)).size).toBe(38);
  });

  test.each(SUITE)('header signing: $name', (suiteCase) => {
    const headers: Pairs = [['X-Amz-Date', amzDate]];
    if (suiteCase.token && !suiteCase.omitToken) headers.push(['X-Amz-Security-Token', suiteCase.token]);
    if (suiteCase.signBody) headers.push(['x-amz-content-sha256', sha256Hex(suiteCase.body ?? '')]);
    expectPublished(canonicalRequestOf(suiteCase, [], headers), suiteCase.header);
  });

  test.each(SUITE)('query signing: $name', (suiteCase) => {
    const names = ['host', ...(suiteCase.headers ?? []).map(([name]) => name.toLowerCase())];
    const query: Pairs = [
      ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
      ['X-Amz-Credential', `${accessKeyId}/${credentialScope}`],
      ['X-Amz-Date', amzDate],
      ['X-Amz-Expires', String(expiresIn)],
      ['X-Amz-SignedHeaders', [...new Set(names)].sort().join(';')],
    ];
    if (suiteCase.token && !suiteCase.omitToken) query.push(['X-Amz-Security-Token', suiteCase.token]);
    expectPublished(canonicalRequestOf(suiteCase, query, []), suiteCase.signedQuery);
  });
});

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html (ListUsers)
describe("the worked example of AWS's documentation", () => {
  const key = deriveSigningKey({ secretAccessKey, date: '20150830', region: 'us-east-1', service: 'iam' });

  test('canonical request, string to sign and signature', () => {
    const canonicalRequest = createCanonicalRequest({
      method: 'GET',
      path: '/',
      query: [
        ['Version', '2010-05-08'],
        ['Action', 'ListUsers'],
      ],
      headers: [
        ['X-Amz-Date', amzDate],
        ['Host', 'iam.amazonaws.com'],
        ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'],
      ],
      payloadHash: sha256Hex(''),
    });
    expect(sha256Hex(canonicalRequest)).toBe('f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59');
    const scope = '20150830/us-east-1/iam/aws4_request';
    const stringToSign = createStringToSign({ amzDate, credentialScope: scope, canonicalRequest });
    const signature = calculateSignature(key, stringToSign);
    expect(signature).toBe('5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7');
  });

  test('the signing key', () => {
    expect(hex(key)).toBe('c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9');
  });
});

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

  test.each<[string, string, string, Pairs, Pairs, string, string]>([
    [
      'GET object',
      'GET',
      '/test.txt',
      [],
      [['Range', 'bytes=0-9']],
      '',
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ],
    [
      'PUT object',
      'PUT',
      '/test%24file.text',
      [],
      put,
      'Welcome to Amazon S3.',
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ],
    [
      'GET lifecycle',
      'GET',
      '/',
      [['lifecycle', '']],
      [],
      '',
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    ],
    ['list objects', 'GET', '/', list, [], '', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'],
  ])('%s', (_name, method, path, query, headers, body, signature) => {
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

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('published hashes', () => {
  // FIPS 180-4 (NIST's examples of SHA-256) and the empty message
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('SHA-256 of text, example %#', (message, expected) => {
    expect(sha256Hex(message)).toBe(expected);
    expect(sha256Hex(utf8(message))).toBe(expected);
  });

  // RFC 4231, cases 1, 2, 6 and 7
  test.each([
    [new Uint8Array(20).fill(0x0b), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [utf8('Jefe'), 'what do ya want for nothing?', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
    [
      new Uint8Array(131).fill(0xaa),
      'Test Using Larger Than Block-Size Key - Hash Key First',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
    [
      new Uint8Array(131).fill(0xaa),
      'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.',
      '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
    ],
  ])('HMAC-SHA-256 %#', (key, message, expected) => {
    expect(calculateSignature(key, message)).toBe(expected);
  });
});
