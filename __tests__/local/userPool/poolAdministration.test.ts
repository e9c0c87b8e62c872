/** What an administrator does with the pool and its app clients, by AWS SDK v3's own client. */
import { createHmac } from 'node:crypto';
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { PASSWORD, client, here, named, now, pool } from '../../support/administratorHarness';
import { call, refusal, refused } from '../../support/userPoolHarness';

describe('the pool', () => {
  test('is listed, and says which factors it has', async () => {
    const { UserPools } = await client.send(new sdk.ListUserPoolsCommand({ MaxResults: 10 }));
    expect(UserPools).toMatchObject([{ Id: pool.userPoolId }]);
    const config = await client.send(new sdk.GetUserPoolMfaConfigCommand(here()));
    expect(config).toMatchObject({ MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } });
  });

  test('takes attributes of the app’s own', async () => {
    const CustomAttributes = [{ Name: 'team', Mutable: false }];
    await client.send(new sdk.AddCustomAttributesCommand({ ...here(), CustomAttributes }));
    const { UserPool } = await client.send(new sdk.DescribeUserPoolCommand(here()));
    expect(UserPool!.SchemaAttributes!.map(({ Name }) => Name)).toEqual(
      expect.arrayContaining(['sub', 'email', 'custom:plan', 'custom:team']),
    );
    const write = (Name: string) =>
      client.send(
        new sdk.AdminUpdateUserAttributesCommand({
          ...named('first@example.com'),
          UserAttributes: [{ Name, Value: 'x' }],
        }),
      );
    expect(await refusal(write('custom:plan'))).toBe('success');
    expect(await refusal(write('custom:team'))).toMatch(/^InvalidParameterException.*immutable/);
    expect(await refusal(write('custom:none'))).toMatch(/^InvalidParameterException.*does not exist/);
    for (const wrong of [[{ Name: 'plan' }], [{ Name: '' }], [{ Name: 'x'.repeat(40) }], []]) {
      const add = new sdk.AddCustomAttributesCommand({ ...here(), CustomAttributes: wrong });
      expect(await refusal(client.send(add))).toMatch(/^InvalidParameterException/);
    }
  });
});

/** https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash */
const secretHash = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('base64');

