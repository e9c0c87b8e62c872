import { newClient, SigV4Error } from '../src/sigv4';
import type { ClientConfig, RequestToSign } from '../src/sigv4';
import { configOf, headerOf, nodeSha256, readAuthorization, readQuery, startRecorder, TOKEN } from './sigV4Harness';
import type { Recorder, Wire } from './sigV4Harness';

let recorder: Recorder;
beforeAll(async () => {
  recorder = await startRecorder();
});
afterAll(() => recorder.close());

const call = (request: RequestToSign, config?: Partial<ClientConfig>) => recorder.call(request, config);
const text = ({ body }: Wire) => new TextDecoder().decode(body);
const pathOf = ({ target }: Wire) => target.replace(/\?.*/, '');
const sign = (request: RequestToSign, config?: Partial<ClientConfig>) =>
  newClient(configOf(config)).signRequest(request);

describe('what the old client got wrong', () => {
  describe('arrays, strings, binary bodies signed as a spread object', () => {
    test.each<[string, RequestToSign['body'], string]>([
      ['an object', { a: [1, { b: null }] }, '{"a":[1,{"b":null}]}'],
      ['an array', [1, 'zwei', null], '[1,"zwei",null]'],
      ['an empty array', [], '[]'],
      ['a string', 'héllo {}', 'héllo {}'],
      ['an empty string', '', ''],
      ['a number', 0, '0'],
      ['a boolean', false, 'false'],
      ['a Date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
      ['bytes', new TextEncoder().encode('bytes é'), 'bytes é'],
      ['a part of a buffer', new TextEncoder().encode('>part<').subarray(1, 5), 'part'],
      ['a DataView', new DataView(new TextEncoder().encode('>view<').buffer, 1, 4), 'view'],
      ['an ArrayBuffer', new TextEncoder().encode('buffer').buffer, 'buffer'],
      ['a form', new URLSearchParams({ name: 'a b', more: '&=' }), 'name=a+b&more=%26%3D'],
    ])('%s', async (_name, body, expected) => {
      expect(text(await call({ method: 'POST', path: '/notes', body }))).toBe(expected);
    });

    test('bytes that are no text', async () => {
      const body = Uint8Array.from({ length: 256 }, (_, i) => i);
      expect([...(await call({ method: 'PUT', path: '/', body })).body]).toEqual([...body]);
    });

    test('a form says that it is one, unless the request says otherwise', async () => {
      const body = new URLSearchParams({ a: '1' });
      const form = await call({ method: 'POST', body });
      expect(headerOf(form, 'content-type')).toBe('application/x-www-form-urlencoded;charset=UTF-8');
      const stated = await call({ method: 'POST', body, headers: { 'content-type': 'text/plain' } });
      expect(headerOf(stated, 'content-type')).toBe('text/plain');
    });
  });

  test('signed body not returned', () => {
    const bytes = new Uint8Array([1, 2]);
    expect(sign({ method: 'POST', body: { n: 1 } }).body).toBe('{"n":1}');
    expect(sign({ method: 'POST', body: bytes }).body).toBe(bytes);
    expect(sign({ method: 'POST' })).not.toHaveProperty('body');
  });

  test('session token added after signing', async () => {
    const signed = await call({ path: '/notes' }, { sessionToken: TOKEN });
    expect(headerOf(signed, 'x-amz-security-token')).toBe(TOKEN);
    expect(readAuthorization(headerOf(signed, 'authorization')).signedHeaders).toContain('x-amz-security-token');
    const unsigned = await call({ path: '/notes' }, { sessionToken: TOKEN, signSessionToken: false });
    expect(headerOf(unsigned, 'x-amz-security-token')).toBe(TOKEN);
    expect(readAuthorization(headerOf(unsigned, 'authorization')).signedHeaders).not.toContain('x-amz-security-token');
  });

  describe('headers sorted by original case, not trimmed, content-type beside Content-Type', () => {
    test('sorted by lower-case name', async () => {
      const wire = await call({ headers: { 'x-b': '2', 'X-C': '3', 'X-a': '1' } });
      const { signedHeaders } = readAuthorization(headerOf(wire, 'authorization'));
      expect(signedHeaders).toEqual(['accept', 'host', 'x-a', 'x-amz-date', 'x-b', 'x-c']);
    });

    test('trimmed, inner space folded', async () => {
      const wire = await call({ headers: { 'x-wide': '  a   b\t\tc \t' } });
      expect(headerOf(wire, 'x-wide')).toBe('a   b\t\tc'); // folded where it is signed, not where it is sent
    });

    test.each(['content-type', 'CONTENT-TYPE', 'Content-type'])('nothing sent twice for %s', async (name) => {
      const wire = await call({ method: 'POST', body: 'a,b', headers: { [name]: 'text/csv', ACCEPT: 'text/plain' } });
      const sent = wire.headers.filter(([header]) => /^(content-type|accept)$/i.test(header));
      expect(sent.map(([, value]) => value).sort()).toEqual(['text/csv', 'text/plain']);
    });

    test('repeated names are joined', async () => {
      const headers: [string, string][] = [
        ['X-List', 'a'],
        ['x-list', 'b'],
      ];
      expect(headerOf(await call({ headers }), 'x-list')).toBe('a, b');
    });
  });

  test("the user's Authorization or Host signed, then overwritten", async () => {
    const headers = {
      authorization: 'Bearer abc',
      HOST: 'elsewhere.example.com',
      'X-Amz-Date': '20010101T000000Z',
      'X-AMZ-Security-Token': 'other',
    };
    const wire = await call({ headers }, { sessionToken: TOKEN });
    expect(headerOf(wire, 'host')).toBe(recorder.url.slice('http://'.length));
    expect(headerOf(wire, 'x-amz-date')).toBe('20150830T123600Z');
    expect(headerOf(wire, 'x-amz-security-token')).toBe(TOKEN);
    const names = wire.headers.map(([name]) => name.toLowerCase());
    expect(names.filter((name) => name === 'authorization' || name.startsWith('x-amz-'))).toHaveLength(3);
  });

  describe("query keys not encoded, !'()* not encoded, arrays joined by a comma, undefined sent as text", () => {
    test('RFC 3986 both sides', async () => {
      const queryParams = { "k!'()* é&=+": "v!'()* é&=+/?#%", plain: '-._~' };
      const { target } = await call({ path: '/search', queryParams });
      expect(target).toMatch(/^\/dev\/search\?[\w.~%&=-]+$/);
      expect(Object.fromEntries(readQuery(target))).toEqual(queryParams);
    });

    test('sorted by encoded bytes', async () => {
      const queryParams = { 'a-b': '', ab: '', 'a=': '', é: '', B: '', 'a b': '', '～': '', '💡': '' };
      const names = (await call({ queryParams })).target.replace(/.*\?/, '').split('&');
      expect(names).toEqual(['%C3%A9=', '%EF%BD%9E=', '%F0%9F%92%A1=', 'B=', 'a%20b=', 'a%3D=', 'a-b=', 'ab=']);
    });

    test('arrays repeat the key', async () => {
      const { target } = await call({ queryParams: { tag: ['b', 'a', 10, true], none: [] } });
      expect(target).toBe('/dev?tag=10&tag=a&tag=b&tag=true');
    });

    test('undefined and null left out', async () => {
      const queryParams = { a: undefined, b: null, c: ['', undefined, null], d: 0, e: false, f: 7n };
      expect((await call({ queryParams })).target).toBe('/dev?c=&d=0&e=false&f=7');
    });

    test.each([[{ filter: { a: 1 } }], [{ list: [['nested']] }], [{ when: new Date(0) }]])(
      'nested objects refused: %j',
      (queryParams) => {
        expect(() => sign({ queryParams: queryParams as never })).toThrow(SigV4Error);
      },
    );
  });

  describe('path encoded once', () => {
    test.each([
      ['/@user:1(a)*', '/dev/@user:1(a)*'],
      ['/my notes/é', '/dev/my%20notes/%C3%A9'],
      ['/💡/100%', '/dev/%F0%9F%92%A1/100%'],
      ['/already%20encoded%2Fslash', '/dev/already%20encoded%2Fslash'],
      ["/a'b!c;d,e=f&g+h$i", "/dev/a'b!c;d,e=f&g+h$i"],
      ['/#hash', '/dev/%23hash'],
      ['/end ', '/dev/end%20'],
      ['/line\nbreak', '/dev/line%0Abreak'],
      ['/a/./b/../c', '/dev/a/c'],
      ['/a//b', '/dev/a//b'],
    ])('%s', async (path, onTheWire) => {
      expect(pathOf(await call({ path }))).toBe(onTheWire);
    });
  });

  test('path containing ? breaks', async () => {
    const { target } = await call({ path: '/notes?b=2&a=x%20y+z&b=1', queryParams: { c: 3, b: 0 } });
    expect(target).toBe('/dev/notes?a=x%20y%20z&b=0&b=1&b=2&c=3');
  });

  test.each([
    ['/dev/', '/notes', '/dev/notes'],
    ['/dev', 'notes', '/dev/notes'],
    ['/dev/', 'notes/', '/dev/notes/'],
    ['', 'notes', '/notes'],
    ['/', '/notes', '/notes'],
    ['/', '', '/'],
    ['', '?a=1', '/'],
    ['/dev', '', '/dev'],
  ])('endpoint ending in /, path starting without: %s and %s', async (base, path, expected) => {
    expect(pathOf(await call({ path }, { endpoint: recorder.url + base }))).toBe(expected);
  });

  test('port stripped from host', async () => {
    expect(headerOf(await call({}), 'host')).toMatch(/^127\.0\.0\.1:\d+$/);
    const standard = sign({}, { endpoint: 'https://api.example.com:443', region: 'eu-west-1' }).headers;
    expect(standard).toEqual(sign({}, { endpoint: 'https://api.example.com', region: 'eu-west-1' }).headers);
    const other = sign({}, { endpoint: 'https://api.example.com:8443', region: 'eu-west-1' }).headers;
    expect(other.Authorization).not.toBe(standard.Authorization);
  });

  test('region defaults to us-east-1', () => {
    expect(newClient(configOf()).region).toBe('eu-west-1');
    expect(newClient(configOf({ region: 'ap-south-1' })).region).toBe('ap-south-1');
    expect(newClient(configOf({ endpoint: 'https://api.example.com' })).region).toBe('us-east-1');
  });

  test.each(['accessKey', 'secretKey', 'endpoint'] as const)('missing keys give {}: %s', (option) => {
    expect(() => newClient(configOf({ [option]: undefined }))).toThrow(SigV4Error);
    expect(() => newClient(configOf({ [option]: undefined }))).toThrow(new RegExp(`^${option}: `));
  });

  test.each(['a\r\nx-evil: 1', 'a\nb', 'a\rb', '\u0000'])('CR/LF in a header goes through: %j', (value) => {
    expect(() => sign({ headers: { 'x-note': value } })).toThrow(SigV4Error);
  });
});

test('signBody sends and signs the payload hash', async () => {
  const wire = await call({ method: 'POST', body: 'text' }, { signBody: true });
  expect(headerOf(wire, 'x-amz-content-sha256')).toBe(nodeSha256('text'));
  expect(readAuthorization(headerOf(wire, 'authorization')).signedHeaders).toContain('x-amz-content-sha256');
});

test('null stands for what is not given, blanks for no media type', () => {
  const config = configOf({ defaultAcceptType: '  ', defaultContentType: ' ' });
  const request = { method: 'POST', body: 'x', date: null, headers: null, queryParams: null };
  const { headers } = newClient(config).signRequest(request as never);
  expect(headers).toMatchObject({ Accept: 'application/json', 'Content-Type': 'application/json' });
});
