/** What to do about a failure of the user pool stands in its error; by both entries, from the pool's own refusals. */
import { CreateUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import { createApig as createApigAlone } from '../../../src/apig/index';
import { createApig as createApigWithLibrary } from '../../../src/apig/invokeApig';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { sdkClientOf } from '../../support/sdkClient';
import { rejection } from '../../support/signedFetchHarness';

const [username, password] = ['user@example.com', 'Passw0rd!'];
let aws: LocalAws;
beforeAll(async () => {
  const temporary = { username: 'temporary@example.com', password, mustChangePassword: true };
  aws = await startLocalAws({ userPool: { users: [{ username, password }, temporary] } });
});
afterAll(() => aws.stop());

describe.each([
  ['sigv4-client/apig', createApigAlone],
  ['sigv4-client/invoke-apig', createApigWithLibrary as typeof createApigAlone],
])('%s', (_, createApig) => {
  const withChanged = (changes: Partial<LocalAws['config']['cognito']>) =>
    createApig({ ...aws.config, cognito: { ...aws.config.cognito, ...changes } });

  test('an app client with a secret: a browser must have none, and how to get a client without', async () => {
    const client = sdkClientOf(aws.userPool);
    const input = { UserPoolId: aws.userPool.userPoolId, ClientName: 'server', GenerateSecret: true };
    const { UserPoolClient } = await client.send(new CreateUserPoolClientCommand(input));
    client.destroy();
    const error = await rejection(withChanged({ APP_CLIENT_ID: UserPoolClient!.ClientId! }).login(username, password));
    expect(error).toMatchObject({
      code: 'InvalidConfig',
      message: expect.stringMatching(
        /secret, which no app on a device can keep.*create another app client without/,
      ) as string,
    });
    expect(String(error)).not.toContain(UserPoolClient!.ClientSecret);
  });

  test('a right password for the id of another pool: the id may be wrong as well', async () => {
    const elsewhere = withChanged({ USER_POOL_ID: 'us-east-1_An0therOne' });
    expect(await rejection(elsewhere.login(username, password))).toMatchObject({
      code: 'WrongPassword',
      message: expect.stringMatching(/both are right.*cognito\.USER_POOL_ID is the pool of this app client/) as string,
    });
  });

  test.each([
    ['email', 'user@example.com'],
    ['email_verified', 'true'],
  ])(
    'a new password with %s beside it, which may not be sent: it is named, and to be left out',
    async (name, value) => {
      const newPassword = () => ({ newPassword: 'Another-1-pass', attributes: { [name]: value } });
      const apig = createApig(aws.config);
      expect(await rejection(apig.login('temporary@example.com', password, { newPassword }))).toMatchObject({
        code: 'InvalidInput',
        message: expect.stringMatching(new RegExp(`Cannot modify .* ${name}\\. Leave that attribute out\\.`)) as string,
      });
      expect(apig.getCurrentUser()).toBeNull();
    },
  );
});
