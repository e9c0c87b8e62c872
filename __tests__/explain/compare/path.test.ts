/** Explained by damage: the path. */
import { changeTarget } from '../../support/damagingProxy';
import { isExplained } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';
import { body, canonicalLines, mismatch, read, sha256, sign } from '../../support/awsTexts';

it.each<Row>([
  [
    'slash added',
    {
      code: 'PathChanged',
      cause:
        'The path was changed on the way to the gateway: a slash was added at its end. A redirect or a rewriting proxy does that.',
      difference: 'the path: signed as "/dev/notes", arrived as "/dev/notes/": a slash was added at its end',
      advice:
        'Call the path that the API has ("/dev/notes/"), or let the proxy pass the path on byte for byte (in nginx: `proxy_pass` without a path behind the host).',
    },
    { damage: changeTarget('/notes', '/notes/') },
  ],
  [
    'slash removed',
    {
      code: 'PathChanged',
      cause:
        'The path was changed on the way to the gateway: the slash at its end was removed. A redirect or a rewriting proxy does that.',
      difference: 'the path: signed as "/dev/notes/", arrived as "/dev/notes": the slash at its end was removed',
      advice:
        'Call the path that the API has ("/dev/notes"), or let the proxy pass the path on byte for byte (in nginx: `proxy_pass` without a path behind the host).',
    },
    { request: { path: '/notes/' }, damage: changeTarget('/notes/', '/notes') },
  ],
  [
    'prefix stripped',
    {
      code: 'PathChanged',
      cause:
        'The beginning of the path, "/api", was stripped on the way to the gateway: a proxy\'s prefix, or a stage name that a proxy or the mapping of a custom domain name takes away.',
      difference: 'the path: signed as "/api/dev/notes", arrived as "/dev/notes": its beginning "/api" is missing',
      advice:
        'Sign the path that the gateway sees: leave "/api" out of the endpoint, and add it to the URL after signing; or let the proxy pass the path on byte for byte (in nginx: `proxy_pass` without a path behind the host).',
    },
    { stage: '/api/dev', damage: changeTarget('/api', '') },
  ],
  [
    'stage added',
    {
      code: 'PathChanged',
      cause:
        '"/dev" was put before the path on the way to the gateway: a proxy or CDN adds a prefix or the stage (CloudFront\'s origin path).',
      difference: 'the path: signed as "/notes", arrived as "/dev/notes": "/dev" was put before it',
      advice:
        'Sign the path that the gateway sees: sign with "/dev" in the endpoint\'s path, and take it out of the URL after signing; or let the proxy pass the path on byte for byte (in nginx: `proxy_pass` without a path behind the host).',
    },
    { stage: '', damage: changeTarget('/notes', '/dev/notes') },
  ],
  [
    'all put before',
    {
      code: 'PathChanged',
      difference: 'the path: signed as "/", arrived as "/dev/notes": "/dev/notes" was put before it',
    },
    { stage: '', request: { path: '/' }, damage: changeTarget('/', '/dev/notes') },
  ],
  [
    'decoded',
    {
      code: 'PathChanged',
      cause:
        'The path names the same thing, but its encoding was changed on the way to the gateway: percent-encoding was taken away. Proxies and HTTP clients that decode and encode paths again do that.',
      difference:
        'the path: signed as "/dev/notes/a%20(b)%C3%A9%2Cc", arrived as "/dev/notes/a%20(b)%C3%A9,c": percent-encoding was taken away',
      advice:
        'Send the URL exactly as it was signed, and let the proxy pass the path on byte for byte (in nginx: `proxy_pass` without a path behind the host); or avoid characters in paths that need encoding.',
    },
    { request: { path: '/notes/a (b)é%2Cc' }, damage: changeTarget('%2C', ',') },
  ],
  [
    'encoded',
    {
      code: 'PathChanged',
      cause:
        'The path names the same thing, but its encoding was changed on the way to the gateway: characters were percent-encoded. Proxies and HTTP clients that decode and encode paths again do that.',
      difference:
        'the path: signed as "/dev/notes/a@b", arrived as "/dev/notes/a%40b": characters were percent-encoded',
      advice:
        'Send the URL exactly as it was signed, and let the proxy pass the path on byte for byte (in nginx: `proxy_pass` without a path behind the host); or avoid characters in paths that need encoding.',
    },
    { request: { path: '/notes/a@b' }, damage: changeTarget('@', '%40') },
  ],
  [
    'encoded twice',
    {
      code: 'PathChanged',
      difference:
        'the path: signed as "/dev/notes/a%20b", arrived as "/dev/notes/a%2520b": characters were percent-encoded',
    },
    { request: { path: '/notes/a b' }, damage: changeTarget('%20', '%2520') },
  ],
  [
    'an encoded slash decoded',
    {
      code: 'PathChanged',
      difference:
        'the path: signed as "/dev/notes/a%2Fb", arrived as "/dev/notes/a/b": percent-encoding was taken away',
    },
    { request: { path: '/notes/a%2Fb' }, damage: changeTarget('%2F', '/') },
  ],
  [
    'encoded here, decoded there',
    {
      code: 'PathChanged',
      cause:
        'The path names the same thing, but its encoding was changed on the way to the gateway: it is percent-encoded differently. Proxies and HTTP clients that decode and encode paths again do that.',
      difference:
        'the path: signed as "/dev/notes/a@b%2Cc", arrived as "/dev/notes/a%40b,c": it is percent-encoded differently',
      advice:
        'Send the URL exactly as it was signed, and let the proxy pass the path on byte for byte (in nginx: `proxy_pass` without a path behind the host); or avoid characters in paths that need encoding.',
    },
    { request: { path: '/notes/a@b%2Cc' }, damage: changeTarget('a@b%2Cc', 'a%40b,c') },
  ],
  [
    'in lower case',
    {
      code: 'PathChanged',
      cause: 'The case of letters in the path was changed on the way to the gateway.',
      difference: 'the path: signed as "/dev/Notes", arrived as "/dev/notes": upper and lower case differ',
      advice:
        'Use the path in the case that arrives, or let the proxy pass the path on byte for byte (in nginx: `proxy_pass` without a path behind the host).',
    },
    { request: { path: '/Notes' }, damage: changeTarget('/Notes', '/notes') },
  ],
  [
    'rewritten',
    {
      code: 'PathChanged',
      cause: 'The path was rewritten on the way to the gateway.',
      difference: 'the path: signed as "/dev/notes", arrived as "/dev/v2/notes": it was rewritten',
      advice:
        'Sign the path that the gateway sees, or let the proxy pass the path on byte for byte (in nginx: `proxy_pass` without a path behind the host).',
    },
    { damage: changeTarget('/notes', '/v2/notes') },
  ],
  [
    'the question mark encoded',
    {
      code: 'PathChanged',
      cause:
        'The question mark was percent-encoded, so that the query arrived as a part of the path. What else differs: the query.',
      difference:
        'the path: signed as "/dev/notes", arrived as "/dev/notes%3F…": its question mark was percent-encoded\nthe query: the whole query is missing: the query parameter "sid" was signed, but did not arrive',
      advice:
        'Send the URL exactly as it was signed, and let the proxy pass the path on byte for byte (in nginx: `proxy_pass` without a path behind the host).\nHave all parameters in the URL, or in queryParams, before it is signed, and send the signed URL as it is; let proxies and CDNs pass the whole query on (in CloudFront: an origin request policy with all query strings).',
    },
    { request: { queryParams: { sid: 'very private' } }, damage: changeTarget('?', '%3F') },
  ],
  [
    'the question mark encoded, and a prefix stripped',
    {
      code: 'PathChanged',
      difference:
        'the path: signed as "/api/dev/notes", arrived as "/dev/notes%253F…": it was rewritten\nthe query: the whole query is missing: the query parameter "sid" was signed, but did not arrive',
    },
    {
      stage: '/api/dev',
      request: { queryParams: { sid: 'very private' } },
      damage: changeTarget(/.*\?/, '/dev/notes%253F'),
    },
  ],
  [
    'an encoded question mark that was signed',
    {
      code: 'PathChanged',
      difference: 'the path: signed as "/dev/notes/%3Fa", arrived as "/dev/notes/%3Fb": it was rewritten',
    },
    { request: { path: '/notes/%3Fa' }, damage: changeTarget('%3Fa', '%3Fb') },
  ],
])('%s', isExplained);

