import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { now, secretAccessKey, signed, vanilla, verify } from '../support/verifyHarness';
import type { VerifyResult } from '../../src/verify';

const targetOf = (result: VerifyResult) => (result.ok ? result.target : result.code);

// RFC 9112, section 3.2. A signature for `/` was good for all of these, since what could not be read was taken for `/`.
describe.each([
  ['in the header', vanilla],
  ['in the query', signed({ signQuery: true })],
])('a target that is none of a signed request, signed %s: refused', (_, wire) => {
  const query = wire.target.slice(1);

  it.each([
    '',
    '*',
    'admin',
    'admin/users',
    '.',
    '?a=b',
    'example.amazonaws.com:443',
    'a://x/admin/users',
    'a://../../dev/secret',
    'ftp://example.amazonaws.com/',
    'file:///admin',
    'javascript:0',
    'http:/admin',
    'http:admin',
    'http:\\\\example.amazonaws.com\\admin',
    'https//example.amazonaws.com/',
    'xhttp://example.amazonaws.com/',
    ' /',
    '\t/',
    '/\n',
    '/#/admin',
    '/\\',
    '\\admin',
    '/\t/',
    '/\u00A0',
    '/\u2028',
    '/é',
    '/\uD800',
    '/\0',
    '/%2E',
    '/%2e%2E',
    '/.%2e/',
    '/admin/%2E./',
  ])('%j', async (target) => {
    const result = await verify({ ...wire, target: target + (target.includes('?') ? query.replace('?', '&') : query) });
    expect(result).toMatchObject({ ok: false, code: 'MalformedTarget' });
  });

  it('and what it was signed for is taken', async () => {
    expect(await verify(wire)).toMatchObject({ ok: true, target: '/' });
  });
});

it('a fragment in the query: refused', async () => {
  const wire = signed({ path: '/a?b=c' });
  expect(await verify(wire)).toMatchObject({ ok: true });
  for (const target of ['/a?b=c#', '/a#?b=c', '/a?b=c#d']) {
    expect(await verify({ ...wire, target })).toMatchObject({ code: 'MalformedTarget' });
  }
});

describe('an absolute target, as proxies get it', () => {
  const wire = signed({ path: '/a/b?c=d' });

  it.each(['http://example.amazonaws.com', 'HTTPS://EXAMPLE.amazonaws.com:443', 'http://example.amazonaws.com:80'])(
    '%s and path and query',
    async (origin) => {
      expect(await verify({ ...wire, target: `${origin}/a/b?c=d` })).toMatchObject({
        ok: true,
        host: 'example.amazonaws.com',
        path: '/a/b',
        target: '/a/b?c=d',
      });
      // Each of them is a target, and read as what it is: the signature of just that path and query is good for it.
      for (const [other, same] of [
        ['/a/b', '/a/b'],
        ['/a?c=d', '/a?c=d'],
        ['?c=d', '/?c=d'],
        ['', '/'],
      ] as const) {
        expect(await verify({ ...wire, target: origin + other })).toMatchObject({ code: 'SignatureMismatch' });
        const result = await verify({ ...signed({ path: same }), target: origin + other });
        expect(targetOf(result)).toBe(same);
      }
    },
  );

  it.each([
    'http://evil.example',
    'https://example.amazonaws.com:8443',
    'https://example.amazonaws.com:80',
    'http://example.amazonaws.com:443',
    'http://example.amazonaws.com.',
    'http://xexample.amazonaws.com',
  ])('of another authority than Host: refused: %s', async (origin) => {
    expect(await verify({ ...wire, target: `${origin}/a/b?c=d` })).toMatchObject({ code: 'HostMismatch' });
  });

  it.each([
    'http://',
    'http://user@example.amazonaws.com',
    'http://example.amazonaws.com:',
    'http://example.amazonaws.com:x',
  ])('of an authority that is none: refused: %s', async (origin) => {
    expect(await verify({ ...wire, target: `${origin}/a/b?c=d` })).toMatchObject({ code: 'MalformedHost' });
  });

  it('stands for a Host that is missing, as HTTP/1.0 may have it', async () => {
    const { Host, ...headers } = wire.headers;
    const request = { ...wire, headers };
    expect(await verify({ ...request, target: `http://${Host}/a/b?c=d` })).toMatchObject({ ok: true, host: Host });
    expect(await verify({ ...request, target: 'http://evil.example/a/b?c=d' })).toMatchObject({ ok: false });
    expect(await verify({ ...request, target: '/a/b?c=d' })).toMatchObject({ ok: false });
  });

  it('of a Request is its URL', async () => {
    const { Host, ...headers } = vanilla.headers;
    const at = (url: string) => verify(new Request(url, { headers: { ...headers, Host: Host! } }));
    expect(await at('https://example.amazonaws.com/')).toMatchObject({ ok: true });
    expect(await at('https://evil.example/')).toMatchObject({ code: 'HostMismatch' });
  });
});

