/** What services want of the payload's hash, of the path and of the token, without being asked for it. */
import { sign as aws4Sign } from 'aws4';
import { newClient } from '../../src/sigv4';
import type { ClientConfig } from '../../src/sigv4';
import {
  configOf,
  CREDENTIALS,
  expectRightSignature,
  headerOf,
  nodeSha256,
  readAuthorization,
  smithySignature,
  TOKEN,
  useRecorder,
} from '../support/sigV4Harness';

const recorder = useRecorder();
const post = { method: 'POST', path: '/collections/a%20b', body: { query: 'é' } };
const HASH = nodeSha256(JSON.stringify(post.body));

describe('x-amz-content-sha256 is sent where the service needs it', () => {
  test.each(['aoss', 'glacier', 'lambda', 's3', 's3express', 's3-outposts'])('%s', async (serviceName) => {
    const wire = await recorder.send(newClient(configOf({ endpoint: recorder.url(), serviceName })).signRequest(post));
    expect(headerOf(wire, 'x-amz-content-sha256')).toBe(HASH);
    expect(readAuthorization(headerOf(wire, 'authorization')).signedHeaders).toContain('x-amz-content-sha256');
  });

  test.each(['execute-api', 'es', 'lambda'])("not where it need not be: %s at AWS's own host", (service) => {
    const endpoint = 'https://abc.lambda-url.eu-west-1.on.aws';
    const { headers } = newClient(configOf({ endpoint, service })).signRequest(post);
    expect(headers).not.toHaveProperty('x-amz-content-sha256');
  });

  test.each(['my-aoss', 'glacier-select', 'my-s3', 's3tables'])(
    'not for a service with a name like theirs: %s',
    async (service) => {
      expect(headerOf(await recorder.call(post, { service }), 'x-amz-content-sha256')).toBeUndefined();
    },
  );

  test('signBody decides where it is given', async () => {
    const off = await recorder.call(post, { serviceName: 'aoss', signBody: false });
    expect(headerOf(off, 'x-amz-content-sha256')).toBeUndefined();
    expect(headerOf(await recorder.call(post, { signBody: true }), 'x-amz-content-sha256')).toBe(HASH);
  });
});

describe('VPC Lattice takes no payload hash', () => {
  const endpoint = 'https://service-abc.7d67968.vpc-lattice-svcs.us-east-2.on.aws';

  test.each([post, { path: '/' }])('UNSIGNED-PAYLOAD is sent and signed: %j', async (request) => {
    const config = { serviceName: 'vpc-lattice-svcs', region: 'us-east-2' };
    const wire = await recorder.call(request, config);
    expect(headerOf(wire, 'x-amz-content-sha256')).toBe('UNSIGNED-PAYLOAD');
    await expectRightSignature(wire);
  });

  test('in presigned URLs as well', () => {
    const client = newClient(configOf({ endpoint }));
    expect(client.presignUrl({})).toBe(client.presignUrl({ payloadHash: 'UNSIGNED-PAYLOAD' }));
    expect(client.presignUrl({})).not.toBe(client.presignUrl({ payloadHash: nodeSha256('') }));
  });
});

describe('the path is encoded once for S3 and its kin, twice for all others', () => {
  test.each<[string, boolean, boolean | undefined]>([
    ['s3', false, undefined],
    ['s3express', false, undefined],
    ['s3-object-lambda', false, undefined],
    ['s3-outposts', false, undefined],
    ['execute-api', true, undefined],
    ['s3tables', true, undefined],
    ['execute-api', false, false],
    ['s3', true, true],
  ])('%s: twice is %s where doubleEncodePath is %s', async (serviceName, isTwice, doubleEncodePath) => {
    const client = newClient(configOf({ endpoint: recorder.url(), serviceName, doubleEncodePath }));
    const wire = await recorder.send(client.signRequest({ path: '/a%20b/%C3%A9' }));
    const { signature } = readAuthorization(headerOf(wire, 'authorization'));
    expect(wire.target).toBe('/a%20b/%C3%A9');
    expect(signature).toBe(await smithySignature(wire, CREDENTIALS.secretKey, isTwice));
  });
});

// AWS IoT's documents: the token is added behind the signature, and takes no part in it.
describe("a WebSocket of AWS IoT's takes the token after signing", () => {
  const endpoint = 'wss://abc-ats.iot.eu-west-1.amazonaws.com/mqtt';
  const { accessKey: accessKeyId, secretKey: secretAccessKey } = CREDENTIALS;

  test.each<Partial<ClientConfig>>([
    {},
    { signSessionToken: false },
    { serviceName: 'iotdevicegateway', endpoint: 'wss://abc-ats.iot.eu-west-1.amazonaws.com' },
  ])('and the region of its host: %j', (config) => {
    const client = newClient(configOf({ endpoint, sessionToken: TOKEN, ...config }));
    const url = new URL(client.presignUrl({ expiresIn: 60 }));
    expect(url.searchParams.get('X-Amz-Credential')).toBe(
      'AKIDEXAMPLE/20150830/eu-west-1/iotdevicegateway/aws4_request',
    );
    expect(url.searchParams.get('X-Amz-Security-Token')).toBe(TOKEN);
    const path = `${url.pathname}?X-Amz-Date=20150830T123600Z&X-Amz-Expires=60`;
    const request = { host: url.host, path, service: 'iotdevicegateway', region: 'eu-west-1', signQuery: true };
    const { path: signed = '' } = aws4Sign(request, { accessKeyId, secretAccessKey });
    const { searchParams } = new URL(signed, url.origin);
    expect(url.searchParams.get('X-Amz-Signature')).toBe(searchParams.get('X-Amz-Signature'));
  });

  test('or before it, where that is asked for', () => {
    const sign = (config: Partial<ClientConfig>) =>
      new URL(newClient(configOf({ endpoint, ...config })).presignUrl()).searchParams.get('X-Amz-Signature');
    expect(sign({ sessionToken: TOKEN })).toBe(sign({}));
    expect(sign({ sessionToken: TOKEN, signSessionToken: true })).not.toBe(sign({}));
  });
});
