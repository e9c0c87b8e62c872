import { signBySteps, signed, vanilla, verify } from '../support/verifyHarness';

const date = '20150830T123600Z';
/** Signed with just this value of `Host`: the signature is good, whatever it is. */
const withHost = (host: string) => signBySteps({ host, 'x-amz-date': date });

it.each([
  'example.com',
  'EXAMPLE.com',
  'example.com:8443',
  'a_b',
  'localhost:3000',
  '127.0.0.1:80',
  '[::1]:80',
  'a-b.c.',
])('a host is taken: %s', async (host) => {
  expect(await verify(withHost(host))).toMatchObject({ ok: true, host });
});

it.each([
  '',
  'user@example.com',
  'user:secret@example.com',
  'example.com/admin',
  'example.com?a',
  'example.com#a',
  'example.com\\a',
  'a,b',
  'a b',
  'example.com:',
  'example.com:x',
  'example.com:65536',
  'example.com:80:80',
  'http://example.com',
  '%65xample.com',
  'éxample.com',
  '[::1',
  '[:::]',
  '::1',
  '127.1',
  '0x7f.0.0.1',
  '2130706433',
])('what is no host is refused, though it is signed: %j', async (host) => {
  expect(await verify(withHost(host))).toMatchObject({ ok: false, code: 'MalformedHost' });
});

it('two hosts are refused, though both are signed', async () => {
  const { headers } = withHost('a,b');
  const pairs = [...Object.entries(headers).filter(([name]) => name !== 'host'), ['Host', 'a'], ['host', 'b']];
  const request = { method: 'GET', target: '/', headers: pairs as [string, string][] };
  expect(await verify(request)).toMatchObject({
    code: 'MalformedHost',
    message: 'Host header must be present only once.',
  });
  const same = [...Object.entries(vanilla.headers), ['host', 'example.amazonaws.com'] as [string, string]];
  expect(await verify({ ...vanilla, headers: same })).toMatchObject({ ok: false });
});

it('no host is refused, though none is signed', async () => {
  const { headers } = withHost('');
  const { host, ...others } = headers;
  expect(host).toBe('');
  expect(await verify({ method: 'GET', target: '/', headers: others })).toMatchObject({ code: 'MalformedHost' });
});

it('a signature that is wrong as well is what is told', async () => {
  const wire = signed({});
  const headers = { ...wire.headers, Host: 'user@example.amazonaws.com' };
  expect(await verify({ ...wire, headers })).toMatchObject({ code: 'SignatureMismatch' });
});
