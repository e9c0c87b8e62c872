// Paths as aws4, aws4fetch, botocore, @smithy/signature-v4 and AWS SDK v3 sign and send them.
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsClient } from 'aws4fetch';
import type { WireRequest } from '../../src/verify';
import { keys, origin, record, region, verifyAs } from '../support/otherSigners';
import { now, secretAccessKey, signed, verify } from '../support/verifyHarness';
import { dateOf } from '../support/wireChanges';
import botocore from '../vectors/botocore-signatures.json';

const host = 'example.amazonaws.com';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey };

type Sign = (target: string, service: string) => Promise<WireRequest>;

const byAws4: Sign = (path, service) => Promise.resolve(signed({ path, service }));

const bySmithy: Sign = async (target, service) => {
  const uriEscapePath = service !== 's3'; // as AWS SDK v3 sets it
  const signer = new SignatureV4({ service, region: 'us-east-1', credentials, sha256: Sha256, uriEscapePath });
  const [path = '', search = ''] = target.split('?');
  const query: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(search)) (query[name] ??= []).push(value);
  const request = new HttpRequest({
    protocol: 'https:',
    hostname: host,
    method: 'GET',
    path,
    query,
    headers: { host },
  });
  const { headers } = await signer.sign(request, { signingDate: now() });
  return { method: 'GET', target, headers };
};

/** It sends what the URL standard makes of a path. */
const byAws4fetch: Sign = async (target, service) => {
  const client = new AwsClient({ ...credentials, service, region: 'us-east-1' });
  const { url, headers } = await client.sign(`https://${host}${target}`, { aws: { datetime: '20150830T123600Z' } });
  const { pathname, search } = new URL(url);
  return { method: 'GET', target: pathname + search, headers: [...headers, ['host', host]] };
};

const OF_APIS: [target: string, path: string][] = [
  ['/a/b/.', '/a/b'],
  ['/a/b/..', '/a'],
  ['/a/b/./', '/a/b/'],
  ['/a/b/../', '/a/'],
  ['/a/./b//c/', '/a/b/c/'],
  ['/..', '/'],
  ['/.', '/'],
  ['/a/..', '/'],
  ['/a+b', '/a+b'],
  ['/a%2Bb', '/a%2Bb'],
  ['/a%20b/%C3%A9', '/a%20b/%C3%A9'],
  ['/a?b=2&b=1&a=%2B%20%C3%A9', '/a'],
];

/** Keys of objects: nothing is resolved. */
const OF_S3 = [
  '/bucket/a%2Bb',
  '/bucket/a%20b',
  '/bucket/a%252Bb',
  '/bucket/a/./b',
  '/bucket/a/b/..',
  '/bucket/a//b/',
  '/bucket/%C3%A9/%E6%BC%A2',
  '/bucket/%21%27%28%29%2A~%2C%3B%3D%40%3A%26%24',
];

describe.each([
  ['@smithy/signature-v4', bySmithy],
  ['aws4', byAws4],
])('signed by %s', (_, sign) => {
  it.each(OF_APIS)('%s is taken, as %s', async (target, path) => {
    expect(await verify(await sign(target, 'service'))).toMatchObject({ ok: true, path });
  });

  it.each(OF_S3)('%s of S3 is taken as it is', async (path) => {
    const options = { service: 's3' };
    expect(await verify(await sign(path, 's3'), options)).toMatchObject({ ok: true, path });
  });
});

describe('signed by aws4fetch', () => {
  it.each(OF_APIS.map(([target]) => target))('%s is taken', async (target) => {
    expect(await verify(await byAws4fetch(target, 'service'))).toMatchObject({ ok: true });
  });

  it.each([...OF_S3, '/bucket/a+b', '/bucket/a%2Bb+c?versionId=2&versionId=1'])('%s of S3 is taken', async (target) => {
    expect(await verify(await byAws4fetch(target, 's3'), { service: 's3' })).toMatchObject({ ok: true });
  });
});

/** Written by `scripts/botocoreSignatures.py`. */
const ofBotocore = botocore.requests;

describe('signed by botocore', () => {
  const resolved = new Map(OF_APIS.map(([target, path]) => [target.replace(/\?.*/, ''), path]));

  it.each(ofBotocore)('$name is taken', async ({ service, method, target, headers, body }) => {
    const sent = target.replace(/\?.*/, '');
    const path = service === 's3' ? sent : resolved.get(sent);
    expect(await verify({ method, target, headers, body }, { service })).toMatchObject({ ok: true, path });
  });

  it.each(ofBotocore)('$name is refused for another path', async ({ service, method, target, headers, body }) => {
    const other = { method, target: `/x/x${target}`, headers, body }; // `/x/..` would be the same as `/..`
    expect(await verify(other, { service })).toMatchObject({ ok: false, code: 'SignatureMismatch' });
  });
});

describe('signed by AWS SDK v3', () => {
  it.each(['a+b', 'L0SM9cOFvHcCIhw=', 'a b', 'a/../b', '..', 'é'])('the connection %s is taken', async (id) => {
    const wire = await record(async () => {
      const client = new ApiGatewayManagementApiClient({ region, endpoint: origin, credentials: { ...keys } });
      await client.send(new PostToConnectionCommand({ ConnectionId: id, Data: 'Hello' }));
      client.destroy();
    });
    expect(await verifyAs('execute-api', dateOf(wire), wire)).toMatchObject({ ok: true });
  });
});
