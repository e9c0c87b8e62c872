import { inspect } from 'node:util';
import {
  ApigError,
  AuthError,
  LoginChallengeError,
  RequestError,
  SigV4ClientError,
} from '../src/errors';
import { redact, safeCause } from '../src/util';

// Made up, in the form of the real ones.
const password = 'Correct-horse-7';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const sessionToken = 'IQoJb3JpZ2luX2VjEXAMPLEtoken//////////wEaCXVzLWVhc3QtMSJHMEUCIQ==';
const idToken = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"sub":"1"}').toString('base64url')}.c2lnbmF0dXJlLWJ5dGVz`;
const authorization = `AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/20150830/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7`;
const secrets = [password, secretAccessKey, sessionToken, idToken, authorization];

/** An error as clients throw it, with everything on it. */
function talkative(): Error {
  const request = {
    headers: { Authorization: authorization, 'x-amz-security-token': sessionToken },
    body: { password },
  };
  const inner = Object.assign(new Error(`connect failed: ${idToken}`), { code: 'ECONNREFUSED', request });
  return Object.assign(
    new Error(`token ${idToken}; authorization ${authorization}; password ${password}`, { cause: inner }),
    {
      code: 'NotAuthorizedException',
      request,
      config: { headers: request.headers },
      credentials: { secretAccessKey, sessionToken },
    },
  );
}

/** What API Gateway writes when signatures differ: it repeats the canonical request, token included. */
const refusal = JSON.stringify({
  message: `The request signature we calculated does not match the signature you provided.\n\nThe Canonical String for this request should have been\n'GET\n/dev/notes\n\nhost:127.0.0.1\nx-amz-date:20150830T123600Z\nx-amz-security-token:${sessionToken}\n\nhost;x-amz-date;x-amz-security-token\ne3b0'\n`,
});

const apigError = (text = refusal) =>
  new ApigError({
    method: 'GET',
    url: `https://user:${password}@api.example.com/dev/notes?X-Amz-Security-Token=${encodeURIComponent(sessionToken)}`,
    status: 403,
    statusText: 'Forbidden',
    headers: new Headers({
      'x-amzn-requestid': 'a-request-id',
      'set-cookie': `session=${idToken}`,
      'x-amzn-remapped-authorization': authorization,
    }),
    text,
    request: { headers: { authorization } },
    response: { headers: { authorization } },
  });

const errors: [string, SigV4ClientError][] = [
  ['ApigError', apigError()],
  [
    'ApigError that quotes the Authorization header',
    apigError(`{"message":"'x' not a valid key=value pair in Authorization header: '${authorization}'."}`),
  ],
  ['ApigError that quotes a token', apigError(`Bearer ${idToken} is not valid`)],
  [
    'RequestError',
    new RequestError('NetworkError', `no answer; ${authorization}`, {
      method: 'GET',
      url: `https://api.example.com/?t=${idToken}`,
      cause: talkative(),
      secrets,
    }),
  ],
  ['AuthError', new AuthError('WrongPassword', `wrong: ${password}`, { cause: talkative(), secrets })],
  [
    'AuthError within an AuthError',
    new AuthError('IdentityPoolRefused', 'refused', {
      cause: new AuthError('Unreachable', 'x', { cause: talkative(), secrets }),
    }),
  ],
  ['LoginChallengeError', new LoginChallengeError('SMS_MFA', 'mfaCode')],
];

describe.each(errors)('%s', (_name, error) => {
  test('shows no secret when inspected, serialized or logged', () => {
    const logged: string[] = [];
    const write = jest
      .spyOn(console, 'error')
      .mockImplementation((...args: unknown[]) => void logged.push(args.map((arg) => inspect(arg)).join(' ')));
    console.error(error);
    console.error('it failed:', error, { error });
    write.mockRestore();
    const shown = [
      inspect(error),
      inspect(error, { depth: Infinity, showHidden: true, getters: false }),
      inspect({ nested: { error } }, { depth: 10 }),
      JSON.stringify(error),
      JSON.stringify(Object.getOwnPropertyDescriptors(error)),
      String(error),
      error.stack ?? '',
      ...logged,
    ].join('\n');
    for (const secret of secrets) {
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain(encodeURIComponent(secret));
    }
    expect(shown).not.toMatch(/Signature=5d672d/);
  });

  test('is one of the library’s, with a name and a code', () => {
    expect(error).toBeInstanceOf(SigV4ClientError);
    expect(error).toBeInstanceOf(Error);
    expect(error.code).toMatch(/^[A-Z]\w+$/);
    expect(String(error)).toMatch(new RegExp(`^${error.name}: `));
  });
});

