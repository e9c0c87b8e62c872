/** Explained by damage: the query. */
import { canonicalLines, mismatch, read, sign } from '../../support/awsTexts';
import { changeTarget } from '../../support/damagingProxy';
import { isExplained, withQuery } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';

it.each<Row>([
  [
    'a parameter lost',
    {
      code: 'QueryChanged',
      cause: 'Query parameters were lost between signing and the gateway. A proxy, CDN or redirect dropped them.',
      difference: 'the query: the query parameter "limit" was signed, but did not arrive',
      advice:
        'Have all parameters in the URL, or in queryParams, before it is signed, and send the signed URL as it is; let proxies and CDNs pass the whole query on (in CloudFront: an origin request policy with all query strings).',
    },
    { request: withQuery, damage: changeTarget('limit=10&', '') },
  ],
  [
    'one of two values lost',
    { code: 'QueryChanged', difference: 'the query: the query parameter "tag" was signed, but did not arrive' },
    { request: withQuery, damage: changeTarget('&tag=x', '') },
  ],
  [
    'the query lost',
    {
      code: 'QueryChanged',
      cause: 'Query parameters were lost between signing and the gateway. A proxy, CDN or redirect dropped them.',
      difference:
        'the query: the whole query is missing: the query parameter "limit" was signed, but did not arrive; the query parameter "q" was signed, but did not arrive; the query parameter "tag" was signed, but did not arrive; the query parameter "tag" was signed, but did not arrive',
      advice:
        'Have all parameters in the URL, or in queryParams, before it is signed, and send the signed URL as it is; let proxies and CDNs pass the whole query on (in CloudFront: an origin request policy with all query strings).',
    },
    { request: withQuery, damage: changeTarget(/\?.*/, '') },
  ],
  [
    'a parameter added',
    {
      code: 'QueryChanged',
      cause:
        'Query parameters were added between signing and the gateway. An HTTP client or a proxy adds parameters after signing (cache busting, tracking).',
      difference: 'the query: the query parameter "utm_source" arrived, but was not signed',
      advice:
        'Have all parameters in the URL, or in queryParams, before it is signed, and send the signed URL as it is; let proxies and CDNs pass the whole query on (in CloudFront: an origin request policy with all query strings).',
    },
    { request: withQuery, damage: changeTarget(/$/, '&utm_source=mail') },
  ],
  [
    'a parameter added to none',
    { code: 'QueryChanged', difference: 'the query: the query parameter "_" arrived, but was not signed' },
    { damage: changeTarget(/$/, '?_=1') },
  ],
  [
    'a value changed',
    {
      code: 'QueryChanged',
      cause: 'Query parameters were changed between signing and the gateway. Something rewrote the URL after signing.',
      difference: 'the query: the query parameter "limit": signed as "10", arrived as "100"',
      advice:
        'Have all parameters in the URL, or in queryParams, before it is signed, and send the signed URL as it is; let proxies and CDNs pass the whole query on (in CloudFront: an origin request policy with all query strings).',
    },
    { request: withQuery, damage: changeTarget('limit=10', 'limit=100') },
  ],
  [
    'a value added to a name',
    { code: 'QueryChanged', difference: 'the query: the query parameter "limit" arrived, but was not signed' },
    { request: withQuery, damage: changeTarget(/$/, '&limit=11') },
  ],
  [
    'a secret value changed',
    {
      code: 'QueryChanged',
      difference:
        'the query: the query parameter "inviteToken": its value changed (not shown; signed with 12, arrived with 5 characters)',
    },
    { request: { queryParams: { inviteToken: 'very private' } }, damage: changeTarget('very%20private', 'other') },
  ],
  [
    'encoded twice',
    {
      code: 'QueryChanged',
      cause:
        'Query parameters were encoded differently between signing and the gateway. Something built the URL anew with another encoding.',
      difference:
        'the query: the query parameter "q": signed as "a b", arrived as "a%20b": its value was encoded once more',
      advice:
        'Send the URL exactly as it was signed: no params option of the HTTP client, no URL or URLSearchParams built from it again; and let proxies pass the query on unchanged.',
    },
    { request: withQuery, damage: changeTarget('a%20b', 'a%2520b') },
  ],
  [
    'decoded once',
    {
      code: 'QueryChanged',
      difference: 'the query: the query parameter "q": signed as "a%20b", arrived as "a b": its value was decoded once',
    },
    { request: { queryParams: { q: 'a%20b' } }, damage: changeTarget('a%2520b', 'a%20b') },
  ],
  [
    'a plus sign decoded',
    {
      code: 'QueryChanged',
      cause:
        'Query parameters were encoded differently between signing and the gateway. Something built the URL anew with another encoding.',
      difference: 'the query: the query parameter "q": a plus sign in its value arrived as a space',
      advice:
        'Send the URL exactly as it was signed: no params option of the HTTP client, no URL or URLSearchParams built from it again; and let proxies pass the query on unchanged.',
    },
    { request: { queryParams: { q: 'a+b' } }, damage: changeTarget('%2B', '+') },
  ],
  [
    'a space made a plus sign',
    {
      code: 'QueryChanged',
      difference: 'the query: the query parameter "q": a space in its value arrived as a plus sign',
    },
    { request: withQuery, damage: changeTarget('a%20b', 'a%2Bb') },
  ],
  [
    'a value changed, one lost and one added',
    {
      code: 'QueryChanged',
      cause:
        'Query parameters were changed, lost, added between signing and the gateway. Something rewrote the URL after signing.',
      difference:
        'the query: the query parameter "q": signed as "a b", arrived as "a"; the query parameter "limit" was signed, but did not arrive; the query parameter "page" arrived, but was not signed',
      advice:
        'Have all parameters in the URL, or in queryParams, before it is signed, and send the signed URL as it is; let proxies and CDNs pass the whole query on (in CloudFront: an origin request policy with all query strings).',
    },
    { request: withQuery, damage: changeTarget('limit=10&q=a%20b', 'q=a&page=2') },
  ],
  [
    'one encoded twice and one lost',
    {
      code: 'QueryChanged',
      cause:
        'Query parameters were changed, lost between signing and the gateway. A proxy, CDN or redirect dropped them.',
      difference:
        'the query: the query parameter "q": signed as "a b", arrived as "a%20b": its value was encoded once more; the query parameter "limit" was signed, but did not arrive',
    },
    { request: withQuery, damage: changeTarget('limit=10&q=a%20b', 'q=a%2520b') },
  ],
  [
    'one encoded twice and one changed',
    {
      code: 'QueryChanged',
      cause: 'Query parameters were changed between signing and the gateway. Something rewrote the URL after signing.',
      difference:
        'the query: the query parameter "limit": signed as "10", arrived as "1"; the query parameter "q": signed as "a b", arrived as "a%20b": its value was encoded once more',
    },
    { request: withQuery, damage: changeTarget('limit=10&q=a%20b', 'limit=1&q=a%2520b') },
  ],
])('%s', isExplained);