describe('app clients', () => {
  const create = async (input: Partial<sdk.CreateUserPoolClientCommandInput> = {}) => {
    const command = new sdk.CreateUserPoolClientCommand({ ...here(), ClientName: 'another', ...input });
    return (await client.send(command)).UserPoolClient!;
  };
  const login = (ClientId: string, parameters: Record<string, string> = {}) =>
    client.send(
      new sdk.InitiateAuthCommand({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId,
        AuthParameters: { USERNAME: 'first@example.com', PASSWORD, ...parameters },
      }),
    );

  test('are made, shown, changed and deleted', async () => {
    const { ClientId = '' } = await create({ ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] });
    expect(ClientId).toMatch(/^[a-z0-9]{26}$/);
    expect(await refusal(login(ClientId))).toBe('success');
    const own = { ...here(), ClientId };
    await client.send(new sdk.UpdateUserPoolClientCommand({ ...own, ClientName: 'renamed', IdTokenValidity: 5 }));
    const { UserPoolClient } = await client.send(new sdk.DescribeUserPoolClientCommand(own));
    expect(UserPoolClient).toMatchObject({ ...own, ClientName: 'renamed', IdTokenValidity: 5, CreationDate: now });
    expect(UserPoolClient!.ExplicitAuthFlows).not.toContain('ALLOW_USER_PASSWORD_AUTH'); // back to the default
    expect(await refusal(login(ClientId))).toMatch(/^InvalidParameterException: USER_PASSWORD_AUTH flow not enabled/);
    const { UserPoolClients } = await client.send(new sdk.ListUserPoolClientsCommand(here()));
    expect(UserPoolClients!.map((one) => one.ClientId)).toEqual([pool.clientId, ClientId]);
    await client.send(new sdk.DeleteUserPoolClientCommand(own));
    expect(await refusal(login(ClientId))).toBe(
      `ResourceNotFoundException: User pool client ${ClientId} does not exist.`,
    );
  });

  test('with a secret want proof of it', async () => {
    const { ClientId = '', ClientSecret = '' } = await create({
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    const hashOf = (name: string) => secretHash(ClientSecret, name + ClientId);
    expect(await refusal(login(ClientId))).toBe(
      `NotAuthorizedException: Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
    );
    expect(await refusal(login(ClientId, { SECRET_HASH: hashOf('second@example.com') }))).toBe(
      `NotAuthorizedException: Unable to verify secret hash for client ${ClientId}`,
    );
    const { AuthenticationResult } = await login(ClientId, { SECRET_HASH: hashOf('first@example.com') });
    const { RefreshToken = '', AccessToken } = AuthenticationResult!;
    const { Username = '' } = await client.send(new sdk.GetUserCommand({ AccessToken }));
    const refresh = (SECRET_HASH: string) =>
      client.send(
        new sdk.InitiateAuthCommand({
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          ClientId,
          AuthParameters: { REFRESH_TOKEN: RefreshToken, SECRET_HASH },
        }),
      );
    expect(await refusal(refresh(hashOf(Username)))).toBe('success');
    expect(await refusal(refresh(hashOf('nobody')))).toMatch(/^NotAuthorizedException: Unable to verify/);
    const trade = (secret?: string) =>
      client.send(new sdk.GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken, ClientSecret: secret }));
    expect(await refusal(trade(ClientSecret))).toBe('success');
    expect(await refusal(trade())).toMatch(/^NotAuthorizedException/);
    const revoke = (secret?: string) =>
      client.send(new sdk.RevokeTokenCommand({ ClientId, Token: RefreshToken, ClientSecret: secret }));
    expect(await refusal(revoke('wrong'))).toMatch(/^NotAuthorizedException/);
    expect(await refusal(revoke(ClientSecret))).toBe('success');
    const signUp = (SecretHash?: string) =>
      client.send(new sdk.SignUpCommand({ ClientId, Username: 'new@example.com', Password: PASSWORD, SecretHash }));
    expect(await refusal(signUp())).toMatch(/^NotAuthorizedException: Client .* SECRET_HASH was not received/);
    expect(await refusal(signUp(hashOf('new@example.com')))).toBe('success');
  });

  test('with a secret want proof that is about the user whom the operation is about', async () => {
    const { ClientId = '', ClientSecret = '' } = await create({
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    });
    const hashOf = (name: string) => secretHash(ClientSecret, name + ClientId);
    const others = hashOf('second@example.com');
    const { AuthenticationResult } = await login(ClientId, { SECRET_HASH: hashOf('first@example.com') });
    const parameters = { USERNAME: 'first@example.com', PASSWORD, SECRET_HASH: others };
    const other = { USERNAME: 'second@example.com', SECRET_HASH: others };
    const refresh = { ...other, REFRESH_TOKEN: AuthenticationResult!.RefreshToken };
    const named = { ClientId, Username: 'first@example.com', SecretHash: others };
    const requests: [operation: string, input: object][] = [
      ['ForgotPassword', { ...named, AuthParameters: other }],
      ['ForgotPassword', { ...named, ChallengeResponses: other }],
      ['ForgotPassword', { ClientId, Username: 'first@example.com', AuthParameters: other }],
      [
        'InitiateAuth',
        { ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: parameters, ChallengeResponses: other },
      ],
      ['InitiateAuth', { ...named, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { ...parameters, SECRET_HASH: 1 } }],
      ['InitiateAuth', { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: refresh }],
    ];
    for (const [operation, input] of requests) {
      expect(await refused(call(pool, operation, input))).toMatch(/^NotAuthorizedException: (Unable to verify|Client)/);
    }
  });

  test.each<[string, Partial<sdk.CreateUserPoolClientCommandInput>]>([
    ['a flow that is none', { ExplicitAuthFlows: ['no flow' as never] }],
    [
      'rotation beside the old way to refresh',
      { ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], RefreshTokenRotation: { Feature: 'ENABLED' } },
    ],
    [
      'a longer grace period than a minute',
      { ExplicitAuthFlows: [], RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 61 } },
    ],
    ['rotation that is neither on nor off', { RefreshTokenRotation: { Feature: 'MAYBE' as never } }],
  ])('%s is refused', async (_, input) => {
    expect(await refusal(create(input))).toMatch(/^InvalidParameterException/);
  });
});
