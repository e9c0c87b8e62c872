/** What goes over the wire at a login, seen at a server between. */
import { createAccount } from '../../../src/cognito/index.js';
import { createApig } from '../../../src/apig/index';
import type { ApigOptions } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { mapStorage } from '../../support/mapStorage';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';

const [username, password] = ['user@example.com', 'Passw0rd! ✓'];
let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ userPool: { users: [{ username, password }] } });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));

/** What an operation was called with. */
interface Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An instance whose user pool stands behind a server that notes what it is asked, and may answer itself. */
async function watched(
  options: ApigOptions = {},
  answer: (call: Call) => object | undefined = () => undefined,
  change: (given: Record<string, unknown>) => object = (given) => given,
) {
  const calls: Call[] = [];
  const server = await startServer(async (request) => {
    const target = request.headers.get('x-amz-target')!;
    const body = await request.text();
    const call = { operation: target.split('.')[1]!, input: JSON.parse(body) as Call['input'] };
    calls.push(call);
    const own = answer(call);
    if (own) return Response.json(own);
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    const response = await fetch(aws.userPool.url, { method: 'POST', headers, body });
    return Response.json(change((await response.json()) as Record<string, unknown>), { status: response.status });
  });
  const cognito = { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url };
  return { calls, apig: createApig({ ...aws.config, cognito }, options) };
}

test('over SRP the password is in no request, nor is its hash of any kind that is sent twice', async () => {
  const { calls, apig } = await watched();
  await apig.login(username, password);
  await apig.login(username, password);
  expect(calls.map(({ operation }) => operation)).toEqual(
    Array(2).fill(['InitiateAuth', 'RespondToAuthChallenge']).flat(),
  );
  expect(JSON.stringify(calls)).not.toContain(password);
  const [first, proof, second, otherProof] = calls.map(({ input }) => input);
  expect(first).toMatchObject({ AuthFlow: 'USER_SRP_AUTH', AuthParameters: { USERNAME: username } });
  expect(first!.AuthParameters).not.toEqual(second!.AuthParameters);
  const signatureOf = (input: unknown) =>
    (input as { ChallengeResponses: Record<string, string> }).ChallengeResponses.PASSWORD_CLAIM_SIGNATURE;
  expect(signatureOf(proof)).toMatch(/^[\w+/]{43}=$/);
  expect(signatureOf(proof)).not.toBe(signatureOf(otherProof));
});

