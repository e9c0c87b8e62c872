// Maps a case of the AWS signing test suite onto the four stages of src/sigv4/ (built: `npm run build`).
import {
  calculateSignature,
  createCanonicalRequest,
  createStringToSign,
  deriveSigningKey,
  sha256Hex,
} from '../dist/esm/index.js';

/** Splits the target of a request line as it stands on the wire. */
function readTarget(target) {
  const [, path, query] = /^([^?]*)\??(.*)$/s.exec(target);
  const pairs = query
    .split('&')
    .filter(Boolean)
    .map((part) => /^([^=]*)=?(.*)$/s.exec(part).slice(1));
  return { path, query: pairs.map((pair) => pair.map(decodeURIComponent)) };
}

function sign(test, query, headers) {
  const amzDate = test.date.toISOString().replace(/[:-]|\.\d+/g, '');
  const date = amzDate.slice(0, 8);
  const { accessKeyId, secretAccessKey, region, service } = test;
  const credentialScope = `${date}/${region}/${service}/aws4_request`;
  const canonicalRequest = createCanonicalRequest({
    method: test.method,
    path: readTarget(test.target).path,
    query: [...readTarget(test.target).query, ...query({ amzDate, credential: `${accessKeyId}/${credentialScope}` })],
    headers: [...test.headers, ...headers({ amzDate, payloadHash: sha256Hex(test.body) })],
    payloadHash: sha256Hex(test.body),
    normalizePath: test.normalize,
  });
  const stringToSign = createStringToSign({ amzDate, credentialScope, canonicalRequest });
  const signingKey = deriveSigningKey({ secretAccessKey, date, region, service });
  return { canonicalRequest, stringToSign, signature: calculateSignature(signingKey, stringToSign) };
}

export function signHeaders(test) {
  const token = test.sessionToken && !test.omitSessionToken ? [['x-amz-security-token', test.sessionToken]] : [];
  return sign(
    test,
    () => [],
    ({ amzDate, payloadHash }) => [
      ['x-amz-date', amzDate],
      ...token,
      ...(test.signBody ? [['x-amz-content-sha256', payloadHash]] : []),
    ],
  );
}

export function signQuery(test) {
  const token = test.sessionToken && !test.omitSessionToken ? [['X-Amz-Security-Token', test.sessionToken]] : [];
  const names = [...new Set(test.headers.map(([name]) => name.toLowerCase()))].sort();
  return sign(
    test,
    ({ amzDate, credential }) => [
      ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
      ['X-Amz-Credential', credential],
      ['X-Amz-Date', amzDate],
      ['X-Amz-Expires', String(test.expiresIn)],
      ['X-Amz-SignedHeaders', names.join(';')],
      ...token,
    ],
    () => [],
  );
}
