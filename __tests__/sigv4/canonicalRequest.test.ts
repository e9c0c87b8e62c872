import { createCanonicalRequest, sha256Hex } from '../../src/sigv4';
import { nodeSha256 } from '../support/sigV4Harness';
import { SHARED, SUITE } from '../vectors/awsSuite';
import type { SuiteCase } from '../vectors/awsSuite';

const { host, accessKeyId, amzDate, credentialScope, expiresIn } = SHARED;

type Pairs = [string, string][];

function canonicalRequestOf(test: SuiteCase, query: Pairs, headers: Pairs): string {
  return createCanonicalRequest({
    method: test.method,
    path: test.path,
    query: [...(test.query ?? []), ...query],
    headers: [['Host', host], ...(test.headers ?? []), ...headers],
    payloadHash: nodeSha256(test.body ?? ''),
    normalizePath: test.normalize,
  });
}

describe("AWS's signing test suite: the published hash of each canonical request", () => {
  test('has 38 requests', () => {
    expect(new Set(SUITE.map(({ name }) => name)).size).toBe(38);
  });

  test.each(SUITE)('header signing: $name', (suiteCase) => {
    const headers: Pairs = [['X-Amz-Date', amzDate]];
    if (suiteCase.token && !suiteCase.omitToken) headers.push(['X-Amz-Security-Token', suiteCase.token]);
    if (suiteCase.signBody) headers.push(['x-amz-content-sha256', nodeSha256(suiteCase.body ?? '')]);
    expect(nodeSha256(canonicalRequestOf(suiteCase, [], headers))).toBe(suiteCase.header[0]);
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
    expect(nodeSha256(canonicalRequestOf(suiteCase, query, []))).toBe(suiteCase.signedQuery[0]);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html (ListUsers)
test("the worked example of AWS's documentation", () => {
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
});

describe('refuses what would become part of the text', () => {
  const input = { method: 'GET', path: '/', query: [], headers: [], payloadHash: 'UNSIGNED-PAYLOAD' };

  it.each(['method', 'path', 'query', 'headers', 'payloadHash'])('without %s', (name) => {
    const lacking = { ...input, [name]: undefined };
    expect(() => createCanonicalRequest(lacking)).toThrow(new RegExp(`^${name}: expected .*, got undefined$`));
  });

  it('with a name that is not known, or with nothing', () => {
    expect(() => createCanonicalRequest({ ...input, body: 'x' } as never)).toThrow('body: expected a known option');
    expect(() => createCanonicalRequest(undefined as never)).toThrow('input: expected an object, got undefined');
  });
});
