/** What lasts of a local AWS, started in one process again and again: passkeys, groups, guests, apps, and pools that hide who exists. */
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApig } from '../../../src/apig';
import { startLocalAws } from '../../../src/local';
import type { LocalAws, LocalAwsOptions } from '../../../src/local';
import { mapStorage } from '../../support/mapStorage';
import { softAuthenticator } from '../../support/softAuthenticator';

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), 'sigv4-client-state-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const [username, password] = ['user@example.com', 'Passw0rd!'];
const users = [{ username, password }];

/** Does one thing after the other, each with a local AWS that was started anew. */
async function acrossRestarts(name: string, options: LocalAwsOptions, ...steps: ((aws: LocalAws) => Promise<void>)[]) {
  for (const step of steps) {
    const aws = await startLocalAws({ ...options, state: join(folder, name) });
    try {
      await step(aws);
    } finally {
      await aws.stop();
    }
  }
}

const administrator = ({ userPool: { url, region } }: LocalAws) =>
  new sdk.CognitoIdentityProviderClient({
    endpoint: url,
    region,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'unused' },
  });

test('a passkey, with ids of a pool on free ports', async () => {
  const authenticator = softAuthenticator();
  let config: LocalAws['config'] | undefined;
  const options = { userPool: { users, firstFactors: ['PASSWORD', 'WEB_AUTHN'] } } as const;
  await acrossRestarts(
    'passkeys',
    options,
    async (aws) => {
      ({ config } = aws);
      const apig = createApig(aws.config, { storage: mapStorage() });
      await apig.login(username, password);
      const { CredentialCreationOptions } = await apig.callUserPool('StartWebAuthnRegistration');
      const Credential = authenticator.create(CredentialCreationOptions as { challenge: string; rp: { id: string } });
      await apig.callUserPool('CompleteWebAuthnRegistration', { Credential });
    },
    async (aws) => {
      const apig = createApig(aws.config, { storage: mapStorage(), authFlow: 'USER_AUTH' });
      await apig.login(username, undefined, { passkey: ({ options: asked }) => authenticator.get(asked as never) });
      for (const id of ['USER_POOL_ID', 'APP_CLIENT_ID', 'IDENTITY_POOL_ID'] as const) {
        expect(aws.config.cognito[id]).toBe(config!.cognito[id]);
      }
    },
  );
});

test('groups, app clients, attributes, an authenticator app', async () => {
  const here = (aws: LocalAws) => ({ UserPoolId: aws.userPool.userPoolId });
  let clientId: string | undefined;
  const before: object[] = [];
  await acrossRestarts(
    'administration',
    { userPool: { users: [{ username, password, totpSecret: 'JBSWY3DPEHPK3PXP' }] } },
    async (aws) => {
      const client = administrator(aws);
      await client.send(new sdk.CreateGroupCommand({ ...here(aws), GroupName: 'editors', Precedence: 3 }));
      await client.send(new sdk.AdminAddUserToGroupCommand({ ...here(aws), GroupName: 'editors', Username: username }));
      const CustomAttributes = [{ Name: 'plan', AttributeDataType: 'String' as const, Mutable: true }];
      await client.send(new sdk.AddCustomAttributesCommand({ ...here(aws), CustomAttributes }));
      const UserAttributes = [{ Name: 'custom:plan', Value: 'free' }];
      await client.send(new sdk.AdminUpdateUserAttributesCommand({ ...here(aws), Username: username, UserAttributes }));
      const made = await client.send(new sdk.CreateUserPoolClientCommand({ ...here(aws), ClientName: 'second' }));
      clientId = made.UserPoolClient!.ClientId;
      before.push(...(await look(client, aws)));
    },
    async (aws) => {
      expect(await look(administrator(aws), aws)).toEqual(before);
      const apig = createApig(aws.config, { storage: mapStorage() });
      await apig.login(username, password, { mfaCode: () => aws.userPool.totp(username) });
      const claims = Buffer.from((await apig.getUserToken()).split('.')[1]!, 'base64url').toString();
      expect(JSON.parse(claims)).toMatchObject({ 'cognito:groups': ['editors'], 'custom:plan': 'free' });
    },
  );

  async function look(client: sdk.CognitoIdentityProviderClient, aws: LocalAws): Promise<object[]> {
    const { Users } = await client.send(new sdk.ListUsersCommand(here(aws)));
    const { Groups } = await client.send(new sdk.ListGroupsCommand(here(aws)));
    const { UserPool } = await client.send(new sdk.DescribeUserPoolCommand(here(aws)));
    const asked = new sdk.DescribeUserPoolClientCommand({ ...here(aws), ClientId: clientId! });
    return [Users!, Groups!, UserPool!.SchemaAttributes!, (await client.send(asked)).UserPoolClient!];
  }
});

test('a guest comes back as the same one', async () => {
  const ids: (string | undefined)[] = [];
  const storage = mapStorage();
  const look = async (aws: LocalAws) => {
    ids.push(
      (await createApig(aws.config, { storage, guests: true }).getAwsCredentials({ forceRefresh: true })).identityId,
    );
  };
  await acrossRestarts('guests', { identityPool: { allowGuests: true } }, look, look);
  expect(ids[0]).toMatch(/^us-east-1:/);
  expect(ids[1]).toBe(ids[0]);
});

test.each([true, false])(
  'by every name, in pools that hide who exists (%s) and others; the password itself',
  async (hides) => {
    const named = [...users, { username: 'plain', password, attributes: { email: 'plain@example.com' } }];
    await acrossRestarts(
      `names ${hides}`,
      { userPool: { users: named, preventUserExistenceErrors: hides } },
      () => Promise.resolve(),
      async (aws) => {
        for (const name of [username, 'plain', 'PLAIN', 'plain@example.com']) {
          for (const authFlow of ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const) {
            const apig = createApig(aws.config, { storage: mapStorage(), authFlow });
            await expect(apig.login(name, 'Wrong-pass-1')).rejects.toMatchObject({ code: 'WrongPassword' });
            await apig.login(name, password);
            await apig.logout();
          }
        }
      },
    );
  },
);

test('users of the options who are kept stay as they are; new ones are added', async () => {
  const state = join(folder, 'users');
  const second = { username: 'second@example.com', password };
  for (const given of [users, [{ username, password: 'Other-pass-1' }, second]]) {
    const aws = await startLocalAws({ userPool: { users: given }, state });
    for (const { username: name } of given) {
      await createApig(aws.config, { storage: mapStorage() }).login(name, password);
    }
    await aws.stop();
  }
  expect(readFileSync(state, 'utf8')).not.toContain(password);
});

test('a path that is none is named', async () => {
  await expect(startLocalAws({ state: '' })).rejects.toMatchObject({
    code: 'InvalidOption',
    message: expect.stringMatching(/^state: expected a file's path/) as string,
  });
});
