import fc from 'fast-check';
import { newClient } from '../../src/sigv4';
import type { ClientConfig, RequestToSign } from '../../src/sigv4';
import { anyRequest, bytesOf } from '../support/sigV4Arbitraries';
import { configOf, readAuthorization, TOKEN } from '../support/sigV4Harness';

const config = configOf({ endpoint: 'https://api.example.com', sessionToken: TOKEN });
const signatureOf = (request: RequestToSign, changes: Partial<ClientConfig> = {}): string => {
  const { headers } = newClient({ ...config, ...changes }).signRequest(request);
  return readAuthorization(headers.Authorization).signature;
};

/** Another order of the same things. */
const shuffled = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });

describe('order never matters', () => {
  test('of headers', () => {
    const names = fc.constantFrom('x-a', 'X-B', 'x-c', 'accept', 'Content-Type', 'x-amz-meta-d', 'X-Amz-Date');
    const distinct = fc.uniqueArray(
      fc.tuple(names, fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 5 })),
      { selector: ([name]) => name },
    );
    const property = fc.property(
      anyRequest,
      distinct.chain((headers) => fc.tuple(fc.constant(headers), shuffled(headers))),
      (request, [headers, others]) => {
        expect(signatureOf({ ...request, headers: others })).toBe(signatureOf({ ...request, headers }));
        expect(signatureOf({ ...request, headers: Object.fromEntries(others) })).toBe(
          signatureOf({ ...request, headers }),
        );
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  test('of query keys and of the values of a key', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', '-', '%', ' ', 'é', '💡', '='), maxLength: 3 });
    const property = fc.property(
      anyRequest,
      fc.array(fc.tuple(text, text), { maxLength: 6 }).chain((pairs) => fc.tuple(fc.constant(pairs), shuffled(pairs))),
      (request, [queryParams, others]) => {
        const [one, other] = [
          newClient(config).signRequest({ ...request, queryParams }),
          newClient(config).signRequest({ ...request, queryParams: others }),
        ];
        expect(other.headers).toEqual(one.headers);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });
});

/** `text` with the character at a random place replaced by another. */
const changed = (text: string, alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789') =>
  fc
    .tuple(fc.nat({ max: text.length - 1 }), fc.constantFrom(...Array.from(alphabet)))
    .filter(([at, char]) => text[at] !== char)
    .map(([at, char]) => text.slice(0, at) + char + text.slice(at + 1));

describe('one changed byte anywhere changes the signature', () => {
  const headers = { 'x-note': 'some text', 'Content-Type': 'text/plain' };
  const base: RequestToSign = {
    method: 'POST',
    path: '/notes/1234567890/text',
    queryParams: { name: 'value' },
    headers,
    body: 'the body of the request',
    date: 1440938160000,
  };
  const signature = signatureOf(base);

  const twins: Record<string, fc.Arbitrary<[RequestToSign, Partial<ClientConfig>?]>> = {
    method: fc.constantFrom('PUT', 'PATCH', 'DELETE', 'POSS').map((method) => [{ ...base, method }]),
    path: changed('/notes/1234567890/text')
      .filter((path) => path.startsWith('/'))
      .map((path) => [{ ...base, path }]),
    'a query key': changed('name').map((name) => [{ ...base, queryParams: { [name]: 'value' } }]),
    'a query value': changed('value').map((name) => [{ ...base, queryParams: { name } }]),
    'a header': changed('some text').map((text) => [{ ...base, headers: { ...headers, 'x-note': text } }]),
    'a header name': changed('note').map((name) => [
      { ...base, headers: { [`x-${name}`]: 'some text', 'Content-Type': 'text/plain' } },
    ]),
    'the content type': changed('text/plain').map((type) => [
      { ...base, headers: { 'x-note': 'some text', 'Content-Type': type } },
    ]),
    'the body': changed('the body of the request').map((body) => [{ ...base, body }]),
    'the second': fc.constantFrom(-1000, 1000, 60_000, 86_400_000).map((by) => [{ ...base, date: 1440938160000 + by }]),
    'the session token': changed(TOKEN).map((sessionToken) => [base, { sessionToken }]),
    region: changed('us-east-1').map((region) => [base, { region }]),
    'the service': changed('execute-api').map((serviceName) => [base, { serviceName }]),
    'the secret': changed(config.secretKey).map((secretKey) => [base, { secretKey }]),
    'the host': changed('api.example.com').map((host) => [base, { endpoint: `https://${host}` }]),
    'the port': fc
      .integer({ min: 1, max: 65535 })
      .filter((port) => port !== 443)
      .map((port) => [base, { endpoint: `https://api.example.com:${port}` }]),
  };

  test.each(Object.entries(twins))('%s', (_part, twin) => {
    fc.assert(
      fc.property(twin, ([request, changes]) => {
        expect(signatureOf(request, changes)).not.toBe(signature);
      }),
    );
  });

  test('any bit of any body', () => {
    const property = fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 9000 }),
      fc.nat(),
      fc.nat(7),
      (bytes, at, bit) => {
        const other = Uint8Array.from(bytes);
        other[at % bytes.length]! ^= 1 << bit;
        expect(signatureOf({ ...base, body: other })).not.toBe(signatureOf({ ...base, body: bytes }));
      },
    );
    fc.assert(property, { numRuns: 100 });
  });

  test('but not the millisecond, nor what is not signed', () => {
    expect(signatureOf({ ...base, date: 1440938160999 })).toBe(signature);
    expect(signatureOf({ ...base, headers: { ...headers, 'user-agent': 'other' } })).toBe(signature);
    expect(signatureOf({ ...base, headers: { ...headers, AUTHORIZATION: 'other' } })).toBe(signature);
  });
});

test('records, pairs, Headers and URLSearchParams sign alike, and twice gives the same', () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const client = newClient(config);
      const signed = client.signRequest(request);
      expect(client.signRequest(request)).toEqual(signed);
      expect(signatureOf({ ...request, headers: new Headers(request.headers) })).toBe(signatureOf(request));
      const body = bytesOf(request);
      expect(signatureOf({ ...request, body: JSON.stringify(Array.from(body)) })).toBe(
        signatureOf({ ...request, body: Array.from(body) }),
      );
      const pairs = new URLSearchParams(signed.url.replace(/^[^?]*\??/, ''));
      const { path = '' } = request;
      expect(signatureOf({ ...request, path: path.replace(/\?.*/s, ''), queryParams: pairs })).toBe(
        signatureOf(request),
      );
    }),
  );
});
