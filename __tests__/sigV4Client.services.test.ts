import { newClient } from '../src/sigv4';
import type { ClientConfig, RequestToSign } from '../src/sigv4';
import {
  aws4Signature,
  configOf,
  CREDENTIALS,
  expectRightSignature,
  headerOf,
  nodeSha256,
  readAuthorization,
  startRecorder,
} from './sigV4Harness';
import type { Recorder } from './sigV4Harness';

let recorder: Recorder;
beforeAll(async () => {
  recorder = await startRecorder();
});
afterAll(() => recorder.close());

describe('service and region are read from an AWS host', () => {
  test.each([
    ['https://abc.execute-api.eu-west-1.amazonaws.com/dev', 'execute-api', 'eu-west-1'],
    ['https://ABC.Execute-API.EU-West-1.AmazonAWS.com/dev', 'execute-api', 'eu-west-1'],
    ['https://abc.execute-api.cn-north-1.amazonaws.com.cn', 'execute-api', 'cn-north-1'],
    ['https://abc.execute-api.us-gov-west-1.amazonaws.com', 'execute-api', 'us-gov-west-1'],
    ['https://abc.execute-api-fips.us-east-2.amazonaws.com', 'execute-api', 'us-east-2'],
    ['https://vpce-0abc-1def.execute-api.us-east-2.vpce.amazonaws.com', 'execute-api', 'us-east-2'],
    ['wss://abc.execute-api.ap-southeast-2.amazonaws.com/prod', 'execute-api', 'ap-southeast-2'],
    ['https://abcdef.lambda-url.eu-central-1.on.aws', 'lambda', 'eu-central-1'],
    ['https://lambda.eu-central-1.amazonaws.com', 'lambda', 'eu-central-1'],
    ['https://abc.appsync-api.us-west-2.amazonaws.com/graphql', 'appsync', 'us-west-2'],
    ['wss://abc.appsync-realtime-api.us-west-2.amazonaws.com/graphql', 'appsync', 'us-west-2'],
    ['https://s3.eu-west-3.amazonaws.com/bucket', 's3', 'eu-west-3'],
    ['https://bucket.s3.eu-west-3.amazonaws.com', 's3', 'eu-west-3'],
    ['https://bucket.s3.dualstack.eu-west-3.amazonaws.com', 's3', 'eu-west-3'],
    ['https://my.dotted.bucket.s3.eu-west-3.amazonaws.com', 's3', 'eu-west-3'],
    ['https://s3-eu-west-3.amazonaws.com/bucket', 's3', 'eu-west-3'],
    ['https://bucket.s3-eu-west-3.amazonaws.com', 's3', 'eu-west-3'],
    ['https://name-123456789012.s3-accesspoint.eu-west-3.amazonaws.com', 's3', 'eu-west-3'],
    ['https://search-domain-abc.us-east-1.es.amazonaws.com', 'es', 'us-east-1'],
    ['https://abc.us-east-1.aoss.amazonaws.com', 'aoss', 'us-east-1'],
    ['https://dynamodb.ca-central-1.amazonaws.com:443', 'dynamodb', 'ca-central-1'],
  ])('%s', (endpoint, serviceName, region) => {
    const client = newClient(configOf({ endpoint }));
    expect({ serviceName: client.serviceName, region: client.region }).toEqual({ serviceName, region });
    const { headers } = client.signRequest({});
    expect(readAuthorization(headers.Authorization)).toMatchObject({ service: serviceName, region });
  });

  test.each([
    'https://api.example.com',
    'https://abc.execute-api.eu-west-1.amazonaws.com.example.com',
    'https://abc.execute-api.eu-west-1.notamazonaws.com',
    'http://localhost:3000/lambda-url.eu-west-1.on.aws',
    'https://example.com/abc.execute-api.eu-west-1.amazonaws.com',
    'https://s3.amazonaws.com.cn',
  ])('but not from %s', (endpoint) => {
    const { region, serviceName } = newClient(configOf({ endpoint }));
    expect({ region, serviceName }).toEqual({ region: 'us-east-1', serviceName: 'execute-api' });
  });

  test('an explicit option wins, an empty one does not count', () => {
    const endpoint = 'https://abc.lambda-url.eu-central-1.on.aws';
    const explicit = newClient(configOf({ endpoint, region: 'us-west-2', serviceName: 'execute-api' }));
    expect([explicit.region, explicit.serviceName]).toEqual(['us-west-2', 'execute-api']);
    const empty = newClient(configOf({ endpoint, region: '', serviceName: null }));
    expect([empty.region, empty.serviceName]).toEqual(['eu-central-1', 'lambda']);
  });
});

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
    expect(headerOf(wire, 'x-amz-content-sha256')).toBeUndefined();
  });
});

describe('s3', () => {
  const s3 = (changes: Partial<ClientConfig> = {}) =>
    newClient(configOf({ endpoint: recorder.url, serviceName: 's3', region: 'eu-central-1', ...changes }));

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
    ['/a+b=c&d,e;f:g@h$i', '/a%2Bb%3Dc%26d%2Ce%3Bf%3Ag%40h%24i'],
    ['/already%20encoded', '/already%20encoded'],
    ['/a//b/', '/a//b/'],
    ['/50% off.txt', '/50%25%20off.txt'],
    ['/é 100%', '/%C3%A9%20100%25'],
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

  test('one client does not change the next', async () => {
    const path = '/a//b c';
    await send({ path });
    await recorder.call({ path });
    await send({ path });
  });
});
