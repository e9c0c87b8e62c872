import { inspect } from 'node:util';
import { AuthError, LoginChallengeError } from '../../src/errors';
import { looksSecret, redact, safeCause, secretsIn } from '../../src/util';
import { password, secrets, talkative } from '../support/talkativeError';

describe('safeCause', () => {
  test('keeps name, message, code and the chain of causes', () => {
    const cause = safeCause(talkative(), secrets);
    expect(cause.message).toBe('token [hidden]; authorization [hidden]; password [hidden]');
    expect(cause).toMatchObject({ code: 'NotAuthorizedException' });
    expect(cause.cause).toMatchObject({ code: 'ECONNREFUSED', message: 'connect failed: [hidden]' });
    expect(Object.keys(cause)).toEqual(['code']);
  });

  test('keeps the name of an error that is not a plain one', () => {
    expect(safeCause(new TypeError('fetch failed'))).toMatchObject({ name: 'TypeError', message: 'fetch failed' });
  });

  test('leaves errors of the library as they are', () => {
    const error = new LoginChallengeError('SMS_MFA', 'mfaCode');
    expect(safeCause(error)).toBe(error);
  });

  test('ends on causes that go in a circle', () => {
    const error = new Error('round');
    error.cause = error;
    expect(() => safeCause(error)).not.toThrow();
  });

  const throws = () => {
    throw new Error(`not readable: ${password}`);
  };
  const traps = ['get', 'has', 'getPrototypeOf', 'ownKeys', 'getOwnPropertyDescriptor'] as const;
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();

  test.each<[string, unknown]>([
    ['a stack of null', { message: 'm', stack: null }],
    ['a stack and a name of other types', { message: 'm', stack: 1, name: Symbol('name'), cause: null }],
    ['a message of another type', { message: Symbol('m'), stack: {} }],
    ['no prototype', Object.assign(Object.create(null) as object, { message: 'm' })],
    ['getters that throw', Object.defineProperties({}, { message: { get: throws }, name: { get: throws } })],
    ['a cause that cannot be read', Object.defineProperty(new Error('m'), 'cause', { get: throws })],
    ['a stack that cannot be read', Object.defineProperty(new Error('m'), 'stack', { get: throws })],
    ['a code that cannot be read', Object.defineProperty(new Error('m'), 'code', { get: throws })],
    ['a cause that is a revoked proxy', new Error('m', { cause: revoked.proxy })],
    ['a frozen error', Object.freeze(talkative())],
    ['a function', throws],
    ['a symbol', Symbol(password)],
    ['null', null],
    ['a revoked proxy', revoked.proxy],
    ...traps.map((trap): [string, unknown] => [
      `a proxy that throws at ${trap}`,
      new Proxy(talkative(), { [trap]: throws }),
    ]),
    ['a proxy that throws at all', new Proxy(talkative(), Object.fromEntries(traps.map((trap) => [trap, throws])))],
  ])('does not throw at %s, and shows no secret', (_name, thrown) => {
    const error = new AuthError('UnexpectedResponse', 'm', { cause: thrown, secrets });
    expect(thrown === null || error.cause instanceof Error).toBe(true);
    expect(`${String(error.cause)} ${inspect(error, { depth: 10, showHidden: true })}`).not.toContain(password);
  });

  test('keeps what can be read beside what cannot', () => {
    const half = Object.defineProperty(Object.assign(new TypeError('m'), { status: 503 }), 'stack', { get: throws });
    expect(safeCause(half)).toMatchObject({ name: 'TypeError', message: 'm', status: 503, stack: 'TypeError: m' });
  });

  test('never throws, whatever the properties hold', () => {
    const values: unknown[] = [
      undefined, null, '', 'text', password, 0, NaN, 1n, true, Symbol('s'), [], {}, throws, new Date(NaN),
      new Proxy({}, { get: throws }), revoked.proxy, new Error('inner'), new AuthError('NotLoggedIn', 'own'),
    ]; // prettier-ignore
    // The stack first: it is made when it is first touched, of what the rest says.
    const names = ['stack', 'name', 'message', 'cause', 'code', 'status', 'requestId', 'toString', 'constructor'];
    let seed = 1;
    const below = (count: number) => (seed = (seed * 48_271) % 2_147_483_647) % count;
    for (let round = 0; round < 2000; round++) {
      const thrown = below(2) ? new Error('m') : { message: 'm' };
      for (const name of names) {
        const value = below(20) ? values[below(values.length)] : thrown; // one that goes in a circle
        const property = below(4) ? { value } : { get: throws };
        if (below(2)) Object.defineProperty(thrown, name, { ...property, configurable: true });
      }
      const cause = below(2) ? Object.freeze(thrown) : thrown;
      const error = new AuthError('UnexpectedResponse', 'm', { cause, secrets });
      expect(error.cause).toBeInstanceOf(Error);
      expect(`${String(error.cause)} ${inspect(error, { depth: 10 })}`).not.toContain(password);
    }
  });

  test('shows nothing of thrown objects', () => {
    expect(inspect(safeCause({ password }))).not.toContain(password);
  });
});

test('redact takes a secret that is none for one that is not there', () => {
  // As from JavaScript: login(username, null).
  expect(redact('text', [null as unknown as string, 12_345 as unknown as string])).toBe('text');
});

