/** A renewal while another tab renews, or logs someone in: the session that the storage holds goes on. */
import { createApig } from '../../../src/apig/index';
import { createGate } from '../../support/gate';
import { mapStorage } from '../../support/mapStorage';
import {
  aws,
  behind,
  expiryOf,
  isRenewal,
  loggedIn,
  other,
  pass,
  password,
  time,
  username,
} from '../../support/skewedPool';
import { rejection } from '../../support/signedFetchHarness';

describe('another tab', () => {
  test('has traded the refresh token for a new one: the session goes on in both', async () => {
    // As user pools do that rotate refresh tokens, without a grace period.
    const storage = mapStorage();
    const originals = new Map<string, string>();
    const spent = new Set<string>();
    const config = await behind(async (input, ask) => {
      if (!isRenewal(input)) return ask(input);
      const given = input.RefreshToken!;
      if (spent.has(given)) {
        while (![...storage.items.values()].includes('rotated-1')) await new Promise(setImmediate); // the other tab has it
        const refusal = { __type: 'NotAuthorizedException', message: 'Refresh Token has been revoked' };
        return Response.json(refusal, { status: 400 });
      }
      spent.add(given);
      const original = originals.get(given) ?? given;
      const response = await ask({ ...input, RefreshToken: original });
      const renewed = (await response.json()) as { AuthenticationResult: object };
      const next = `rotated-${spent.size}`;
      originals.set(next, original);
      return Response.json({ AuthenticationResult: { ...renewed.AuthenticationResult, RefreshToken: next } });
    });
    const first = await loggedIn({ storage }, config);
    const second = createApig(config, { storage });
    pass(60);
    const tokens = await Promise.all([first.getUserToken(), second.getUserToken()]);
    expect(tokens[0]).toBe(tokens[1]);
    expect(spent.size).toBe(1);
    pass(60);
    await expect(second.getUserToken()).resolves.not.toBe(tokens[0]);
  });

  test.each([
    ['whole', []],
    ['without an access token, which could not be stored', ['.accessToken']],
  ])(
    'has logged the same user in anew: the refusal of the old session, %s, does not end the new one',
    async (_, lost) => {
      const gate = createGate();
      const config = await behind(async (input, ask) => {
        if (isRenewal(input)) await gate.pass();
        return ask(input);
      });
      const storage = mapStorage();
      const first = await loggedIn({ storage }, config);
      const second = createApig(aws.config, { storage });
      pass(60);
      const elsewhere = await loggedIn();
      for (const key of [...storage.items.keys()]) if (lost.some((end) => key.endsWith(end))) storage.items.delete(key);
      const token = first.getUserToken();
      await gate.reached;
      await elsewhere.logout({ global: true }); // from now on the pool refuses the refresh token
      await second.logout();
      await second.login(username, password);
      gate.open();
      expect(expiryOf(await token)).toBeGreaterThan(time);
      expect(second.getCurrentUser()).not.toBeNull();
      await expect(second.getUserToken()).resolves.toBe(await token);
    },
  );
});

test('the refusal of a refresh token does not log out an account that was made anew under the same name', async () => {
  const gate = createGate();
  const config = await behind(async (input, ask) => {
    if (!isRenewal(input)) return ask(input);
    await gate.pass();
    return Response.json(
      { __type: 'NotAuthorizedException', message: 'Refresh Token has been revoked' },
      { status: 400 },
    );
  });
  const [storage, elsewhere] = [mapStorage(), mapStorage()];
  const apig = await loggedIn({ storage }, config);
  const name = apig.getCurrentUser()!.getUsername();
  const stranger = await createApig(aws.config, { storage: elsewhere }).login(other, password);
  pass(60);
  const token = rejection(apig.getUserToken());
  await gate.reached;
  // What the login of that account leaves in the storage, in another tab: the same name, and another `sub`.
  for (const [key, value] of elsewhere.items) storage.setItem(key.replace(stranger.getUsername(), name), value);
  storage.setItem(
    [...storage.items.keys()].find((key) => key.endsWith('LastAuthUser'))!,
    name,
  );
  const stored = [...storage.items];
  gate.open();
  expect(await token).toMatchObject({ code: 'SessionChanged' });
  expect([...storage.items]).toEqual(stored);
});
