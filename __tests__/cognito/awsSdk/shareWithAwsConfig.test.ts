import AWS from 'aws-sdk/global.js';
import { createApig } from '../../../src/apig/invokeApig';
import type { Apig } from '../../../src/apig/invokeApig';
import { memoryStorage } from '../../../src/cognito/userPool/storage';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

const username = 'user@example.com';
const password = 'Passw0rd!';
let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws({ userPool: { users: [{ username, password }] } });
});
afterAll(() => aws.stop());

afterEach(() => {
  AWS.config.credentials = null;
});

test('is not touched', async () => {
  const before = { credentials: AWS.config.credentials, region: AWS.config.region };
  const apig = createApig(aws.config);
  await apig.login(username, password);
  await apig.getAwsCredentials();
  expect({ credentials: AWS.config.credentials, region: AWS.config.region }).toEqual(before);
});

test('with shareWithAwsConfig, it has the credentials until the logout, and fresh ones when they expire', async () => {
  const apig = createApig(aws.config, { shareWithAwsConfig: true });
  await apig.login(username, password);
  const { accessKeyId } = await apig.getAwsCredentials();
  const shared = AWS.config.credentials as AWS.Credentials;
  expect(shared.accessKeyId).toBe(accessKeyId);
  expect(AWS.config.region).toBe('us-east-1');
  shared.expired = true;
  await shared.getPromise();
  expect(shared.needsRefresh()).toBe(false);
  await apig.logout();
  expect(AWS.config.credentials).toBeNull();
  shared.expired = true;
  await expect(shared.getPromise()).rejects.toMatchObject({ code: 'SessionChanged' });
});

test('with shareWithAwsConfig, it never has those of a user who left while they were on their way', async () => {
  const own = () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a-secret' });
  const apig = createApig(aws.config, { shareWithAwsConfig: true, credentials: own });
  for (let moment = 0; moment < 40; moment += 2) {
    await apig.login(username, password);
    const credentials = apig.getAwsCredentials().catch(() => undefined);
    for (let i = 0; i < moment; i++) await Promise.resolve();
    await apig.logout();
    await credentials;
    expect(AWS.config.credentials).toBeNull();
  }
});

test('with shareWithAwsConfig, it loses them whichever instance of the same storage ends the session', async () => {
  const options = { shareWithAwsConfig: true, storage: memoryStorage() };
  const [first, second] = [createApig(aws.config, options), createApig(aws.config, options)];
  await first.login(username, password);
  await first.getAwsCredentials();
  expect(AWS.config.credentials).not.toBeNull();
  const stranger = createApig(aws.config, { shareWithAwsConfig: true });
  await stranger.logout();
  expect(AWS.config.credentials).not.toBeNull();
  await second.logout();
  expect(AWS.config.credentials).toBeNull();
});

describe('with shareWithAwsConfig, a client that was made while the user was logged in signs no more', () => {
  const stored = memoryStorage();
  test.each<[string, (apig: Apig) => Promise<unknown>]>([
    ['after the logout', (apig) => apig.logout()],
    ['after a logout in another tab', () => createApig(aws.config, { storage: stored }).logout()],
  ])('%s', async (_, leave) => {
    const apig = createApig(aws.config, { shareWithAwsConfig: true, storage: stored });
    await apig.login(username, password);
    await apig.getAwsCredentials();
    const options: object = { region: 'us-east-1', credentials: AWS.config.credentials };
    const client = new AWS.Service(options);
    const asked = () =>
      new Promise<unknown>((resolve) => {
        client.config.getCredentials((error) => {
          resolve(error);
        });
      });
    expect(await asked()).toBeFalsy();
    await leave(apig);
    expect(await asked()).toMatchObject({ originalError: { code: 'SessionChanged' } });
  });
});
