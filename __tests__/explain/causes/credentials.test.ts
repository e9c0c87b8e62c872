/** Explained by damage: keys and tokens. */
import { presign, read, sign } from '../../support/awsTexts';
import { dropHeader, setHeader } from '../../support/damagingProxy';
import { explained, isExplained, issue } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';

const others = issue();

it.each<Row>([
  [
    'no token',
    {
      code: 'TokenMissing',
      cause:
        'The access key id begins with ASIA: it belongs to temporary credentials, which only count together with their session token, and the request has none.',
      difference: 'the header x-amz-security-token: missing in what was signed',
      advice:
        'Pass the session token together with the two keys, as sessionToken (AWS.config.credentials calls it sessionToken too, GetCredentialsForIdentity SessionToken, and the environment AWS_SESSION_TOKEN).',
    },
    { config: { sessionToken: undefined } },
  ],
  [
    'the token of other credentials',
    {
      code: 'TokenInvalid',
      cause:
        'The gateway does not take the session token together with this access key id. It does not say which of the two is wrong.',
      difference:
        'the header x-amz-security-token or the access key id: not of the same credentials, unknown to this gateway, or changed or dropped on the way',
      advice:
        'Take access key id, secret access key and session token from the same credentials, at the same moment, and of the account and partition that the gateway is in. If they are, look whether a proxy or CDN drops or cuts x-amz-security-token (it is often longer than 1,000 characters). Credentials of a local AWS do not work on AWS, nor the other way round.',
    },
    { config: { sessionToken: others.sessionToken } },
  ],
  [
    'token dropped on the way',
    {
      code: 'TokenInvalid',
      difference:
        'the header x-amz-security-token or the access key id: not of the same credentials, unknown to this gateway, or changed or dropped on the way',
    },
    { damage: dropHeader('x-amz-security-token') },
  ],
  [
    'token cut on the way',
    {
      code: 'TokenInvalid',
      difference:
        'the header x-amz-security-token or the access key id: not of the same credentials, unknown to this gateway, or changed or dropped on the way',
    },
    { damage: setHeader('x-amz-security-token', (token) => token.slice(0, 512)) },
  ],
  [
    'unknown long-term key',
    {
      code: 'UnknownAccessKey',
      cause:
        'The gateway does not know the access key id: it is mistyped, deleted or inactive, or belongs to another partition (China, GovCloud) or to a local AWS.',
      difference: 'the access key id: unknown to the gateway',
      advice:
        'Check the key in IAM (Security credentials). If it is of temporary credentials, pass their sessionToken as well.',
    },
    { config: { accessKey: 'AKIAIOSFODNN7EXAMPLE', sessionToken: undefined } },
  ],
  [
    'long-term key with a token',
    {
      code: 'TokenInvalid',
      cause:
        'The access key id begins with AKIA: a long-term key, which has no session token. Yet one was sent, from other credentials.',
      difference: 'the header x-amz-security-token: sent, but it does not belong to the access key id',
      advice:
        'Take access key id, secret access key and session token from the same credentials; with a long-term key leave sessionToken away.',
    },
    { config: { accessKey: 'AKIAIOSFODNN7EXAMPLE' } },
  ],
])('%s', isExplained);

it('expired credentials', async () => {
  const { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken } = issue(3601);
  expect(await explained({ config: { accessKey, secretKey, sessionToken } })).toEqual({
    code: 'TokenExpired',
    cause: 'The temporary credentials that the request was signed with have expired.',
    difference: 'the credentials: their session token is past its expiration',
    advice:
      'Get new credentials and sign again; better, get them anew a few minutes before their expiration: createSignedFetch, signAxios and createApig take a function as credentials, in place of fixed keys, which can.',
  });
});

it.each<[string, string, object]>([
  [
    'expired',
    'The security token included in the request is expired',
    {
      code: 'TokenExpired',
      cause: 'The temporary credentials that the request was signed with have expired.',
      difference: 'the credentials: their session token is past its expiration',
      advice:
        'Make a new URL with fresh credentials: a presigned URL ends with the credentials it was made with, whatever its expiresIn.',
    },
  ],
  [
    'invalid',
    'The security token included in the request is invalid.',
    {
      code: 'TokenInvalid',
      cause:
        'The gateway does not take the session token together with this access key id. It does not say which of the two is wrong.',
      difference:
        'the query parameter X-Amz-Security-Token or the access key id: not of the same credentials, unknown to this gateway, or changed or dropped on the way',
      advice:
        'Take access key id, secret access key and session token from the same credentials, at the same moment, and of the account and partition that the gateway is in. If they are, look whether a proxy or CDN drops or cuts x-amz-security-token (it is often longer than 1,000 characters). Credentials of a local AWS do not work on AWS, nor the other way round.',
    },
  ],
  [
    'unknown, in the words of S3',
    'The AWS Access Key Id you provided does not exist in our records.',
    {
      code: 'TokenInvalid',
      difference:
        'the query parameter X-Amz-Security-Token or the access key id: not of the same credentials, unknown to this gateway, or changed or dropped on the way',
    },
  ],
])('of a presigned URL: %s', (_, message, expected) => {
  expect(read({ message }, { url: presign() })).toMatchObject(expected);
});

it.each([
  ['ExpiredTokenException', 'TokenExpired'],
  ['ExpiredToken', 'TokenExpired'],
  ['UnrecognizedClientException', 'TokenInvalid'],
  ['InvalidClientTokenId', 'TokenInvalid'],
  ['InvalidAccessKeyId', 'TokenInvalid'],
  ['InvalidToken', 'TokenInvalid'],
  ['NotInvalidToken', undefined],
  ['InvalidTokenType', undefined],
])('where its text was replaced it is known by its type: %s', (type, code) => {
  expect(read({ error: 'No entry.' }, sign(), { headers: { 'x-amzn-errortype': type } })?.code).toBe(code);
});
