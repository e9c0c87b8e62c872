import type * as Sigv4 from '../../src/sigv4';
import type { SigV4Error } from '../../src/sigv4';

const { URL: StandardUrl, URLSearchParams: StandardParams } = globalThis;
afterEach(() => Object.assign(globalThis, { URL: StandardUrl, URLSearchParams: StandardParams }));

/** The signer, as if it had just been loaded on a platform with these. */
function signer(platform: object) {
  Object.assign(globalThis, platform);
  let loaded: typeof Sigv4 | undefined;
  jest.isolateModules(() => {
    loaded = jest.requireActual('../../src/sigv4');
  });
  const keys = { accessKey: 'AKID', secretKey: 'secret' };
  return (endpoint = 'https://api.example.com/dev') =>
    loaded!.newClient({ ...keys, endpoint }).signRequest({ path: '/notes', queryParams: { limit: 1 } });
}

/** What it throws; of another copy of the class than the one imported here. */
function errorOf(act: () => unknown): SigV4Error {
  try {
    act();
  } catch (error) {
    return error as SigV4Error;
  }
  throw new Error('expected it to throw');
}

/** As React Native's own, by its reported faults: each keeps the text, or throws. */
class TextUrl {
  readonly href: string;
  constructor(text: string) {
    this.href = text;
  }
  get host() {
    return this.href.split('/')[2]; // upper case and default ports as they stand
  }
  get searchParams() {
    return new Map([['q', 'undefined']]);
  }
}
class ThrowingUrl extends TextUrl {
  override get host(): string {
    throw new Error('URL.host is not implemented');
  }
}

test.each([
  ['that keeps what it was given', { URL: TextUrl }],
  ['whose members are not implemented', { URL: ThrowingUrl }],
  ['that there is not', { URL: undefined }],
])('a URL %s is refused, and what to import is said', (_, platform) => {
  const error = errorOf(signer(platform));
  expect(error).toMatchObject({ code: 'UnsupportedPlatform', option: 'URL and URLSearchParams' });
  expect(error.message).toContain("import 'react-native-url-polyfill/auto', 3 or later");
});

const params = (q: string, r: string) => new Map(Object.entries({ q, r }));
test.each([
  ['keeps a scheme in capitals', { get: () => 'WSS://a.test/b%20c?q&r=%20' }, 'href'],
  ['keeps the scheme’s own port', { get: () => 'a.test:443' }, 'host'],
  ['knows no parameter without a value', { get: () => params('null', ' ') }, 'searchParams'],
  ['decodes no parameter', { get: () => params('', '%20') }, 'searchParams'],
])('a URL that is right but %s is refused', (_, member, name) => {
  class Url extends StandardUrl {}
  expect(signer({ URL: Url })().url).toBe('https://api.example.com/dev/notes?limit=1');
  Object.defineProperty(Url.prototype, name, member);
  expect(errorOf(signer({ URL: Url })).code).toBe('UnsupportedPlatform');
});

test('URLSearchParams that print as an object are refused', () => {
  expect(errorOf(signer({ URLSearchParams: Map })).code).toBe('UnsupportedPlatform');
});

test('a polyfill may come after the first try', () => {
  const sign = signer({ URL: TextUrl });
  expect(errorOf(sign).code).toBe('UnsupportedPlatform');
  Object.assign(globalThis, { URL: StandardUrl });
  expect(sign().url).toBe('https://api.example.com/dev/notes?limit=1');
});

test('one that is right is looked at once', () => {
  const read: string[] = [];
  class Url extends StandardUrl {
    constructor(url: string) {
      super(url);
      read.push(url);
    }
  }
  const sign = signer({ URL: Url });
  sign();
  read.length = 0;
  sign('https://other.example.com');
  expect(read).toEqual(['https://other.example.com']);
});

test('createSignedFetch looks before it reads what it is given', async () => {
  const { createSignedFetch } = await import('../../src/signedFetch');
  let loaded = createSignedFetch;
  jest.isolateModules(() => {
    loaded = jest.requireActual<{ createSignedFetch: typeof createSignedFetch }>(
      '../../src/signedFetch',
    ).createSignedFetch;
  });
  Object.assign(globalThis, { URL: TextUrl });
  const signedFetch = loaded({ credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' } });
  await expect(signedFetch('wss://api.example.com')).rejects.toMatchObject({ code: 'UnsupportedPlatform' });
});
