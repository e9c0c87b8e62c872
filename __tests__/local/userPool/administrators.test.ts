import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { adminCall, call, refused } from '../../support/userPoolHarness';

const PASSWORD = 'Passw0rd!';
const MISSING = 'MissingAuthenticationTokenException: Missing Authentication Token';

let pool: LocalUserPool;
beforeAll(async () => {
  pool = await startUserPool({ users: [{ username: 'user@example.com', password: PASSWORD }] });
});
afterAll(() => pool.stop());

const input = (): object => ({ UserPoolId: pool.userPoolId, Username: 'user@example.com' });

/** Whether AWS's own client signs an operation: its model says which ones AWS wants IAM credentials for. */
async function isSigned(operation: string): Promise<boolean> {
  let authorization: string | undefined;
  const client = new sdk.CognitoIdentityProviderClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'unused' },
    maxAttempts: 1,
    requestHandler: {
      handle: ({ headers }: { headers: Record<string, string> }) => {
        authorization = headers.authorization ?? '';
        return Promise.reject(new Error('not sent'));
      },
    },
  });
  const commands = sdk as unknown as Record<string, new (given: object) => sdk.GetUserCommand>;
  const command = new commands[`${operation}Command`]!({
    AccessToken: 'x',
    UserPoolId: pool.userPoolId,
    ClientId: 'x',
  });
  await client.send(command).catch(() => undefined);
  if (authorization === undefined) throw new Error(`${operation} came to nothing`);
  return authorization !== '';
}

/** The operations that the pool answers; it names them when it does not know one. */
async function operations(): Promise<string[]> {
  const { body } = await call(pool, 'Nonsense', {});
  return body
    .message!.replace(/^.* and one of /, '')
    .replace(/\.$/, '')
    .split(', ');
}

it('wants a signature for what AWS wants IAM credentials for, and for nothing else', async () => {
  const all = await operations();
  expect(all).toEqual(expect.arrayContaining(['AdminGetUser', 'ListUsers', 'CreateGroup', 'SignUp', 'GetUser']));
  const signed = await Promise.all(all.map(isSigned));
  const answers = await Promise.all(all.map((operation) => refused(call(pool, operation, input()))));
  const unsignedAnswers = all.map((operation, i) => [operation, answers[i] === MISSING]);
  expect(unsignedAnswers).toEqual(all.map((operation, i) => [operation, signed[i]]));
});

it.each([
  ['another origin', { origin: 'http://localhost:5173' }],
  ['an opaque origin', { origin: 'null' }],
  ['its own origin, as after DNS rebinding', { origin: 'self' }],
  ['another site, without an origin', { 'sec-fetch-site': 'cross-site' }],
  ['another port, without an origin', { 'sec-fetch-site': 'same-site' }],
])('refuses them all to a page of %s, signed or not', async (_, given: Record<string, string>) => {
  const headers = given.origin === 'self' ? { origin: pool.url } : given;
  const all = await operations();
  for (const operation of all.filter((name) =>
    /^(Admin|List(?!WebAuthn)|Create|Describe|Delete.*Pool|Update.*Pool)/.test(name),
  )) {
    for (const send of [call, adminCall]) {
      expect([operation, await refused(send(pool, operation, input(), headers))]).toEqual([
        operation,
        expect.stringMatching(/^AccessDeniedException: A web page may not call/),
      ]);
    }
  }
});

it('lets a page call what is for apps', async () => {
  const login = { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'user@example.com', PASSWORD } };
  const headers = { origin: 'http://localhost:5173', 'sec-fetch-site': 'cross-site' };
  const answer = await call(pool, 'InitiateAuth', { ...login, ClientId: pool.clientId }, headers);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
});

it.each(['none', 'same-origin'])('takes a signed request that says Sec-Fetch-Site: %s', async (site) => {
  expect(await refused(adminCall(pool, 'AdminGetUser', input(), { 'sec-fetch-site': site }))).toBe('success');
});

it("allows no header of a signature in a preflight, and all that apps' clients send", async () => {
  const plain = 'cache-control,content-type,x-amz-target,x-amz-user-agent,amz-sdk-request';
  const response = await fetch(pool.url, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://localhost:5173',
      'access-control-request-method': 'POST',
      'access-control-request-headers': `Authorization, ${plain},x-amz-date,X-Amz-Security-Token,x-amz-content-sha256`,
    },
  });
  expect(response.headers.get('access-control-allow-headers')).toBe(plain);
});

it.each([
  ['none', undefined, MISSING],
  ['another scheme', 'Bearer token', MISSING],
  ['no parameters', 'AWS4-HMAC-SHA256', /^IncompleteSignatureException: .*'Credential'.*'SignedHeaders'.*'Signature'/],
  [
    'an empty signature',
    'AWS4-HMAC-SHA256 Credential=K/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=',
    /^IncompleteSignatureException: Authorization header requires 'Signature' parameter\./,
  ],
  [
    'the scope of another service',
    'AWS4-HMAC-SHA256 Credential=K/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00',
    "InvalidSignatureException: Credential should be scoped to correct service: 'cognito-idp'.",
  ],
  [
    'no scope',
    'AWS4-HMAC-SHA256 Credential=K, SignedHeaders=host, Signature=00',
    "InvalidSignatureException: Credential should be scoped to correct service: 'cognito-idp'.",
  ],
])('refuses %s for a signature', async (_, authorization, expected) => {
  const headers = { 'x-amz-date': '20260101T000000Z', ...(authorization === undefined ? {} : { authorization }) };
  const answer = await refused(call(pool, 'ListUsers', input(), headers));
  expect(answer).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
});

it('wants the date of a signature', async () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=K/20260101/us-east-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=00';
  expect(await refused(call(pool, 'ListUsers', input(), { authorization }))).toMatch(
    /^IncompleteSignatureException: .*'X-Amz-Date'/,
  );
});
