/** Calling any operation of the user pool: which names and inputs it takes, what it adds, and what its errors say. */
import { createApig } from '../../../src/apig/index';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';

afterAll(closeAll);

/** An instance, and the server that stands for its user pool and answers as told. */
async function at(answer: () => Response = () => Response.json({})) {
  const server = await startServer(answer);
  const apig = createApig({
    apiGateway: { REGION: 'us-east-1', URL: 'http://127.0.0.1' },
    cognito: {
      REGION: 'us-east-1',
      USER_POOL_ID: 'us-east-1_Example12',
      APP_CLIENT_ID: '1h57kf5cpq17m0eml12example',
      IDENTITY_POOL_ID: 'us-east-1:11111111-2222-3333-4444-555555555555',
      USER_POOL_ENDPOINT: server.url,
    },
  });
  const inputs = () => server.seen.map(({ body }) => JSON.parse(Buffer.from(body).toString()) as object);
  return { apig, server, inputs };
}
const before = { asUser: false };
const ClientId = '1h57kf5cpq17m0eml12example';

test.each(['', 'A', 'getUser', '1GetUser', 'GetUser!', 'Get User', 'GetUser.', ' GetUser', `A${'a'.repeat(64)}`])(
  'an operation named %j is refused before anything is sent',
  async (operation) => {
    const { apig, server } = await at();
    expect(await rejection(apig.callUserPool(operation, {}, before))).toMatchObject({
      code: 'InvalidInput',
      message: expect.stringMatching(/^operation: expected a name such as GetUser, got /) as string,
    });
    expect(server.seen).toEqual([]);
  },
);

test('its errors say which operation it was, unless the app says what it does', async () => {
  const { apig } = await at(() => Response.json({ __type: 'InternalErrorException', message: 'No.' }, { status: 400 }));
  const failed = (doing?: string) => rejection(apig.callUserPool('RevokeToken', {}, { asUser: false, doing }));
  const says = (text: RegExp) => ({ message: expect.stringMatching(text) as string });
  expect(await failed()).toMatchObject(says(/^Calling RevokeToken failed: the user pool at http:/));
  expect(await failed('Ending it')).toMatchObject(says(/^Ending it failed: the user pool at http:/));
});

test('the input is sent as it is, null, numbers and what stands in it twice included', async () => {
  const { apig, inputs } = await at();
  const shared = { Name: 'name', Value: 'A' };
  const input = { Token: null, MaxResults: 5, First: shared, Others: [shared, shared] };
  await apig.callUserPool('RevokeToken', input, before);
  expect(inputs()).toEqual([{ ClientId, ...input }]);
});

test('an input that holds itself, which no JSON can tell, is refused as such', async () => {
  const { apig, server } = await at();
  const input: Record<string, unknown> = { Token: 'a-token' };
  input.Self = [input];
  expect(await rejection(apig.callUserPool('RevokeToken', input, before))).toMatchObject({
    message: expect.stringContaining('circular') as string,
  });
  expect(server.seen).toEqual([]);
});

describe('AWS’s script for threat protection', () => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'AmazonCognitoAdvancedSecurityData'));

  test.each<[string, object | null | undefined, object, object]>([
    ['that is there', { getData: () => 'the-device' }, { Username: 'user' }, { EncodedData: 'the-device' }],
    ['is not asked where no user is named', { getData: () => 'the-device' }, { Token: 'a-token' }, {}],
    ['without its function', {}, { Username: 'user' }, {}],
    ['that is null', null, { Username: 'user' }, {}],
  ])('%s', async (_, script, input, fingerprint) => {
    Reflect.set(globalThis, 'AmazonCognitoAdvancedSecurityData', script);
    const { apig, inputs } = await at();
    await apig.callUserPool('ForgotPassword', input, before);
    const UserContextData = 'EncodedData' in fingerprint ? { UserContextData: fingerprint } : {};
    expect(inputs()).toEqual([{ ClientId, ...UserContextData, ...input }]);
  });
});
