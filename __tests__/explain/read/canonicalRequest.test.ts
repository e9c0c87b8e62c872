/** A canonical request and a string to sign, line by line. */
import { parseCanonicalRequest, parseStringToSign } from '../../../src/explain/read/canonicalRequest';

it('has seven lines at least: with the host alone', () => {
  expect(parseCanonicalRequest('GET\n/a:b\n\nhost:a.test\n\nhost\nhash')).toEqual({
    method: 'GET',
    path: '/a:b',
    query: '',
    headers: new Map([['host', 'a.test']]),
    signedHeaders: 'host',
    payloadHash: 'hash',
  });
  expect(parseCanonicalRequest('GET\n/\n\n\nhost\nhash')).toBeUndefined();
});

it('a string to sign has four', () => {
  const lines = ['AWS4-HMAC-SHA256', '20240501T120000Z', '20240501/eu-west-1/s3/aws4_request', 'hash'];
  expect(parseStringToSign(lines.join('\n'))).toEqual({ amzDate: lines[1], scope: lines[2], hash: 'hash' });
  for (const end of [1, 2, 3]) expect(parseStringToSign(lines.slice(0, end).join('\n'))).toBeUndefined();
});
