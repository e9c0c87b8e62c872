/** What a renewal asks, and which answers it takes. */
import { inspect } from 'node:util';
import { createApig } from '../../../src/apig/index';
import { mapStorage } from '../../support/mapStorage';
import { behind, isRenewal, loggedIn, pass } from '../../support/skewedPool';
import type { Exchange } from '../../support/skewedPool';
import { rejection } from '../../support/signedFetchHarness';

const tokenClaims = (token: string): unknown => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());

describe('an answer to a renewal', () => {
  test.each<[string, object]>([
    ['without an ID token', { AccessToken: 'a.b.c' }],
    ['without an access token', { IdToken: 'a.b.c' }],
    ['with an access token that is none', { IdToken: 'a.b.c', AccessToken: null }],
    ['with a refresh token that is none', { IdToken: 'a.b.c', AccessToken: 'a.b.c', RefreshToken: 5 }],
    ['without anything', {}],
  ])('%s is refused, and nothing of it is stored', async (_, AuthenticationResult) => {
    const storage = mapStorage();
    const config = await behind((input, ask) =>
      isRenewal(input) ? Promise.resolve(Response.json({ AuthenticationResult })) : ask(input),
    );
    const apig = await loggedIn({ storage }, config);
    const before = new Map(storage.items);
    pass(61);
    expect(await rejection(apig.getUserToken())).toMatchObject({ code: 'UnexpectedResponse' });
    expect(new Map(storage.items)).toEqual(before);
    expect(apig.getCurrentUser()).not.toBeNull();
  });

  test('is asked for with no device key where there is none', async () => {
    let asked: Exchange | undefined;
    const config = await behind((input, ask) => {
      if (isRenewal(input)) asked = input;
      return ask(input);
    });
    const apig = await loggedIn({}, config);
    pass(61);
    await apig.getUserToken();
    expect(Object.keys(asked!).sort()).toEqual(['ClientId', 'RefreshToken', 'operation']);
  });

  test('nor by REFRESH_TOKEN_AUTH, where the pool has no other operation', async () => {
    const asked: object[] = [];
    const config = await behind((input, ask) => {
      if (input.operation === 'InitiateAuth') asked.push((input as { AuthParameters?: object }).AuthParameters ?? {});
      if (!isRenewal(input)) return ask(input);
      return Promise.resolve(Response.json({ __type: 'UnknownOperationException' }, { status: 400 }));
    });
    const apig = await loggedIn({}, config);
    pass(61);
    await apig.getUserToken();
    expect(Object.keys(asked.at(-1)!)).toEqual(['REFRESH_TOKEN']);
  });
});

test.each([
  ['the ID token', 'idToken'],
  ['the access token', 'accessToken'],
])('a session of which %s could not be stored goes on by its refresh token', async (_, item) => {
  const storage = mapStorage();
  const config = await behind((input, ask) => ask(input));
  const apig = await loggedIn({ storage }, config);
  const username = apig.getCurrentUser()!.getUsername();
  for (const key of [...storage.items.keys()]) if (key.endsWith(`.${item}`)) storage.items.delete(key);
  const restarted = createApig(config, { storage });
  expect(restarted.getCurrentUser()!.getUsername()).toBe(username);
  const token = await restarted.getUserToken();
  expect(tokenClaims(token)).toMatchObject({ token_use: 'id' });
  expect(await restarted.getUserToken()).toBe(token); // and it is stored whole
});

test('a session whose ID token is damaged goes on by its refresh token', async () => {
  const storage = mapStorage();
  const config = await behind((input, ask) => ask(input));
  await loggedIn({ storage }, config);
  for (const key of [...storage.items.keys()]) if (key.endsWith('.idToken')) storage.items.set(key, 'a.b');
  expect(tokenClaims(await createApig(config, { storage }).getUserToken())).toMatchObject({ token_use: 'id' });
});

test.each<[string, string | undefined]>([
  ['as the pool issues them', undefined],
  ['that look like no secret, as an emulator’s', 'renew me'],
])(
  'what refuses a renewal may repeat the refresh token: no error shows it, no storage keeps it; tokens %s',
  async (_, own) => {
    const storage = mapStorage();
    let given = '';
    const config = await behind((input, ask) => {
      if (!isRenewal(input)) return ask(input);
      given = input.RefreshToken!;
      const refusal = { __type: 'NotAuthorizedException', message: `Invalid Refresh Token: ${given}` };
      return Promise.resolve(Response.json(refusal, { status: 400 }));
    });
    const apig = await loggedIn({ storage }, config);
    const key = [...storage.items.keys()].find((name) => name.endsWith('.refreshToken'))!;
    if (own !== undefined) storage.setItem(key, own);
    const expected = storage.getItem(key);
    pass(61);
    const error = await rejection(apig.getUserToken());
    expect(given).toBe(expected);
    expect([...storage.items]).toEqual([]);
    expect(error).toMatchObject({
      message: expect.stringMatching(/^Renewing the session failed: Invalid Ref/) as string,
    });
    expect(inspect(error, { depth: 10 })).not.toContain(given);
  },
);
