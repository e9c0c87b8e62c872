/** Whom a signed fetch signs for: what it reads from the URL's host, and what its services want. */
import { createHash } from 'node:crypto';
import { createSignedFetch } from '../../src/signedFetch/index';
import type { SignedFetchOptions } from '../../src/signedFetch/index';
import { verifyRequest } from '../../src/verify';
import { answer, ANY_KEYS, closeAll, rejection, startServer } from '../support/signedFetchHarness';

afterAll(closeAll);

/** The headers that reach a server in place of the host that was signed for. */
async function sentTo(url: string, init: RequestInit, options: Partial<SignedFetchOptions> = {}) {
  const server = await startServer(answer(200));
  const passOn: typeof fetch = (_, sent) => fetch(server.url, sent);
  await createSignedFetch({ credentials: ANY_KEYS, fetch: passOn, ...options })(url, init);
  return server.seen[0]!.headers;
}

test.each<[string, RequestInit]>([
  ['text', { method: 'POST', body: 'x' }],
  ['bytes without a type', { method: 'PUT', body: new Uint8Array([1, 2]) }],
  ['nothing', {}],
])('VPC Lattice gets no payload hash, whatever is sent: %s', async (_, init) => {
  const headers = await sentTo('https://service-abc.7d67968.vpc-lattice-svcs.us-east-2.on.aws/', init);
  expect(headers.get('x-amz-content-sha256')).toBe('UNSIGNED-PAYLOAD');
  expect(headers.get('authorization')).toContain('/us-east-2/vpc-lattice-svcs/aws4_request');
});

test('VPC Lattice: a hash that the call states is sent and signed', async () => {
  const server = await startServer(answer(200));
  const stated = createHash('sha256').update('x').digest('hex');
  const headers = { 'x-amz-content-sha256': stated, 'content-type': 'text/plain' };
  const signing = { credentials: ANY_KEYS, region: 'us-east-2', service: 'vpc-lattice-svcs' };
  await createSignedFetch(signing)(server.url, { method: 'POST', body: 'x', headers });
  const { method, path, headers: sent, body } = server.seen[0]!;
  expect(sent.get('x-amz-content-sha256')).toBe(stated);
  const wire = { method, target: path, headers: [...sent], body };
  expect(await verifyRequest(wire, { credentials: () => ANY_KEYS })).toMatchObject({ ok: true });
});

test('an option of its own for the path', async () => {
  const signature = async (doubleEncodePath?: boolean) => {
    const options = { now: () => new Date('2026-01-01'), ...(doubleEncodePath !== undefined && { doubleEncodePath }) };
    return (await sentTo('https://api.example.com/a%20b', {}, options)).get('authorization');
  };
  expect(await signature(true)).toBe(await signature());
  expect(await signature(false)).not.toBe(await signature());
});

test('what the host does not state is asked for under the names of its own options', async () => {
  const call = (options: Partial<SignedFetchOptions>) =>
    rejection(createSignedFetch({ credentials: ANY_KEYS, ...options })('https://abc.eu-west-1.elb.amazonaws.com/'));
  expect(await call({})).toMatchObject({ name: 'SigV4Error', option: 'service' });
  expect(await call({ region: 'eu-west-1' })).toMatchObject({ option: 'service' });
  const accelerated = rejection(createSignedFetch({ credentials: ANY_KEYS })('https://b.s3-accelerate.amazonaws.com/'));
  expect(await accelerated).toMatchObject({ option: 'region' });
});