/** The explanation where the gateway saw that query. */
function arrivedAs(query: string, signed = sign({ queryParams: { sid: '1', x: '2' } })) {
  const [method, path, , ...lines] = canonicalLines();
  return read({ message: mismatch([method!, path!, query, ...lines]) }, signed);
}

it.each([
  [
    'a name encoded differently',
    'sid=1&%2578=2',
    {
      code: 'QueryChanged',
      difference: 'the query: the query parameter "x": its name is encoded differently ("x", "%2578")',
    },
  ],
  [
    'the order alone, which a gateway sorts',
    'x=2&sid=1',
    {
      code: 'QueryChanged',
      cause: 'Query parameters were changed between signing and the gateway. Something rewrote the URL after signing.',
      difference: 'the query: its value changed (not shown; both have 9 characters)',
      advice:
        'Have all parameters in the URL, or in queryParams, before it is signed, and send the signed URL as it is; let proxies and CDNs pass the whole query on (in CloudFront: an origin request policy with all query strings).',
    },
  ],
  [
    'one encoded twice and one added',
    'page=1&sid=1&x=2%2B',
    {
      cause:
        'Query parameters were changed, added between signing and the gateway. An HTTP client or a proxy adds parameters after signing (cache busting, tracking).',
    },
  ],
  [
    'one whose encoding alone differs, and one added',
    'page=1&sid=1&x=%2532',
    {
      cause: expect.stringMatching(/^Query parameters were changed, added between signing and the gateway\./) as string,
    },
  ],
  [
    'a value that is not shown, in other letters',
    'sid=A&x=2',
    { difference: expect.stringMatching(/both have 1 characters\)$/) as string },
  ],
  [
    'a value that is not shown, gone',
    'sid=&x=2',
    { difference: expect.stringMatching(/signed with 1, arrived with 0 characters\)$/) as string },
  ],
  [
    'a part without a value',
    'sid=1&x=2&&y',
    { code: 'QueryChanged', difference: 'the query: the query parameter "y" arrived, but was not signed' },
  ],
])('%s', (_, query, expected) => {
  expect(arrivedAs(query)).toMatchObject(expected);
});

it('upper and lower case of a value that is not shown, whichever side has which', () => {
  for (const [signed, arrived] of [
    ['ab', 'AB'],
    ['AB', 'ab'],
  ] as const) {
    expect(arrivedAs(`sid=${arrived}`, sign({ queryParams: { sid: signed } }))?.difference).toContain(
      'upper and lower case differ',
    );
  }
});

it('each plus sign of a value counts', () => {
  expect(arrivedAs('q=a%20b%20c', sign({ queryParams: { q: 'a+b+c' } }))?.difference).toBe(
    'the query: the query parameter "q": a plus sign in its value arrived as a space',
  );
});

it('a name that is not shown, encoded differently', () => {
  const name = 'token=sEcr3t';
  const signed = sign({ queryParams: { [name]: '1' } });
  expect(arrivedAs(`${encodeURIComponent(encodeURIComponent(name))}=1`, signed)?.difference).toBe(
    'the query: a query parameter (its name of 12 characters is not shown): its name is encoded differently',
  );
});