/** The explanation where the gateway saw that path. */
function arrivedAs(path: string, signed = sign()) {
  const [method, , ...lines] = canonicalLines();
  return read({ message: mismatch([method!, path, ...lines]) }, signed);
}

it('stripped whole', () => {
  expect(arrivedAs('/')).toMatchObject({
    code: 'PathChanged',
    difference: 'the path: signed as "/dev/notes", arrived as "/": its beginning "/dev/notes" is missing',
  });
});

it('with double slashes, which the signer joins', () => {
  expect(arrivedAs('/dev//notes')).toEqual({
    code: 'PathChanged',
    cause:
      'Double slashes in the path were treated differently by the signer and the gateway. Or the signer left them as well (normalizePath: false): then the secret access key is wrong.',
    difference: 'the path: signed as "/dev/notes", arrived as "/dev//notes": double slashes were joined or added',
    advice:
      'Join the parts of the URL with exactly one slash; or, where the gateway keeps double slashes, sign with normalizePath: false.',
  });
});

describe('of S3, whose paths are encoded once and not resolved', () => {
  const arrived = (signedPath: string, path: string) => {
    const endpoint = 'https://bucket.test';
    const signed = sign({ path: signedPath }, { service: 's3', endpoint, region: 'eu-west-1' });
    const headers = { host: 'bucket.test', 'x-amz-content-sha256': sha256(body) };
    const [method, , ...lines] = canonicalLines(headers);
    return read({ message: mismatch([method!, path, ...lines]).replace('execute-api', 's3') }, signed);
  };

  it('is shown as it stands', () => {
    expect(arrived('/a b', '/a%20c')?.difference).toBe(
      'the path: signed as "/a%20b", arrived as "/a%20c": it was rewritten',
    );
  });

  it('with double slashes that were joined on the way', () => {
    expect(arrived('/a//b', '/a/b')).toMatchObject({
      cause: 'Double slashes in the path were treated differently by the signer and the gateway.',
      difference: 'the path: signed as "/a//b", arrived as "/a/b": double slashes were joined or added',
    });
  });
});
