// Paths with dot segments, as aws4 and @smithy/signature-v4 (AWS SDK v3) sign them.
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { WireRequest } from '../../src/verify';
import { now, secretAccessKey, signed, verify } from '../support/verifyHarness';

async function bySmithy(path: string): Promise<WireRequest> {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey };
  const signer = new SignatureV4({ service: 'service', region: 'us-east-1', credentials, sha256: Sha256 });
  const host = 'example.amazonaws.com';
  const request = new HttpRequest({ protocol: 'https:', hostname: host, method: 'GET', path, headers: { host } });
  const { headers } = await signer.sign(request, { signingDate: now() });
  return { method: 'GET', target: path, headers };
}

describe.each([
  ['@smithy/signature-v4', bySmithy],
  ['aws4', (path: string) => Promise.resolve(signed({ path }))],
])('signed by %s', (_, sign) => {
  it.each([
    ['/a/b/.', '/a/b'],
    ['/a/b/..', '/a'],
    ['/a/b/./', '/a/b/'],
    ['/a/b/../', '/a/'],
    ['/a/./b//c/', '/a/b/c/'],
    ['/..', '/'],
    ['/.', '/'],
    ['/a/..', '/'],
  ])('%s is taken, as %s', async (path, resolved) => {
    expect(await verify(await sign(path))).toMatchObject({ ok: true, path: resolved });
  });
});
