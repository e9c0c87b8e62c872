/** Credentials are got once, shared by all who wait for them, and got anew before they expire. */
import { createApig as createApigWithAwsSdk } from '../../src/apig/invokeApig';
import { mapStorage } from '../support/mapStorage';
import { alice, aws, caller, loggedIn, minutes, now, password, taken } from '../support/watchedAws';

describe('credentials are kept', () => {
  test('the first call gets them, a warm one makes exactly one request', async () => {
    const apig = await loggedIn();
    await caller(apig);
    expect(taken()).toEqual(['GetCredentialsForIdentity', 'GetId', 'api']);
    await caller(apig);
    expect(taken()).toEqual(['api']);
  });

  test('100 calls after expiry: one GetCredentialsForIdentity', async () => {
    const apig = await loggedIn();
    const first = await caller(apig);
    minutes(58);
    taken();
    const callers = await Promise.all(Array.from({ length: 100 }, () => caller(apig)));
    expect(new Set(callers)).toEqual(new Set([first]));
    const made = taken();
    expect(made.filter((call) => call === 'api')).toHaveLength(100);
    // Token and credentials were issued at the same time, so the token is old as well by now.
    expect(made.filter((call) => call !== 'api')).toEqual(expect.arrayContaining(['GetCredentialsForIdentity']));
    expect(made.filter((call) => call === 'GetCredentialsForIdentity')).toHaveLength(1);
    expect(made.filter((call) => call === 'GetId')).toHaveLength(0);
  });

  test('100 calls at the start share as well', async () => {
    const apig = await loggedIn();
    await Promise.all(Array.from({ length: 100 }, () => apig.getAwsCredentials()));
    expect(taken()).toEqual(['GetCredentialsForIdentity', 'GetId']);
  });

  test('an access token in place of the ID token is refused by name, and nobody is asked', async () => {
    const storage = mapStorage();
    const apig = await loggedIn(alice, { storage });
    const accessToken = [...storage.items].find(([key]) => key.endsWith('.accessToken'))![1];
    for (const [token, came] of [
      [accessToken, 'an access token'],
      ['undefined', 'a string of 9 characters'],
    ] as const) {
      await expect(apig.getAwsCredentials(token)).rejects.toMatchObject({
        code: 'InvalidInput',
        message: `userToken: expected an ID token, a JWT, as text, got ${came}`,
      });
    }
    expect(taken()).toEqual([]);
  });

  test('they are not given out once they have only moments left', async () => {
    const apig = await loggedIn();
    const first = await apig.getAwsCredentials();
    minutes(54);
    expect(await apig.getAwsCredentials()).toBe(first);
    minutes(2);
    const second = await apig.getAwsCredentials();
    expect(second.accessKeyId).not.toBe(first.accessKeyId);
    expect(second.expiration!.getTime()).toBeGreaterThan(first.expiration!.getTime());
  });

  test('aws-sdk: kept, and one refresh for 100 calls', async () => {
    const apig = createApigWithAwsSdk(aws.config, { now });
    await apig.login(alice, password);
    const before = { ...aws.identityPool.calls };
    await Promise.all(Array.from({ length: 100 }, () => caller(apig)));
    await caller(apig);
    expect(aws.identityPool.calls.GetCredentialsForIdentity - before.GetCredentialsForIdentity).toBe(1);
    minutes(58);
    await Promise.all(Array.from({ length: 100 }, () => caller(apig)));
    expect(aws.identityPool.calls.GetCredentialsForIdentity - before.GetCredentialsForIdentity).toBe(2);
    expect(aws.identityPool.calls.GetId - before.GetId).toBe(1);
  });
});
