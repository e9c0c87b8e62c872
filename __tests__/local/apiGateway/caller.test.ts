/** What a handler learns of who called, and what policies do, by real logins. */
import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { startLocalAws } from '../../../src/local';
import type { ApiCaller, LocalAwsOptions } from '../../../src/local';
import { call, credentialsOf, logIn, password, username } from '../../support/localAwsHarness';

jest.setTimeout(60_000);

/** What an administrator does. */
async function addToGroup({ url, userPoolId }: { url: string; userPoolId: string }, GroupName: string): Promise<void> {
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const client = new CognitoIdentityProviderClient({ region: 'us-east-1', endpoint: url, credentials });
  await client.send(new CreateGroupCommand({ UserPoolId: userPoolId, GroupName }));
  await client.send(new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, GroupName, Username: username }));
  client.destroy();
}

async function withAws<T>(
  apiGateway: NonNullable<LocalAwsOptions['apiGateway']>,
  run: (aws: Awaited<ReturnType<typeof startLocalAws>>) => Promise<T>,
): Promise<T> {
  const aws = await startLocalAws({
    userPool: { users: [{ username, password, attributes: { 'custom:team': 'blue' } }] },
    identityPool: { allowGuests: true, principalTags: { team: 'custom:team', none: 'custom:none' } },
    apiGateway,
  });
  try {
    return await run(aws);
  } finally {
    await aws.stop();
  }
}

test('a handler learns who called in full', async () => {
  let told: ApiCaller | undefined;
  const handler = (_: Request, caller: ApiCaller): Response => {
    told = caller;
    return new Response();
  };
  await withAws({ handler }, async (aws) => {
    const { userPoolId } = aws.userPool;
    await addToGroup(aws.userPool, 'editors');
    const token = (await logIn(aws.config)).getIdToken();
    const user = await credentialsOf(aws.config, token.getJwtToken());
    const response = await call(aws.config, user.keys, '/');
    expect(told).toEqual({
      identityId: user.identityId,
      identityPoolId: aws.identityPool.identityPoolId,
      accessKeyId: user.keys.accessKeyId,
      authenticated: true,
      username: token.payload['cognito:username'] as unknown,
      sub: (token.payload as { sub: string }).sub,
      provider: `cognito-idp.us-east-1.amazonaws.com/${userPoolId}`,
      userPoolId,
      groups: ['editors'],
      role: 'Cognito_localAuth_Role',
      userArn: 'arn:aws:sts::123456789012:assumed-role/Cognito_localAuth_Role/CognitoIdentityCredentials',
      requestId: response.headers.get('x-amzn-requestid'),
      amr: expect.arrayContaining(['authenticated']) as unknown,
    });
    const guest = await credentialsOf(aws.config);
    await call(aws.config, guest.keys, '/');
    expect(told).toMatchObject({ authenticated: false, role: 'Cognito_localUnauth_Role' });
    expect(Object.keys(told!)).not.toEqual(expect.arrayContaining(['sub']));
  });
});

test.each<[string, object, number, number]>([
  ['a tag from a claim', { StringEquals: { 'aws:PrincipalTag/team': 'blue' } }, 200, 403],
  ['a tag of another value', { StringEquals: { 'aws:PrincipalTag/team': 'red' } }, 403, 403],
  ['a claim that the token lacks', { Null: { 'aws:PrincipalTag/none': 'true' } }, 200, 200],
  ['users alone', { 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } }, 200, 403],
  ['the address', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, 200, 200],
])('%s decides for a user and a guest', async (_, Condition, ofUser, ofGuest) => {
  const policy = { Statement: { Effect: 'Allow' as const, Action: '*', Resource: '*', Condition } } as object;
  await withAws({ handler: () => new Response(), policy: policy as never }, async (aws) => {
    const user = await credentialsOf(aws.config, (await logIn(aws.config)).getIdToken().getJwtToken());
    const guest = await credentialsOf(aws.config);
    expect((await call(aws.config, user.keys, '/')).status).toBe(ofUser);
    expect((await call(aws.config, guest.keys, '/')).status).toBe(ofGuest);
  });
});

test.each<[string, object]>([
  ['identityPool.principalTags: expected claims by the names of tags, got Array', { principalTags: [] }],
  [`identityPool.principalTags['team']: expected the name of a claim, got 1`, { principalTags: { team: 1 } }],
])('refuses with: %s', async (message, identityPool) => {
  await expect(startLocalAws({ identityPool })).rejects.toThrow(message);
});
