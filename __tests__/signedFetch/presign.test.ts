/** What a signer signs in the query, as a socket and axios send it: the signature that aws4 computes. */
import { createHash } from 'node:crypto';
import aws4 from 'aws4';
import { createRequestSigner } from '../../src/signedFetch/signer';
import { ANY_KEYS } from '../support/signedFetchHarness';

const HOST = 'abc.example.com';
const NOW = new Date('2015-08-30T12:36:00Z');
const bytes = new TextEncoder().encode('Grüße');
const OTHER_HASH = createHash('sha256').update('other').digest('hex');

/** The link that is sent, and aws4's signature of the same request. */
async function links(service: string, method: string, headers: Record<string, string>, body?: Uint8Array) {
  const signer = createRequestSigner({
    credentials: ANY_KEYS,
    region: 'us-east-1',
    service,
    now: () => NOW,
    presign: true,
  });
  const request = { method, url: new URL(`https://${HOST}/notes?limit=10`), headers: new Headers(headers), body };
  const signed = await signer.forRequest(request).sign();
  const theirs = aws4.sign(
    {
      host: HOST,
      path: '/notes?limit=10&X-Amz-Expires=300&X-Amz-Date=20150830T123600Z',
      method,
      service,
      region: 'us-east-1',
      signQuery: true,
      headers: { ...headers },
      ...(body && { body: Buffer.from(body) as unknown as string }),
    },
    ANY_KEYS,
  );
  return {
    signed,
    ours: new URL(signed.url).searchParams,
    theirs: new URL(theirs.path!, `https://${HOST}`).searchParams,
  };
}

test.each<[string, string, string, Record<string, string>, Uint8Array | undefined]>([
  ['nothing', 'execute-api', 'GET', {}, undefined],
  ['a body', 'execute-api', 'POST', {}, bytes],
  ['a body with another hash that is stated', 'execute-api', 'PUT', { 'x-amz-content-sha256': OTHER_HASH }, bytes],
  ['a body for S3, whose hash is not signed', 's3', 'PUT', {}, bytes],
])('%s', async (_, service, method, headers, body) => {
  const { signed, ours, theirs } = await links(service, method, headers, body);
  expect(ours.get('X-Amz-Expires')).toBe('300');
  expect(ours.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
  expect(ours.get('X-Amz-SignedHeaders')).toBe(theirs.get('X-Amz-SignedHeaders'));
  expect(ours.get('X-Amz-Signature')).toBe(theirs.get('X-Amz-Signature'));
  expect(signed).toEqual({ url: signed.url, method, headers, body });
});
