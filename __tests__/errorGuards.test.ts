import * as guards from '../src/errorGuards';
import * as errors from '../src/errors';

/** Another copy of the library, as an app has one that loads it as an ES module and as CommonJS. */
function otherCopy(): typeof errors {
  let copy: typeof errors | undefined;
  jest.isolateModules(() => {
    copy = jest.requireActual<typeof errors>('../src/errors');
  });
  return copy!;
}

function oneOfEach({ ApigError, AuthError, LoginChallengeError, RequestError, SigV4Error }: typeof errors): Error[] {
  const answer = { method: 'GET', url: 'https://example.com/', status: 404, headers: new Headers(), text: '' };
  return [
    new ApigError(answer),
    new AuthError('NotLoggedIn', 'Log in.'),
    new LoginChallengeError('SMS_MFA', 'mfaCode'),
    new RequestError('Timeout', 'No answer.', { method: 'GET', url: 'https://example.com/' }),
    new SigV4Error('InvalidPath', 'path', 'a path', 7),
  ];
}

const TAKEN: [keyof typeof guards, string[]][] = [
  ['isSigV4ClientError', ['ApigError', 'AuthError', 'LoginChallengeError', 'RequestError', 'SigV4Error']],
  ['isSigV4Error', ['SigV4Error']],
  ['isApigError', ['ApigError']],
  ['isRequestError', ['RequestError']],
  ['isAuthError', ['AuthError', 'LoginChallengeError']],
  ['isLoginChallengeError', ['LoginChallengeError']],
];

test('each guard is tested', () => {
  expect(TAKEN.map(([name]) => name).sort()).toEqual(Object.keys(guards).sort());
});

describe.each(TAKEN)('%s', (guard, names) => {
  test.each([
    ['this copy', () => errors],
    ['another copy', otherCopy],
  ])('takes the errors of %s', (_, copy) => {
    const all = oneOfEach(copy());
    expect(all.filter((error) => guards[guard](error)).map(({ name }) => name)).toEqual(names);
  });

  test.each([
    ['undefined', undefined],
    ['null', null],
    ['a text', names[0]],
    ['an error of the same name', Object.assign(new Error('mine'), { name: names[0], code: 'NotLoggedIn' })],
  ])('does not take %s', (_, value) => {
    expect(guards[guard](value)).toBe(false);
  });
});

test('the classes of two copies are not the same, and the mark is not printed', () => {
  const [error] = oneOfEach(otherCopy());
  expect(error).not.toBeInstanceOf(errors.SigV4ClientError);
  expect(
    Object.getOwnPropertySymbols(error).filter((key) => Object.prototype.propertyIsEnumerable.call(error, key)),
  ).toEqual([]);
});
