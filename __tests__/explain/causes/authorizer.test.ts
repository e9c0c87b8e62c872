/** AWS's texts: an authorizer of the API refused. */
import { read, sign } from '../../support/awsTexts';

const ofType = (type: string) => ({ headers: { 'x-amzn-errortype': type } });

it.each<[message: string, expected: object]>([
  [
    'User is not authorized to access this resource',
    {
      code: 'AuthorizerRefused',
      cause:
        'A Lambda authorizer of the API refused the call: the policy that it returned does not allow it. IAM and the signature had no part in it.',
      advice:
        "If the method should have IAM authorization, set its authorization to AWS_IAM and deploy the API. If not, look into the authorizer's log: it wants its own token, and the policy that it returns is cached, so it has to cover all methods and paths (…/*).",
    },
  ],
  [
    'User is not authorized to access this resource with an explicit deny',
    {
      code: 'AuthorizerRefused',
      cause:
        'A Lambda authorizer of the API refused the call: the policy that it returned denies it. IAM and the signature had no part in it.',
      advice:
        "If the method should have IAM authorization, set its authorization to AWS_IAM and deploy the API. If not, look into the authorizer's log: it wants its own token, and the policy that it returns is cached, so it has to cover all methods and paths (…/*).",
    },
  ],
])('%s', (message, expected) => {
  expect(read({ message })).toEqual(expected);
  expect(read({ Message: message }, sign(), ofType('AccessDeniedException'))).toEqual(expected);
});

it('401 without a type, which an app may answer as well', () => {
  expect(read({ message: 'Unauthorized' }, sign(), { status: 401 })).toEqual({
    code: 'WrongAuthorizer',
    cause:
      'The method is most likely not protected by IAM: this looks like the answer of a Cognito user pool, JWT or Lambda authorizer, which wants a token in the Authorization header, not a signature.',
    advice:
      'Set the authorization of the method to AWS_IAM and deploy the API; or send the token that its authorizer wants, without signing.',
  });
});

it('401 with a type', () => {
  const typed = { status: 401, ...ofType('UnauthorizedException') };
  expect(read({ message: 'Unauthorized' }, sign(), typed)).toEqual({
    code: 'WrongAuthorizer',
    cause:
      'The method is not protected by IAM: this is the answer of a Cognito user pool, JWT or Lambda authorizer, which wants a token in the Authorization header, not a signature.',
    advice:
      'Set the authorization of the method to AWS_IAM and deploy the API; or send the token that its authorizer wants, without signing.',
  });
  expect(read({ error: 'No entry.' }, sign(), typed)).toEqual({
    code: 'WrongAuthorizer',
    cause:
      'The method is not protected by IAM: this is the answer of a Cognito user pool, JWT or Lambda authorizer, which wants a token in the Authorization header, not a signature.',
    advice:
      'Set the authorization of the method to AWS_IAM and deploy the API; or send the token that its authorizer wants, without signing.',
  });
});

it('is not read out of other answers', () => {
  expect(read({ message: 'Unauthorized' }, sign(), { status: 403 })).toBeUndefined();
  expect(
    read({ message: 'Unauthorized' }, sign(), { status: 403, ...ofType('UnauthorizedException') }),
  ).toBeUndefined();
  expect(read({ message: 'Unauthorized', code: 7 }, sign(), { status: 401 })).toBeUndefined();
  expect(read({ message: 'Unauthorized!' }, sign(), { status: 401 })).toBeUndefined();
});
