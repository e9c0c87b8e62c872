/** What the operations on accounts send: the members that the API reference of Amazon Cognito names, and no others. */
import { createApig } from '../../../src/apig/index';
import { createAccount } from '../../../src/cognito/index.js';
import type { Account } from '../../../src/cognito/index.js';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { closeAll, startServer } from '../../support/signedFetchHarness';

const [username, password, next, code] = ['user@example.com', 'Passw0rd!', 'An0ther-secret', '918273'];
let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ userPool: { users: [{ username, password }] } });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));

// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html and those named there
test.each<[operation: string, run: (account: Account) => Promise<unknown>, input: object]>([
  [
    'SignUp',
    (account) => account.signUp('new@example.com', password, { email: 'new@example.com', name: 'A' }),
    {
      Username: 'new@example.com',
      Password: password,
      UserAttributes: [
        { Name: 'email', Value: 'new@example.com' },
        { Name: 'name', Value: 'A' },
      ],
    },
  ],
  [
    'SignUp',
    (account) => account.signUp('plain', password),
    { Username: 'plain', Password: password, UserAttributes: [] },
  ],
  [
    // With `true` the address would be taken away from another user's account.
    'ConfirmSignUp',
    (account) => account.confirmSignUp(username, code),
    { Username: username, ConfirmationCode: code, ForceAliasCreation: false },
  ],
  ['ResendConfirmationCode', (account) => account.resendConfirmationCode(username), { Username: username }],
  ['ForgotPassword', (account) => account.forgotPassword(username), { Username: username }],
  [
    'ConfirmForgotPassword',
    (account) => account.resetPassword(username, code, next),
    { Username: username, ConfirmationCode: code, Password: next },
  ],
])('%s', async (operation, run, input) => {
  const server = await startServer(() => Response.json({}));
  const cognito = { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url };
  await run(createAccount(createApig({ ...aws.config, cognito })));
  expect(server.seen.map(({ headers }) => headers.get('x-amz-target'))).toEqual([
    `AWSCognitoIdentityProviderService.${operation}`,
  ]);
  expect(JSON.parse(Buffer.from(server.seen[0]!.body).toString())).toEqual({
    ClientId: aws.userPool.clientId,
    ...input,
  });
});

// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html
test('ChangePassword is sent once, with the user’s access token, and not again where the pool refuses it', async () => {
  const sent: [operation: string, input: unknown][] = [];
  const apig = createApig(aws.config, {
    authFlow: 'USER_PASSWORD_AUTH',
    fetch(input, init) {
      const operation = new Headers(init?.headers).get('x-amz-target')!.replace(/^.*\./, '');
      sent.push([operation, JSON.parse(init?.body as string)]);
      return fetch(input, init);
    },
  });
  await apig.login(username, password);
  sent.length = 0;
  await expect(createAccount(apig).changePassword('Wrong-pass-7', next)).rejects.toMatchObject({
    code: 'WrongPassword',
  });
  const AccessToken = expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/) as string;
  expect(sent).toEqual([['ChangePassword', { PreviousPassword: 'Wrong-pass-7', ProposedPassword: next, AccessToken }]]);
});

test.each<[unknown, boolean]>([
  [true, true],
  [false, false],
  ['true', false],
  [undefined, false],
])('UserConfirmed: %j in the answer to a sign-up', async (UserConfirmed, userConfirmed) => {
  const UserSub = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
  const server = await startServer(() => Response.json({ UserSub, UserConfirmed }));
  const cognito = { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url };
  expect(await createAccount(createApig({ ...aws.config, cognito })).signUp('new@example.com', password)).toEqual({
    userSub: UserSub,
    userConfirmed,
    codeDelivery: { destination: undefined, medium: undefined },
  });
});
