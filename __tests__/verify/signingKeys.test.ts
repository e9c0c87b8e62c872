// What verifyRequest hashes, and which signing keys it keeps, seen by an engine that counts what it is asked for.
import { createHash, createHmac } from 'node:crypto';
import aws4 from 'aws4';
import { nodeHash } from '../../src/hash/node';
import { verifyRequest } from '../../src/verify';
import type { VerifyOptions, WireRequest } from '../../src/verify';

/** `node:crypto` under a count: deriving a signing key takes four HMAC keys, and signing with it one. */
function countingHash() {
  const counts = { keys: 0, bytes: 0 };
  const hash = {
    sha256: (data: string | Uint8Array) => {
      counts.bytes += data.length;
      return createHash('sha256').update(data).digest('hex');
    },
    hmac: (key: string | Uint8Array) => {
      counts.keys += 1;
      return (message: string | Uint8Array) => createHmac('sha256', key).update(message).digest('hex');
    },
  };
  return { counts, hash };
}

interface Caller {
  accessKeyId?: string;
  secretAccessKey?: string;
  /** Such as `20150830T123600Z`. */
  date?: string;
  region?: string;
  service?: string;
}

function signedBy({ date = '20150830T123600Z', ...caller }: Caller = {}): WireRequest {
  const { region = 'us-east-1', service = 'execute-api', ...keys } = caller;
  const request = { host: 'api.example', path: '/notes', service, region, headers: { 'X-Amz-Date': date } };
  const { headers } = aws4.sign(request, { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret', ...keys });
  return { method: 'GET', target: '/notes', headers: headers as Record<string, string> };
}

const at = (date: string) => () => new Date(date);
const today = at('2015-08-30T12:36:00Z');
const tomorrow = at('2015-08-31T12:36:00Z');

const verify = async (wire: WireRequest, options: Partial<VerifyOptions>) => {
  const credentials = () => ({ secretAccessKey: 'a-secret' });
  const result = await verifyRequest(wire, { credentials, now: today, ...options });
  return result.ok ? 'ok' : result.code;
};

describe('the signing key of a caller', () => {
  it('is derived once a day', async () => {
    const { counts, hash } = countingHash();
    expect(await verify(signedBy(), { hash })).toBe('ok');
    expect(counts.keys).toBe(5);
    for (let i = 0; i < 3; i++) expect(await verify(signedBy(), { hash })).toBe('ok');
    expect(counts.keys).toBe(5);
    expect(await verify(signedBy({ date: '20150831T123600Z' }), { hash, now: tomorrow })).toBe('ok');
    expect(counts.keys).toBe(10);
  });

  it('is kept of the latest day alone', async () => {
    const { counts, hash } = countingHash();
    const next = () => verify(signedBy({ date: '20150831T123600Z' }), { hash, now: tomorrow });
    expect(await verify(signedBy(), { hash })).toBe('ok');
    expect([await next(), await next()]).toEqual(['ok', 'ok']);
    expect(counts.keys).toBe(10); // that of the new day is kept
    expect(await verify(signedBy(), { hash })).toBe('ok');
    expect(counts.keys).toBe(15); // that of the day before is not
  });

  it('is known by a hash of the secret, not by the secret', async () => {
    const hashed: unknown[] = [];
    const { hash } = countingHash();
    const sha256 = (data: string | Uint8Array) => (hashed.push(data), hash.sha256(data));
    await verify(signedBy(), { hash: { ...hash, sha256 } });
    expect(hashed).toContain('a-secret');
  });

  it('is not that of another region, service or caller', async () => {
    const { counts, hash } = countingHash();
    for (const caller of [{}, { region: 'eu-west-1' }, { service: 'lambda' }, { accessKeyId: 'AKIDOTHER' }]) {
      expect(await verify(signedBy(caller), { hash })).toBe('ok');
    }
    expect(counts.keys).toBe(20);
  });

  it('ends with the secret: one that was exchanged is no longer good', async () => {
    const { hash } = countingHash();
    const exchanged = { hash, credentials: () => ({ secretAccessKey: 'another-secret' }) };
    expect(await verify(signedBy(), { hash })).toBe('ok');
    expect(await verify(signedBy(), exchanged)).toBe('SignatureMismatch');
    expect(await verify(signedBy({ secretAccessKey: 'another-secret' }), exchanged)).toBe('ok');
    expect(await verify(signedBy(), exchanged)).toBe('SignatureMismatch');
  });

  it('is not kept for a signature that is not good, whatever it names', async () => {
    const { counts, hash } = countingHash();
    const wrong = () => verify(signedBy({ secretAccessKey: 'a-guess' }), { hash });
    expect(await wrong()).toBe('SignatureMismatch');
    expect(await wrong()).toBe('SignatureMismatch');
    expect(counts.keys).toBe(10);
  });

  it('of an earlier day costs no one the key of today', async () => {
    const { counts, hash } = countingHash();
    expect(await verify(signedBy({ date: '20150831T000100Z' }), { hash, now: at('2015-08-31T00:01:00Z') })).toBe('ok');
    expect(await verify(signedBy({ date: '20150830T235900Z' }), { hash, now: at('2015-08-31T00:01:00Z') })).toBe('ok');
    expect(counts.keys).toBe(10);
    expect(await verify(signedBy({ date: '20150831T000100Z' }), { hash, now: at('2015-08-31T00:01:00Z') })).toBe('ok');
    expect(counts.keys).toBe(10);
  });

  it('is one of a thousand: whoever has not called for longest is forgotten', async () => {
    const { counts, hash } = countingHash();
    const call = (i: number) => verify(signedBy({ accessKeyId: `AKID${i}` }), { hash });
    for (let i = 0; i < 1000; i++) await call(i);
    expect(counts.keys).toBe(5000);
    await call(0); // not the one that has not called for longest any more
    await call(1000);
    expect(counts.keys).toBe(5005);
    await call(0);
    expect(counts.keys).toBe(5005);
    await call(1);
    expect(counts.keys).toBe(5010);
  });
});

describe('the engine', () => {
  it('hashes all of a body, however large', async () => {
    const { counts, hash } = countingHash();
    const body = 'x'.repeat(200_000);
    const request = {
      host: 'api.example',
      path: '/',
      method: 'PUT',
      service: 'execute-api',
      region: 'us-east-1',
      body,
    };
    const headers = { 'X-Amz-Date': '20150830T123600Z' };
    const signed = aws4.sign({ ...request, headers }, { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret' });
    const sent = Object.entries(signed.headers!).map(([name, value]) => [name, String(value)] as const);
    const wire = { method: 'PUT', target: '/', headers: sent, body };
    expect(await verify(wire, { hash })).toBe('ok');
    expect(counts.bytes).toBeGreaterThanOrEqual(200_000);
    expect(await verify(wire, { hash: nodeHash })).toBe('ok');
    const others = `${'x'.repeat(199_999)}y`;
    expect(await verify({ ...wire, body: others }, { hash: nodeHash })).toBe('SignatureMismatch');
  });

  it.each([null, {}, 'sha256', { sha256: () => '' }])('that is none is refused: %p', async (hash) => {
    await expect(verify(signedBy(), { hash: hash as never })).rejects.toThrow(
      /^hash: expected an engine such as nodeHash, got /,
    );
  });
});