describe('what a good result says of the request is what was signed', () => {
  it.each([
    ['/notes', '/admin/../notes', '/notes'],
    ['/notes', '/admin/..//./notes', '/notes'],
    ['/notes', '//notes', '/notes'],
    ['/notes', '/notes/.', '/notes'],
    ['/notes/', '/notes/./', '/notes/'],
    ['/notes', '/notes/', 'SignatureMismatch'],
    ['/notes', '/Notes', 'SignatureMismatch'],
    ['/notes', '/%6Eotes', 'SignatureMismatch'],
    ['/a%2Fb', '/a/b', 'SignatureMismatch'],
    ['/a?x=1%202&y', '/a?y&x=1+2', '/a?y&x=1+2'],
    ['/a?x=1', '/a?&&x=1&', '/a?x=1'],
    ['/a?%78=1', '/a?x=1', '/a?x=1'],
  ])('signed %s, sent %s', async (path, target, expected) => {
    expect(targetOf(await verify({ ...signed({ path }), target }))).toBe(expected);
  });

  it('without the parameters of the signature, however they are written', async () => {
    const wire = signed({ path: '/a?b=c%2Fd&e', signQuery: true, sessionToken: 'a-private-token' });
    const target = wire.target.replace('X-Amz-Security-Token', 'X-Amz-Security-Toke%6E');
    expect(target).not.toBe(wire.target);
    const credentials = () => ({
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      sessionToken: 'a-private-token',
    });
    const result = await verify({ ...wire, target }, { credentials });
    expect(result).toMatchObject({
      target: '/a?b=c%2Fd&e=',
      path: '/a',
      query: [
        ['b', 'c/d'],
        ['e', ''],
      ],
    });
    expect(JSON.stringify(result)).not.toContain('private');
  });

  it('of S3 as it was sent, since there `//` and dots are part of a key', async () => {
    const wire = signed({ path: '/a//b/../c%20d', service: 's3' });
    expect(await verify(wire, { service: 's3' })).toMatchObject({ path: '/a//b/../c%20d' });
  });
});

it.each([undefined, null, 5, {}, ['/']])('a request whose target is %j is refused by name', async (target) => {
  await expect(verify({ ...vanilla, target: target as never })).rejects.toMatchObject({
    code: 'InvalidRequest',
    message: expect.stringContaining('target') as string,
  });
});

describe('a parameter without a name', () => {
  it.each(['/?=b', '/?=b&a=1', '/?='])('%s is taken as smithy signs it', async (target) => {
    const query = Object.fromEntries(new URLSearchParams(target.slice(2)));
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey };
    const signer = new SignatureV4({ service: 'service', region: 'us-east-1', credentials, sha256: Sha256 });
    const request = new HttpRequest({ method: 'GET', path: '/', query, headers: { host: 'example.amazonaws.com' } });
    const { headers } = await signer.sign(request, { signingDate: now() });
    expect(await verify({ method: 'GET', target, headers })).toMatchObject({ ok: true, target });
    expect(await verify({ method: 'GET', target: `${target}c`, headers })).toMatchObject({ code: 'SignatureMismatch' });
  });

  it('that was not signed is no good request, though some signers leave it out', async () => {
    expect(await verify(vanilla)).toMatchObject({ ok: true });
    expect(await verify({ ...vanilla, target: '/?=b' })).toMatchObject({ code: 'SignatureMismatch' });
    expect(await verify({ ...vanilla, target: '/?&&' })).toMatchObject({ ok: true, target: '/' }); // no parameter at all
  });
});

it('over HTTP/2, where a body need not be announced, it has to be given', async () => {
  const { Host: _, host: __, ...others } = vanilla.headers;
  const wire = { ...vanilla, headers: { ...others, ':authority': 'example.amazonaws.com' } };
  for (const body of [undefined, null, {} as never]) {
    expect(await verify({ ...wire, body })).toMatchObject({ ok: false, code: 'BodyMismatch' });
  }
  expect(await verify({ ...wire, body: '' })).toMatchObject({ ok: true });
  expect(await verify({ ...wire, body: 'evil=1' })).toMatchObject({ ok: false, code: 'SignatureMismatch' });
});
