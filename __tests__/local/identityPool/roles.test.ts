/** Roles that a token names, and identities that an app's own backend vouches for; asked for with AWS SDK v3. */
import {
  CognitoIdentityClient,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
  GetOpenIdTokenCommand,
  GetOpenIdTokenForDeveloperIdentityCommand,
} from '@aws-sdk/client-cognito-identity';
import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createApig as createApigWithAwsSdk } from '../../../src/apig/invokeApig';
import { createApig } from '../../../src/apig/index';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { rejection } from '../../support/signedFetchHarness';

const [username, password] = ['user@example.com', 'Passw0rd!'];
const arn = (name: string) => `arn:aws:iam::123456789012:role/service/${name}`;
const developerProvider = 'login.example.app';
const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
let aws: LocalAws;
let identities: CognitoIdentityClient;

beforeAll(async () => {
  aws = await startLocalAws({
    userPool: { users: [{ username, password }] },
    identityPool: { allowGuests: true, developerProvider },
    apiGateway: { handler: (_request, { userArn, identityId }) => Response.json({ userArn, identityId }) },
  });
  const { REGION: region, USER_POOL_ID: UserPoolId } = aws.config.cognito;
  const users = new CognitoIdentityProviderClient({ region, endpoint: aws.userPool.url, credentials });
  for (const [Precedence, GroupName] of ['Editors', 'Readers'].entries()) {
    await users.send(new CreateGroupCommand({ UserPoolId, GroupName, Precedence, RoleArn: arn(GroupName) }));
    await users.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username: username }));
  }
  identities = new CognitoIdentityClient({ region, endpoint: aws.identityPool.url, credentials });
});
afterAll(() => aws.stop());

const who = (apig: Pick<ReturnType<typeof createApig>, 'invokeApig'>) =>
  apig.invokeApig<{ userArn: string; identityId: string }>({ path: '/' });

const IdentityPoolId = () => aws.identityPool.identityPoolId;

/** What a backend gets for one of its users. */
async function developerIdentity(user: string) {
  const Logins = { [developerProvider]: user };
  const command = new GetOpenIdTokenForDeveloperIdentityCommand({ IdentityPoolId: IdentityPoolId(), Logins });
  const { IdentityId, Token } = await identities.send(command);
  return { identityId: IdentityId!, token: Token! };
}

test('the ID token names the roles of the groups, and the one that goes first', async () => {
  const apig = createApig(aws.config);
  await apig.login(username, password);
  expect(apig.getSession()!.claims).toMatchObject({
    'cognito:groups': ['Editors', 'Readers'],
    'cognito:roles': [arn('Editors'), arn('Readers')],
    'cognito:preferred_role': arn('Editors'),
  });
});

