// Requests for S3 as other signers sign them: aws4, aws4fetch, and @smithy/signature-v4, which is AWS SDK v3's.
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsClient } from 'aws4fetch';
import type { WireRequest } from '../../src/verify';
import { now, secretAccessKey, signed, verify } from '../support/verifyHarness';

const host = 'example.amazonaws.com';
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey };
const verifyS3 = (wire: WireRequest, service = 's3') => verify(wire, { service });

/** As AWS SDK v3 signs for S3: the path is taken as it is. */
async function bySmithy(path: string, service = 's3', hash?: string): Promise<WireRequest> {
  const signer = new SignatureV4({
    service,
    region: 'us-east-1',
    credentials: keys,
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: hash !== undefined,
  });
  const headers = { host, ...(hash === undefined ? {} : { 'x-amz-content-sha256': hash }) };
  const request = new HttpRequest({ protocol: 'https:', hostname: host, method: 'GET', path, headers });
  const { headers: sent } = await signer.sign(request, { signingDate: now() });
  return { method: 'GET', target: path, headers: sent };
}

async function byAws4fetch(url: string): Promise<WireRequest> {
  const client = new AwsClient({ ...keys, service: 's3', region: 'us-east-1' });
  const { headers } = await client.sign(url, { aws: { datetime: '20150830T123600Z' } });
  const { pathname, search } = new URL(url);
  return { method: 'GET', target: pathname + search, headers: [...headers, ['host', host]] };
}

describe('a raw + in the path', () => {
  it.each([
    ['aws4', () => signed({ path: '/bucket/a+b%2Bc', service: 's3' })],
    ['aws4fetch', () => byAws4fetch(`https://${host}/bucket/a+b%2Bc`)],
  ])('is a space, for %s and for whoever acts on the result', async (_, sign) => {
    expect(await verifyS3(await sign())).toMatchObject({ path: '/bucket/a%20b%2Bc', target: '/bucket/a%20b%2Bc' });
  });

  it('is not the object whose name has a plus', async () => {
    const wire = await bySmithy('/bucket/a%2Bb', 's3', 'UNSIGNED-PAYLOAD');
    expect(await verifyS3(wire)).toMatchObject({ path: '/bucket/a%2Bb' });
    expect(await verifyS3({ ...wire, target: '/bucket/a+b' })).toMatchObject({ code: 'SignatureMismatch' });
  });

  it('is a plus to other services', async () => {
    expect(await verify(signed({ path: '/notes/a+b' }))).toMatchObject({ path: '/notes/a+b' });
  });
});

describe('of a repeated parameter', () => {
  it.each([
    ['aws4', () => signed({ path: '/bucket/key?versionId=2&versionId=1', service: 's3' })],
    ['aws4fetch', () => byAws4fetch(`https://${host}/bucket/key?versionId=2&versionId=1`)],
  ])('only the first is signed by %s, and only that is given on', async (_, sign) => {
    const result = await verifyS3(await sign());
    expect(result).toMatchObject({ query: [['versionId', '2']], target: '/bucket/key?versionId=2' });
  });

  it('one that was added on the way is given to nobody', async () => {
    const wire = signed({ path: '/bucket/key?versionId=1', service: 's3' });
    const result = await verifyS3({ ...wire, target: `${wire.target}&versionId=2` });
    expect(result).toMatchObject({ target: '/bucket/key?versionId=1' });
    expect(await verifyS3({ ...wire, target: '/bucket/key?versionId=2&versionId=1' })).toMatchObject({ ok: false });
  });

  it('all count for other services', async () => {
    const wire = signed({ path: '/notes?a=2&a=1' });
    expect(await verify(wire)).toMatchObject({ target: '/notes?a=2&a=1' });
    expect(await verify({ ...wire, target: '/notes?a=2' })).toMatchObject({ code: 'SignatureMismatch' });
  });
});

it.each(['s3', 's3express', 's3-object-lambda', 's3-outposts'])(
  'the path of %s is encoded once and not normalized, as AWS SDK v3 signs it',
  async (service) => {
    const path = '/bucket//a%20b/../c%C3%A9';
    expect(await verifyS3(await bySmithy(path, service, 'UNSIGNED-PAYLOAD'), service)).toMatchObject({ path });
  },
);

describe('the payload', () => {
  it('is not unsigned where a header signature says nothing of it', async () => {
    const wire = await bySmithy('/bucket/key');
    expect(await verifyS3(wire)).toMatchObject({ ok: true });
    expect(await verifyS3({ ...wire, body: 'other' })).toMatchObject({ code: 'SignatureMismatch' });
  });

  const trailer = { 'X-Amz-Content-Sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
  const body = '4\r\ntext\r\n0\r\nx-amz-checksum-crc32:O7e4rg==\r\n\r\n';

  it('may come in chunks with a checksum behind it', async () => {
    const wire = signed({ method: 'PUT', path: '/bucket/key', body, service: 's3', headers: trailer });
    expect(await verifyS3(wire)).toMatchObject({ ok: true });
    expect(await verify(wire, { service: 's3', allowUnsignedPayload: false })).toMatchObject({
      code: 'UnsignedPayload',
      message: 'The payload must be signed: STREAMING-UNSIGNED-PAYLOAD-TRAILER is not accepted here.',
    });
  });

  it('of another service may not, unless that is allowed', async () => {
    const wire = signed({ method: 'PUT', path: '/key', body, headers: trailer });
    expect(await verify(wire)).toMatchObject({ code: 'UnsignedPayload' });
    expect(await verify(wire, { allowUnsignedPayload: true })).toMatchObject({ ok: true });
  });
});