test.each([
  ['eyJaaaaaaaa.bb.cc', '[hidden]'],
  ['"eyJaaaaaaaa.bb.cc.dd.", x', '"[hidden]", x'],
  ['a.eyJaaaaaaaa.bb.', 'a.[hidden]'],
  ['a-eyJaaaaaaaa.bb.c, eyJbbbbbbbb.c.d', 'a-[hidden], [hidden]'],
  ['eyJshort.eyJaaaaaaaa.bb.cc', 'eyJshort.[hidden]'],
  ['v1-eyJaaaaaaaa.eyJbbbbbbbb.cc', 'v1-[hidden]'],
  ['eyJaaaaaaaa.bb', 'eyJaaaaaaaa.bb'],
  ['eyJaaaaaaaa..cc', 'eyJaaaaaaaa..cc'],
  ['theyJaaaaaaaa.bb.cc', 'theyJaaaaaaaa.bb.cc'],
])('redact makes of %s: %s', (text, shown) => {
  expect(redact(text)).toBe(shown);
});

test.each([
  ['GET https://user:hunter2@api.example.com/x?y=1', 'GET https://user:[hidden]@api.example.com/x?y=1'],
  ['proxy http://user:a:b%40c@127.0.0.1:8080, next', 'proxy http://user:[hidden]@127.0.0.1:8080, next'],
  ['{"url":"wss://:secret@example.com"}', '{"url":"wss://:[hidden]@example.com"}'],
  ['redis://u:p@a redis://u:p@b', 'redis://u:[hidden]@a redis://u:[hidden]@b'],
  ['https://example.com:8443/a@b', 'https://example.com:8443/a@b'],
  ['https://user@example.com/', 'https://user@example.com/'],
  ['see https://example.com: mail user@example.com', 'see https://example.com: mail user@example.com'],
])('redact hides the password of an address: %s', (text, shown) => {
  expect(redact(text)).toBe(shown);
});

test('redact hides what it hid before its time was linear', () => {
  const before = /()\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*(\.[\w-]*)*/g;
  const letters = ['eyJ', 'aaaaaaaa', 'a', '-', '.', '.', ' ', '"'];
  let seed = 7;
  for (let round = 0; round < 20_000; round++) {
    let text = '';
    for (let i = 0; i < 12; i++) text += letters[(seed = (seed * 48_271) % 2_147_483_647) % letters.length]!;
    expect(redact(text)).toBe(text.replace(before, '[hidden]'));
  }
});

test('redact leaves ordinary text alone', () => {
  const text = 'The basic idea: a bearer of news, Credential check, eyJustice. token=abc';
  expect(redact(text, ['a', undefined, 'xy'])).toBe(text);
});

describe('looksSecret', () => {
  const KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

  test.each([
    ['an access key id', 'AKIAIOSFODNN7EXAMPLE'],
    ['a temporary one, in a sentence', 'the key ASIAIOSFODNN7EXAMPLE is not known'],
    ['a secret access key', KEY],
    ['one in a URL', `https://api.example.com/${KEY}/notes`],
    ['one with a plus', KEY.replace('/', '+')],
    ['a JWT', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'],
    ['an app client’s secret', '1abc2def3ghi4jkl5mno6pqr7stu8vwx9yza0bcd1efg2hij3kl4'],
    ['a token in hexadecimal', '3f786850e387550fdab836ed7e6dc881de23001b'],
    ['a token in base64url', 'x7Gh2-Kq9Lm4Np8_Rs3Tv6Wx1Yz5Ab0Cd2Ef7Gh4Jk'],
  ])('%s does', (_, text) => {
    expect(looksSecret(text)).toBe(true);
  });

  test.each([
    'eu-west-1',
    'eu-west-1_AbCdEfGhI',
    '1h57kf5cpq17m0eml12EXAMPLE',
    'eu-west-1:01234567-89ab-cdef-0123-456789abcdef',
    'https://abc123.execute-api.eu-west-1.amazonaws.com/prod',
    'https://vpce-0a1b2c3d4e5f67890-abcdefgh.execute-api.eu-west-1.vpce.amazonaws.com',
    'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEfGhI',
    '/prod/someServiceV2/getAllUsersById/withTheirNotes',
    'AWSCognitoIdentityProviderService.GetUserAttributeVerificationCode',
    'user@example.com',
    '',
  ])('%p does not', (text) => {
    expect(looksSecret(text)).toBe(false);
  });
});

test('secretsIn finds the secrets among the words of a sentence', () => {
  const key = 'AKIAIOSFODNN7EXAMPLE';
  expect(secretsIn(`User pool client ${key} does not exist in eu-west-1_AbCdEfGhI.`)).toEqual([key]);
});

test('a secret is hidden as it is, in a URL, and with its signs escaped', () => {
  const secret = 'IQoJb3JpZ2luX2Vj//a+b/c==';
  const spellings = [
    secret,
    encodeURIComponent(secret),
    secret.replaceAll('/', '\\/'),
    secret.replaceAll('/', '\\u002f'),
    secret.replaceAll('/', '\\u002F'),
    'IQoJb3JpZ2luX2Vj\\u002f\\u002fa\\u002bb\\u002fc\\u003d\\u003d',
  ];
  for (const spelling of spellings) expect(redact(`t=${spelling};`, [secret])).toBe('t=[hidden];');
  expect(redact('x-amz-security-token:IQoJ\\/\\/a\\u002Fb rest')).toBe('x-amz-security-token:[hidden] rest');
});

test('a secret with half a surrogate pair, as a password cut in two has it, is hidden like any other', () => {
  const secret = 'pass\ud83dword';
  expect(redact(`sent ${secret}, ${encodeURIComponent('pass\ufffdword')}`, [secret])).toBe('sent [hidden], [hidden]');
});