describe.each([
  ['sigv4-client/apig', createApig],
  ['sigv4-client/invoke-apig', createApigWithAwsSdk as unknown as typeof createApig],
])('%s', (_entry, create) => {
  test('a role of the token is taken on where it is asked for, otherwise that of all users', async () => {
    const [plain, reader] = [create(aws.config), create(aws.config, { role: arn('Readers') })];
    for (const apig of [plain, reader]) await apig.login(username, password);
    expect((await who(plain)).userArn).toContain(':assumed-role/Cognito_localAuth_Role/');
    expect((await who(reader)).userArn).toContain(':assumed-role/Readers/');
    expect((await who(reader)).identityId).toBe((await who(plain)).identityId);
  });

  test('another role is refused', async () => {
    const apig = create(aws.config, { role: arn('Administrators') });
    await apig.login(username, password);
    const error = await rejection(apig.getAwsCredentials());
    expect(error).toMatchObject({ code: 'IdentityPoolRefused' });
    expect((error as Error).message).toContain('role/service/Administrators');
  });

  test('a guest asks for none', async () => {
    const apig = create(aws.config, { role: arn('Readers'), guests: true });
    expect((await who(apig)).userArn).toContain(':assumed-role/Cognito_localUnauth_Role/');
  });

  test('an identity that the app’s backend vouches for is its user’s, each time the same', async () => {
    const { IDENTITY_POOL_ID, IDENTITY_POOL_ENDPOINT } = aws.config.cognito;
    const config = { cognito: { IDENTITY_POOL_ID, IDENTITY_POOL_ENDPOINT }, apiGateway: aws.config.apiGateway };
    const [first, second] = await Promise.all(['first', 'second'].map(developerIdentity));
    let current = first!;
    let asked = 0;
    const apig = create(config, { developerIdentity: () => (asked++, current) });
    expect(await who(apig)).toEqual({
      identityId: first!.identityId,
      userArn: expect.stringContaining('localAuth_Role') as string,
    });
    await who(apig);
    expect(asked).toBe(1);
    await apig.logout();
    current = second!;
    expect((await who(apig)).identityId).toBe(second!.identityId);
    expect(second!.identityId).not.toBe(first!.identityId);
    expect((await developerIdentity('first')).identityId).toBe(first!.identityId);
  });

  test('what a backend gives wrongly is named, and a foreign token refused', async () => {
    const [first, second] = await Promise.all(['first', 'second'].map(developerIdentity));
    for (const [given, came] of [
      [undefined, 'undefined'],
      [first!.token, `a string of ${first!.token.length} characters`],
      [{ identityId: first!.identityId }, 'Object'],
    ] as const) {
      const error = await rejection(
        create(aws.config, { developerIdentity: () => given as never }).getAwsCredentials(),
      );
      expect(error).toMatchObject({ code: 'InvalidInput' });
      expect((error as Error).message).toContain(`developerIdentity: expected it to give`);
      expect((error as Error).message).toContain(`, got ${came}`);
    }
    const mixed = { identityId: first!.identityId, token: second!.token };
    const error = await rejection(create(aws.config, { developerIdentity: () => mixed }).getAwsCredentials());
    expect(error).toMatchObject({ code: 'IdentityPoolRefused' });
  });
});

test('options that cannot be used are refused', () => {
  for (const role of ['Readers', 'arn:aws:iam::1:role/x', 5]) {
    expect(() => createApig(aws.config, { role: role as string })).toThrow(
      /^role: expected the ARN of a role, such as/,
    );
  }
  const credentialsGiven = { role: arn('Readers'), credentials: () => credentials };
  expect(() => createApig(aws.config, credentialsGiven)).toThrow('role: expected none together with credentials');
  const developer = { developerIdentity: {} as never };
  expect(() => createApig(aws.config, developer)).toThrow(/^developerIdentity: expected a function that gets/);
});

describe('the pool itself', () => {
  test('gives a guest’s own token no user’s rights', async () => {
    const { IdentityId } = await identities.send(new GetIdCommand({ IdentityPoolId: IdentityPoolId() }));
    const { Token } = await identities.send(new GetOpenIdTokenCommand({ IdentityId }));
    const Logins = { 'cognito-identity.amazonaws.com': Token! };
    const error = await rejection(identities.send(new GetCredentialsForIdentityCommand({ IdentityId, Logins })));
    expect(error).toMatchObject({ name: 'NotAuthorizedException' });
  });

  test('answers no page that wants a token for a user', async () => {
    const call = (headers: Record<string, string>) =>
      fetch(aws.identityPool.url, {
        method: 'POST',
        headers: {
          'x-amz-target': 'AWSCognitoIdentityService.GetOpenIdTokenForDeveloperIdentity',
          'x-amz-date': '20260101T000000Z',
          authorization:
            'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/cognito-identity/aws4_request, SignedHeaders=host, Signature=0',
          ...headers,
        },
        body: JSON.stringify({ IdentityPoolId: IdentityPoolId(), Logins: { [developerProvider]: 'first' } }),
      });
    expect((await call({})).status).toBe(200);
    for (const headers of [{ origin: 'https://example.com' }, { authorization: '' }]) {
      const answer = await call(headers);
      expect(answer.status).toBe(400);
      expect(await answer.json()).not.toHaveProperty('Token');
    }
  });

  test.each([
    [{ 'login.example.com': 'first' }, 'NotAuthorizedException'],
    [{}, 'NotAuthorizedException'],
  ])('vouches for nobody whom the backend does not name: %j', async (Logins, name) => {
    const command = new GetOpenIdTokenForDeveloperIdentityCommand({ IdentityPoolId: IdentityPoolId(), Logins });
    expect(await rejection(identities.send(command))).toMatchObject({ name });
  });
});
