/** The clock of the device is behind, ahead, set back or the app’s own. */
import { createAccount } from '../../../src/cognito/index.js';
import { createApig } from '../../../src/apig/index';
import { mapStorage } from '../../support/mapStorage';
import { aws, behind, isRenewal, expiryOf, loggedIn, pass, password, setAhead, time } from '../../support/skewedPool';

describe('the clock of the device', () => {
  test('is behind: global signs out everywhere, although the access token looks good', async () => {
    setAhead(-120);
    const [there, here] = [await loggedIn(), await loggedIn()];
    pass(65);
    await here.logout({ global: true });
    pass(60);
    await expect(there.getUserToken()).rejects.toMatchObject({ code: 'SessionExpired' });
  });

  test('was ahead at the login, and has been corrected: tokens that have expired are renewed', async () => {
    setAhead(120);
    const apig = await loggedIn();
    setAhead(0);
    pass(65);
    expect(expiryOf(await apig.getUserToken())).toBeGreaterThan(time);
  });

  test('was ahead at the login, and is right when the page is loaded anew: the stored drift is not believed', async () => {
    setAhead(30);
    const storage = mapStorage();
    await loggedIn({ storage });
    setAhead(0);
    pass(65); // 35 minutes after the login by the device's clock and the stored drift
    const apig = createApig(aws.config, { storage });
    expect(expiryOf(await apig.getUserToken())).toBeGreaterThan(time);
  });

  test('is ahead: a login or a renewal finds that out, and nothing is renewed before its time', async () => {
    const renewals: unknown[] = [];
    const config = await behind((input, ask) => {
      if (isRenewal(input)) renewals.push(input);
      return ask(input);
    });
    setAhead(30);
    const storage = mapStorage();
    const apig = await loggedIn({ storage }, config);
    pass(50);
    await apig.getUserToken();
    expect(renewals).toHaveLength(0);
    const loadedAnew = createApig(config, { storage });
    for (let i = 0; i < 3; i++) await loadedAnew.getUserToken(); // the drift may have been corrected: it asks once
    expect(renewals).toHaveLength(1);
  });

  test('is the app’s own: it is taken as it is', async () => {
    const asked: unknown[] = [];
    const config = await behind((input, ask) => {
      asked.push(input.operation);
      return ask(input);
    });
    const apig = await loggedIn({ now: () => new Date(time - 3_600_000) }, config);
    asked.length = 0;
    await apig.getUserToken();
    await apig.getUserToken();
    expect(asked).toEqual([]);
  });

  test('is set back for as long as it runs: a password is changed even so', async () => {
    const started = new Date(time);
    const apig = await loggedIn({ now: () => started });
    pass(65);
    await expect(createAccount(apig).changePassword(password, 'Another-1-pass')).resolves.toBeUndefined();
    await expect(createAccount(apig).changePassword('Another-1-pass', password)).resolves.toBeUndefined();
  });
});
