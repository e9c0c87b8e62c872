import { newClient } from '../../src/sigv4';
import type { ClientConfig, RequestToSign } from '../../src/sigv4';
import {
  aws4Signature,
  configOf,
  CREDENTIALS,
  expectRightSignature,
  headerOf,
  nodeSha256,
  readAuthorization,
  useRecorder,
} from '../support/sigV4Harness';

const recorder = useRecorder();

describe.each(['appsync', 'lambda', 'es'])('%s', (serviceName) => {
  const config = { serviceName, region: 'eu-central-1' };

  test.each<[string, RequestToSign]>([
    ['a query', { path: '/search', queryParams: { q: "name:'a b'*" } }],
    ['a JSON body', { method: 'POST', path: '/graphql', body: { query: '{ notes { id } }' } }],
    ['an awkward path', { method: 'PUT', path: '/index/_doc/a b:é%2F(1)*', body: 'text' }],
  ])('signs %s as the rivals do', async (_name, request) => {
    const wire = await recorder.call(request, config);
    expect(readAuthorization(headerOf(wire, 'authorization'))).toMatchObject({
      service: serviceName,
      region: 'eu-central-1',
    });
    // CloudFront, in front of a function URL, needs it; a host of AWS's own does not.
    const expected = serviceName === 'lambda' ? nodeSha256(wire.body) : undefined;
    expect(headerOf(wire, 'x-amz-content-sha256')).toBe(expected);
  });
});

describe('s3', () => {
  const s3 = (changes: Partial<ClientConfig> = {}) =>
    newClient(configOf({ endpoint: recorder.url(), serviceName: 's3', region: 'eu-central-1', ...changes }));

  async function send(request: RequestToSign, changes?: Partial<ClientConfig>) {
    const wire = await recorder.send(s3(changes).signRequest(request));
    const { signature } = readAuthorization(headerOf(wire, 'authorization'));
    expect(signature).toBe(aws4Signature(wire, CREDENTIALS.secretKey));
    return wire;
  }

  test.each([
    ['/photos/a.txt', '/photos/a.txt'],
    ['/my photos/é.txt', '/my%20photos/%C3%A9.txt'],
    ["/a!b'c(d)e*f", '/a%21b%27c%28d%29e%2Af'],
    ['/a+b=c&d,e;f:g@h$i', '/a%20b%3Dc%26d%2Ce%3Bf%3Ag%40h%24i'], // S3 reads a raw + as a space
    ['/a%2Bb', '/a%2Bb'],
    ['/already%20encoded', '/already%20encoded'],
    ['/a//b/', '/a//b/'],
    ['/50% off.txt', '/50%25%20off.txt'],
    ['/é 100%', '/%C3%A9%20100%25'],
    ['/%FF%C3', '/%25FF%25C3'], // no UTF-8
    ['/user1/' + encodeURIComponent('../user2/a.txt'), '/user1/..%2Fuser2%2Fa.txt'],
    ['/user1/' + encodeURIComponent('../../other-bucket/a'), '/user1/..%2F..%2Fother-bucket%2Fa'],
  ])('one encoding of the path, no normalization: %s', async (path, onTheWire) => {
    expect((await send({ path })).target).toBe(onTheWire);
  });

  test('a path of unreserved characters is signed as @smithy/signature-v4 does', async () => {
    await expectRightSignature(await send({ method: 'PUT', path: '/a/b-c_d.e~f/my%20file', body: 'text' }));
  });

  test('the payload hash is sent and signed', async () => {
    const body = new Uint8Array([0, 255, 1]);
    const wire = await send({ method: 'PUT', path: '/a', body });
    expect(headerOf(wire, 'x-amz-content-sha256')).toBe(nodeSha256(body));
    expect(readAuthorization(headerOf(wire, 'authorization')).signedHeaders).toContain('x-amz-content-sha256');
    expect(headerOf(await send({ path: '/a' }), 'x-amz-content-sha256')).toBe(nodeSha256(''));
  });

  test('UNSIGNED-PAYLOAD, as an option or as a header', async () => {
    const option = await send({ method: 'PUT', path: '/a', body: 'b', payloadHash: 'UNSIGNED-PAYLOAD' });
    const headers = { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' };
    const header = await send({ method: 'PUT', path: '/a', body: 'b', headers });
    for (const wire of [option, header]) expect(headerOf(wire, 'x-amz-content-sha256')).toBe('UNSIGNED-PAYLOAD');
    expect(headerOf(option, 'authorization')).toBe(headerOf(header, 'authorization'));
  });

  test.each(['/folder%2Ffile', '/%41%2a%7e', '/[x]|^{}'])(
    'escapes that were not needed, and those that fetch leaves out, are signed as aws4 does: %s',
    async (path) => {
      await send({ path });
    },
  );

  test('of a repeated parameter only the first is signed, as aws4 does it, and all are sent', async () => {
    expect((await send({ path: '/a?versionId=2&versionId=1' })).target).toBe('/a?versionId=2&versionId=1');
  });

  test('one client does not change the next', async () => {
    const path = '/a//b c';
    await send({ path });
    await recorder.call({ path });
    await send({ path });
  });
});
