/** What a renewal asks, and which answers it takes. */
import { mapStorage } from '../../support/mapStorage';
import { behind, isRenewal, loggedIn, pass } from '../../support/skewedPool';
import type { Exchange } from '../../support/skewedPool';
import { rejection } from '../../support/signedFetchHarness';

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
});
