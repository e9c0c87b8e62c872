import { createHash } from 'node:crypto';
import { signed, vanilla, verify } from '../support/verifyHarness';

describe.each(['GET', 'HEAD', 'DELETE', 'POST'])('the body of a %s', (method) => {
  const wire = signed({ method, body: 'é{}', headers: { 'content-type': 'application/json' } });
  const bare = signed({ method });

  it('is covered by the signature', async () => {
    expect(await verify(wire)).toMatchObject({ ok: true, method });
    for (const body of ['é{} ', 'é[]', '']) {
      expect(await verify({ ...wire, body })).toMatchObject({ code: 'SignatureMismatch' });
    }
    // One that nobody has read: the headers announce it, or nothing does.
    const code = expect.stringMatching(/^(BodyMismatch|SignatureMismatch)$/) as string;
    expect(await verify({ ...wire, body: undefined })).toMatchObject({ ok: false, code });
    expect(await verify({ ...bare, body: 'é{}' })).toMatchObject({ code: 'SignatureMismatch' });
  });

  it.each<[string, Record<string, string>, string | undefined, boolean]>([
    ['that is announced but not given', { 'Content-Length': '4' }, undefined, false],
    ['that is announced but given as empty', { 'Content-Length': '4' }, '', false],
    ['that is announced in chunks but not given', { 'Transfer-Encoding': 'chunked' }, undefined, false],
    ['of two lengths', { 'Content-Length': '0', 'content-length': '0' }, '', false],
    ['of a length and in chunks', { 'Content-Length': '0', 'Transfer-Encoding': 'chunked' }, '', false],
    ['of a length that is none', { 'Content-Length': '0x0' }, '', false],
    ['of length 0', { 'Content-Length': '0' }, undefined, true],
    ['of no chunks', { 'Transfer-Encoding': 'chunked' }, '', true],
    ['that nobody announces', {}, undefined, true],
  ])('%s: taken as verified: %#', async (_, headers, body, ok) => {
    const result = await verify({ ...bare, headers: { ...bare.headers, ...headers }, body });
    expect(result).toMatchObject(ok ? { ok } : { ok, code: 'BodyMismatch' });
  });
});

it.each<[string, Record<string, string>]>([
  ['SignatureMismatch', {}],
  ['PayloadHashMismatch', { 'X-Amz-Content-Sha256': createHash('sha256').update('packed').digest('hex') }],
])('a compressed one that the server has inflated is a %s that says what to do', async (code, more) => {
  const headers = { 'content-encoding': 'gzip', ...more };
  const wire = signed({ method: 'POST', body: 'packed', headers });
  expect(await verify(wire)).toMatchObject({ ok: true });
  expect(await verify({ ...wire, body: 'inflated' })).toMatchObject({
    code,
    message: expect.stringContaining("as Content-Encoding 'gzip': give it as it was received, before") as string,
  });
});

it('a standard Request without one, that announces one in chunks, is refused', async () => {
  const announced = new Request('http://example.amazonaws.com/', {
    headers: { ...vanilla.headers, 'Transfer-Encoding': 'chunked' },
  });
  expect(announced.headers.get('transfer-encoding')).toBe('chunked');
  expect(await verify(announced)).toMatchObject({
    code: 'BodyMismatch',
    message: expect.stringContaining('None was given.') as string,
  });
});

it('a long encoding is shown in part', async () => {
  const wire = signed({ method: 'POST', body: 'packed', headers: { 'content-encoding': 'x'.repeat(81) } });
  expect(await verify({ ...wire, body: 'inflated' })).toMatchObject({
    message: expect.stringContaining(`as Content-Encoding '${'x'.repeat(80)}': give`) as string,
  });
});

it.each(['ResizableArrayBuffer', 'ArrayBufferView'])('an object that only calls itself %s is none', async (name) => {
  const body = { [Symbol.toStringTag]: name, byteLength: 0 } as never;
  await expect(verify({ ...vanilla, body })).rejects.toMatchObject({
    code: 'InvalidRequest',
    message: expect.stringContaining(`got ${name} (a stream`) as string,
  });
});

it('one whose payload may be unsigned need not be given', async () => {
  const wire = signed({ method: 'PUT', service: 's3', headers: { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' } });
  const headers = { ...wire.headers, 'Content-Length': '1000' };
  expect(await verify({ ...wire, headers }, { service: 's3' })).toMatchObject({ ok: true });
});

it('a large one is hashed as any other, as text, bytes and shared bytes', async () => {
  const body = 'é漢'.repeat(30_000);
  const hash = createHash('sha256').update(body).digest('hex');
  const wire = signed({ method: 'POST', body, headers: { 'X-Amz-Content-Sha256': hash } });
  const bytes = new TextEncoder().encode(body);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  for (const given of [body, bytes, shared]) expect(await verify({ ...wire, body: given })).toMatchObject({ ok: true });
  expect(await verify({ ...wire, body: `${body} ` })).toMatchObject({ code: 'PayloadHashMismatch' });
});
