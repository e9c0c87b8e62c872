import AWS from 'aws-sdk/global.js';
import { createApig } from '../../../src/apig/invokeApig';
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { closeAll, startServer } from '../../support/signedFetchHarness';
import { createGate } from '../../support/gate';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

const username = 'user@example.com';
const password = 'Passw0rd!';
let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws({ userPool: { users: [{ username, password }] } });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));

describe('what aws-sdk keeps in localStorage', () => {
  // In browsers aws-sdk takes localStorage for this; elsewhere an object, which it fills only where it believes in a page.
  const page = AWS as unknown as {
    util: { isBrowser: () => boolean };
    CognitoIdentityCredentials: { prototype: { storage: Record<string, string> } };
  };
  const isBrowser = page.util.isBrowser;
  afterEach(() => {
    page.util.isBrowser = isBrowser;
  });
  const remembered = () =>
    Object.keys(page.CognitoIdentityCredentials.prototype.storage).filter((key) => /identity/i.test(key));

  test('is gone after a logout, also where credentials come later', async () => {
    const gate = createGate();
    let holding = false;
    const proxy = await startServer(async (request) => {
      if (holding && request.headers.get('x-amz-target')?.endsWith('GetCredentialsForIdentity')) await gate.pass();
      const headers = {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': request.headers.get('x-amz-target')!,
      };
      return fetch(aws.config.cognito.IDENTITY_POOL_ENDPOINT, { method: 'POST', headers, body: await request.text() });
    });
    const config = { ...aws.config, cognito: { ...aws.config.cognito, IDENTITY_POOL_ENDPOINT: proxy.url } };
    page.util.isBrowser = () => true;
    const apig = createApig(config);
    await apig.login(username, password);
    await apig.getAwsCredentials();
    expect(remembered()).toHaveLength(2);
    await apig.logout();
    expect(remembered()).toEqual([]);

    holding = true;
    await apig.login(username, password);
    const call = expect(apig.getAwsCredentials()).rejects.toMatchObject({ code: 'SessionChanged' });
    await gate.reached;
    await apig.logout();
    gate.open();
    await call;
    expect(remembered()).toEqual([]);
  });
});
