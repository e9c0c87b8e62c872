/** Which refusals of `GetTokensFromRefreshToken` speak of the operation, so that `REFRESH_TOKEN_AUTH` is tried, and which of the token. */
import { createRefresh } from '../../../src/cognito/userPool/refreshTokens';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';

afterAll(closeAll);

const tokens = { IdToken: 'a.b.c', AccessToken: 'd.e.f' };
const refused = (type: string, status: number): Response => Response.json({ __type: type, message: 'No.' }, { status });

function refreshAt(endpoint: string, send: typeof fetch = fetch) {
  const ids = { region: 'us-east-1', userPoolId: 'us-east-1_Example', clientId: 'the-client' };
  const providerName = 'cognito-idp.us-east-1.amazonaws.com/us-east-1_Example';
  return createRefresh({ ...ids, providerName, endpoint }, { fetch: send, timeout: 20_000 });
}

/** A user pool, or what stands before it, that refuses the one operation as told and allows the other. */
async function pool(...refusal: Parameters<typeof refused>) {
  const asked: string[] = [];
  const server = await startServer((request) => {
    const operation = request.headers.get('x-amz-target')!.replace(/^.*\./, '');
    asked.push(operation);
    return operation === 'InitiateAuth' ? Response.json({ AuthenticationResult: tokens }) : refused(...refusal);
  });
  return { asked, refresh: refreshAt(server.url) };
}

// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html, "Errors"
test.each<[string, number]>([
  ['NotAuthorizedException', 400],
  ['RefreshTokenReuseException', 400],
  ['UserNotFoundException', 400],
  ['com.amazonaws.cognitoidentityprovider#UserNotFoundException', 400],
  ['UserNotConfirmedException', 400],
  ['PasswordResetRequiredException', 400],
  ['LimitExceededException', 400],
])('%s refuses the token: the other operation is not tried', async (type, status) => {
  const { asked, refresh } = await pool(type, status);
  expect(await rejection(refresh('refresh-token', null))).toMatchObject({
    name: type.replace(/^.*#/, ''),
    message: 'No.',
    status,
  });
  expect(asked).toEqual(['GetTokensFromRefreshToken']);
});

test.each<[string, number]>([
  ['ForbiddenException', 403],
  ['UnknownOperationException', 400],
  ['ResourceNotFoundException', 499],
  ['InvalidParameterException', 400],
  // Names of a gateway's own, which only hold a name of the user pool's.
  ['GatewayNotAuthorizedException', 401],
  ['NotAuthorizedExceptionOfGateway', 401],
  ['GatewayLimitExceeded', 400],
])('%s refuses the operation: the other is tried, and alone from then on', async (type, status) => {
  const { asked, refresh } = await pool(type, status);
  const expected = { idToken: 'a.b.c', accessToken: 'd.e.f', refreshToken: 'refresh-token' };
  expect(await refresh('refresh-token', null)).toEqual(expected);
  expect(await refresh('refresh-token', 'the-device')).toEqual(expected);
  expect(asked).toEqual(['GetTokensFromRefreshToken', 'InitiateAuth', 'InitiateAuth']);
});

test.each<[string, number]>([
  ['InternalErrorException', 500],
  ['SlowDown', 429],
])('%s with status %i speaks of neither: the same operation is tried again, and no other', async (type, status) => {
  const { asked, refresh } = await pool(type, status);
  expect(await rejection(refresh('refresh-token', null))).toMatchObject({ name: type, status });
  expect(new Set(asked)).toEqual(new Set(['GetTokensFromRefreshToken']));
});

test('where no answer comes, the other operation is not tried', async () => {
  let count = 0;
  const cut = new Error('the connection was cut');
  const send = () => {
    count++;
    return Promise.reject(cut);
  };
  expect(await rejection(refreshAt('http://127.0.0.1', send)('refresh-token', null))).toBe(cut);
  expect(count).toBe(1);
});

test('where neither operation is allowed, both are tried the next time too', async () => {
  const asked: string[] = [];
  const server = await startServer((request) => {
    asked.push(request.headers.get('x-amz-target')!.replace(/^.*\./, ''));
    return refused('ForbiddenException', 403);
  });
  const refresh = refreshAt(server.url);
  for (let time = 0; time < 2; time++) {
    expect(await rejection(refresh('refresh-token', null))).toMatchObject({ name: 'ForbiddenException' });
  }
  const both = ['GetTokensFromRefreshToken', 'InitiateAuth'];
  expect(asked).toEqual([...both, ...both]);
});