test('with USER_PASSWORD_AUTH it is sent, as pools with a migration trigger need it', async () => {
  const { calls, apig } = await watched({ authFlow: 'USER_PASSWORD_AUTH' });
  const user = await apig.login(username, password);
  expect(calls.map(({ operation }) => operation)).toEqual(['InitiateAuth']);
  const AuthParameters = { USERNAME: username, PASSWORD: password };
  expect(calls[0]!.input).toMatchObject({ AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
  expect(user.getUsername()).toBe(apig.getSession()!.claims['cognito:username']);
  expect(await apig.getUserToken()).toMatch(/^eyJ/);
  expect(await rejection(apig.login(username, 'Wrong-pass-7'))).toMatchObject({ code: 'WrongPassword' });
});

test('a flow that there is not is refused', () => {
  for (const authFlow of ['CUSTOM_AUTH', 'toString', 5]) {
    const act = () => createApig(aws.config, { authFlow: authFlow as never });
    expect(act).toThrow(/^authFlow: expected USER_SRP_AUTH or USER_PASSWORD_AUTH or USER_AUTH, got/);
  }
});

test('AWS’s script for threat protection, where a page has it, is told of with each step', async () => {
  const getData = jest.fn((...about: string[]) => `fingerprint of ${about.length}`);
  Reflect.set(globalThis, 'AmazonCognitoAdvancedSecurityData', { getData });
  try {
    const { calls, apig } = await watched();
    await apig.login(username, password);
    const UserContextData = { EncodedData: 'fingerprint of 3' };
    expect(calls.map(({ input }) => input.UserContextData)).toEqual([UserContextData, UserContextData]);
    const { userPoolId, clientId } = aws.userPool;
    expect(getData.mock.calls[0]).toEqual([username, userPoolId, clientId]);
    await createAccount(apig).forgotPassword(username);
    expect(calls.at(-1)).toMatchObject({ operation: 'ForgotPassword', input: { UserContextData } });
  } finally {
    Reflect.deleteProperty(globalThis, 'AmazonCognitoAdvancedSecurityData');
  }
});

test.each<[string, object]>([
  ['no salt', { SRP_B: 'ab', SECRET_BLOCK: 'AAAA', USER_ID_FOR_SRP: 'user' }],
  ['a salt that is no number', { SALT: 'x', SRP_B: 'ab', SECRET_BLOCK: 'AAAA', USER_ID_FOR_SRP: 'user' }],
  ['no public value', { SALT: 'ab', SECRET_BLOCK: 'AAAA', USER_ID_FOR_SRP: 'user' }],
  ['a public value of 0', { SALT: 'ab', SRP_B: '0', SECRET_BLOCK: 'AAAA', USER_ID_FOR_SRP: 'user' }],
  ['no secret block', { SALT: 'ab', SRP_B: 'ab', USER_ID_FOR_SRP: 'user' }],
])('a challenge with %s cannot be answered, and nothing is', async (_, ChallengeParameters) => {
  const { calls, apig } = await watched({}, () => ({ ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters }));
  expect(await rejection(apig.login(username, password))).toMatchObject({ code: 'UnexpectedResponse' });
  expect(calls).toHaveLength(1);
  expect(apig.getCurrentUser()).toBeNull();
});

test('a pool that remembers devices is told which one it is when tokens are renewed', async () => {
  const device = { DeviceKey: 'us-east-1_01234567-89ab-cdef-0123-456789abcdef', DeviceGroupKey: '-Example' };
  const { calls, apig } = await watched({ storage: mapStorage() }, undefined, (answer) => {
    const result = answer.AuthenticationResult as object | undefined;
    return result ? { ...answer, AuthenticationResult: { ...result, NewDeviceMetadata: device } } : answer;
  });
  await apig.login(username, password);
  await apig.getUserToken({ forceRefresh: true });
  expect(calls.at(-1)).toMatchObject({
    operation: 'GetTokensFromRefreshToken',
    input: { DeviceKey: device.DeviceKey },
  });
});

test.each([
  ['no tokens', {}],
  ['an ID token alone', { AuthenticationResult: { IdToken: 'a.b.c' } }],
])('an answer with %s logs nobody in', async (_, given) => {
  const isProof = ({ operation }: Call) => operation === 'RespondToAuthChallenge';
  const { apig } = await watched({}, (call) => (isProof(call) ? given : undefined));
  expect(await rejection(apig.login(username, password))).toMatchObject({ code: 'UnexpectedResponse' });
  expect(apig.getCurrentUser()).toBeNull();
});

test.each<[string, unknown, unknown, string]>([
  ['no name', undefined, password, 'username: expected a name or an alias, got undefined'],
  ['an empty name', '', password, 'username: expected a name or an alias, got none'],
  [
    'an object in place of both',
    { username, password },
    undefined,
    'username: expected a name or an alias, got Object',
  ],
  ['no password', username, undefined, 'password: expected text, got undefined'],
  ['an empty password', username, '', 'password: expected text, got none'],
])('%s is refused by name, and nobody is asked', async (_, name, secret, message) => {
  const { calls, apig } = await watched();
  const error = await rejection(apig.login(name as string, secret as string));
  expect(error).toMatchObject({ name: 'AuthError', code: 'InvalidInput', message });
  expect(calls).toEqual([]);
});

test.each<[string, (apig: ReturnType<typeof createApig>) => Promise<unknown>, string]>([
  [
    'signUp',
    (apig) => createAccount(apig).signUp(username, undefined as never),
    'password: expected text, got undefined',
  ],
  [
    'confirmSignUp',
    (apig) => createAccount(apig).confirmSignUp(username, 123456 as never),
    'code: expected the code, as text, got a number',
  ],
  [
    'forgotPassword',
    (apig) => createAccount(apig).forgotPassword(null as never),
    'username: expected the name of a user, got null',
  ],
  [
    'resetPassword',
    (apig) => createAccount(apig).resetPassword(username, '1', ''),
    'newPassword: expected text, got none',
  ],
  [
    'changePassword',
    (apig) => createAccount(apig).changePassword(password, undefined as never),
    'newPassword: expected text, got undefined',
  ],
])('%s', async (_, act, message) => {
  const { calls, apig } = await watched();
  expect(await rejection(act(apig))).toMatchObject({ name: 'AuthError', code: 'InvalidInput', message });
  expect(calls).toEqual([]);
});

test.each<[string, string, object, object]>([
  ['SELECT_MFA_TYPE', 'selectMfa', { MFAS_CAN_CHOOSE: 'no JSON' }, { choices: [] }],
  ['SELECT_MFA_TYPE', 'selectMfa', { MFAS_CAN_CHOOSE: '{}' }, { choices: [] }],
  ['SMS_MFA', 'mfaCode', { CODE_DELIVERY_DESTINATION: '+*******0123' }, { destination: '+*******0123' }],
  ['SMS_MFA', 'mfaCode', { CODE_DELIVERY_DESTINATION: 5 }, { destination: undefined }],
  ['SOFTWARE_TOKEN_MFA', 'totpCode', { CODE_DELIVERY_DESTINATION: 'x' }, { destination: undefined }],
  [
    'NEW_PASSWORD_REQUIRED',
    'newPassword',
    { requiredAttributes: 'null', userAttributes: '[]' },
    { requiredAttributes: [], userAttributes: {} },
  ],
  [
    'NEW_PASSWORD_REQUIRED',
    'newPassword',
    { requiredAttributes: '["userAttributes.name"]', userAttributes: '{"email":"user@example.com"}' },
    { requiredAttributes: ['name'], userAttributes: { email: 'user@example.com' } },
  ],
  ['WEB_AUTHN', 'passkey', {}, { options: {} }],
])('%s: what the callback %s gets of %j', async (ChallengeName, callback, ChallengeParameters, shown) => {
  const { apig } = await watched({ authFlow: 'USER_AUTH' }, () => ({ ChallengeName, ChallengeParameters }));
  const cancelled = new Error('cancelled');
  const asked = jest.fn((_: object) => Promise.reject(cancelled));
  expect(await rejection(apig.login(username, password, { [callback]: asked }))).toBe(cancelled);
  expect(asked).toHaveBeenCalledWith({ name: ChallengeName, ...shown });
});

test('where a pool offers no factor that is known, any choice is refused, since there is none', async () => {
  const ChallengeParameters = { MFAS_CAN_CHOOSE: '["NEWER_FACTOR"]' };
  const asking = () => ({ ChallengeName: 'SELECT_MFA_TYPE', ChallengeParameters });
  const { calls, apig } = await watched({ authFlow: 'USER_PASSWORD_AUTH' }, asking);
  expect(await rejection(apig.login(username, password, { selectMfa: () => 'SMS_MFA' }))).toMatchObject({
    code: 'InvalidInput',
    message: 'selectMfa: expected no call, got a string of 7 characters',
  });
  expect(calls).toHaveLength(1);
});