test('a talkative error shows its secrets, so the test above would see them', () => {
  expect(inspect(talkative())).toContain(password);
});

describe('ApigError', () => {
  test('its message is the response’s text', () => {
    expect(apigError('{"message":"Note not found"}')).toMatchObject({
      message: '{"message":"Note not found"}',
      code: 'HttpError',
      status: 403,
      body: { message: 'Note not found' },
      requestId: 'a-request-id',
      method: 'GET',
      url: 'https://api.example.com/dev/notes',
      attempts: 1,
    });
  });

  test('text that is not JSON is the body as it is', () => {
    expect(apigError('Bad gateway').body).toBe('Bad gateway');
  });

  test('without text the message says what happened', () => {
    const error = apigError('');
    expect(error.message).toBe('GET https://api.example.com/dev/notes answered 403 Forbidden, with an empty body');
    expect(error.body).toBeUndefined();
  });

  test('headers, request and response can be read', () => {
    expect(apigError().headers.get('x-amzn-remapped-authorization')).toBe(authorization);
    expect(apigError().request).toEqual({ headers: { authorization } });
    expect(apigError().response).toEqual({ headers: { authorization } });
  });

  test('the canonical request stays readable but for the token', () => {
    expect(apigError().message).toContain('x-amz-security-token:[hidden]\\n\\nhost;x-amz-date;x-amz-security-token');
  });

  test('an explanation stands on the error, without secrets', () => {
    const details = { method: 'GET', url: 'https://a.example', status: 403, headers: new Headers(), text: '' };
    const difference = `signed x-amz-security-token:${sessionToken}, seen none`;
    const error = new ApigError({
      ...details,
      explanation: { code: 'TokenMissing', cause: 'a', difference, advice: 'b' },
    });
    expect(error.explanation).toEqual({
      code: 'TokenMissing',
      cause: 'a',
      difference: 'signed x-amz-security-token:[hidden], seen none',
      advice: 'b',
    });
    expect(Object.keys(new ApigError(details))).not.toContain('explanation');
  });

  test.each(['x-amzn-requestid', 'x-amz-request-id', 'apigw-requestid'])('the request id is read from %s', (name) => {
    const headers = new Headers({ [name]: 'the-id' });
    expect(new ApigError({ method: 'GET', url: 'https://a.example', status: 500, headers, text: '' }).requestId).toBe(
      'the-id',
    );
  });
});

describe('RequestError', () => {
  const details = { method: 'GET', url: 'https://a.example/x' };

  test('an explanation stands on the error, without secrets', () => {
    const explanation = { code: 'CorsHidden', cause: 'a', difference: `at ${sessionToken}`, advice: 'b' };
    const error = new RequestError('NetworkError', 'no answer', { ...details, explanation, secrets });
    expect(error.explanation).toEqual({ ...explanation, difference: 'at [hidden]' });
  });

  test('without one, there is no such property', () => {
    const error = new RequestError('NetworkError', 'no answer', { ...details, explanation: undefined });
    expect(Object.keys(error)).not.toContain('explanation');
  });
});

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

test('redact leaves ordinary text alone', () => {
  const text = 'The basic idea: a bearer of news, Credential check, eyJustice. token=abc';
  expect(redact(text, ['a', undefined, 'xy'])).toBe(text);
});

test('LoginChallengeError names the challenge and the callback', () => {
  const error = new LoginChallengeError('SOFTWARE_TOKEN_MFA', 'totpCode');
  expect(error).toBeInstanceOf(AuthError);
  expect(error).toMatchObject({ code: 'ChallengeRequired', challenge: 'SOFTWARE_TOKEN_MFA', callback: 'totpCode' });
  expect(error.message).toMatch(/SOFTWARE_TOKEN_MFA.*totpCode/);
});
