import { inspect } from 'node:util';
import { ApigError, AuthError, LoginChallengeError, RequestError, SigV4ClientError } from '../src/errors';
import { authorization, idToken, password, secrets, sessionToken, talkative } from './support/talkativeError';

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
    const explanation = { code: 'CorsHidden' as const, cause: 'a', difference: `at ${sessionToken}`, advice: 'b' };
    const error = new RequestError('NetworkError', 'no answer', { ...details, explanation, secrets });
    expect(error.explanation).toEqual({ ...explanation, difference: 'at [hidden]' });
  });

  test('without one, there is no such property', () => {
    const error = new RequestError('NetworkError', 'no answer', { ...details, explanation: undefined });
    expect(Object.keys(error)).not.toContain('explanation');
  });
});

test('LoginChallengeError names the challenge and the callback', () => {
  const error = new LoginChallengeError('SOFTWARE_TOKEN_MFA', 'totpCode');
  expect(error).toBeInstanceOf(AuthError);
  expect(error).toMatchObject({ code: 'ChallengeRequired', challenge: 'SOFTWARE_TOKEN_MFA', callback: 'totpCode' });
  expect(error.message).toMatch(/SOFTWARE_TOKEN_MFA.*totpCode/);
});

test('neither the reason phrase nor the request id shows the session token', () => {
  const token = 'IQoJb3JpZ2luX2VjEXAMPLE//token+with/reserved==';
  const headers = new Headers({ 'x-amzn-requestid': token });
  const details = { method: 'GET', url: 'https://a.example/', status: 500, text: '', secrets: [token] };
  const error = new ApigError({ ...details, headers, statusText: token });
  expect(`${error.message} ${String(error.requestId)}`).not.toContain(token);
});
