// Sessions and credentials over time.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as h from './harness.mjs';

const { addNote, logIn, note, see, seeNotes, seeProblem } = h;
const HOUR = 3_600_000;

h.scenario('stays logged in over a reload, and over a restart of the browser', {}, async ({ page, context, aws }) => {
  await logIn(page);
  await addNote(page, 'Still here');
  const logins = aws.identityPool.calls.GetCredentialsForIdentity;
  await page.reload();
  await see(note(page, 'Still here'));
  assert.equal(aws.identityPool.calls.GetCredentialsForIdentity, logins + 1);

  const { browser, url } = await h.shared();
  const later = await browser.newContext({ baseURL: url, storageState: await context.storageState() });
  const newPage = await later.newPage();
  await newPage.goto('/');
  await see(note(newPage, 'Still here'));
  await later.close();
});

h.scenario(
  'works on when tokens and credentials have expired between two clicks',
  { aws: { userPool: { tokenLifetimeSeconds: 2 }, identityPool: { credentialsLifetimeSeconds: 3 } } },
  async ({ page, aws }) => {
    await logIn(page);
    await addNote(page, 'Before');
    const before = aws.identityPool.calls.GetCredentialsForIdentity;
    await sleep(4000);
    await addNote(page, 'After');
    assert.ok(aws.identityPool.calls.GetCredentialsForIdentity > before, 'new credentials were asked for');
    assert.equal(h.callers(aws).length, 1);
    assert.equal(aws.apiGateway.requests.filter(({ refusal }) => refusal).length, 0, 'no call was refused');
  },
);

h.scenario('works on when the gateway no longer knows the credentials', { expected: [h.status(403)] }, async (s) => {
  const { page, aws } = s;
  await logIn(page);
  await addNote(page, 'Before');
  aws.store.clear();
  await addNote(page, 'After');
  assert.equal(await note(page, 'After').count(), 1);
});

h.scenario(
  'asks for a login once the session has ended at the user pool',
  {
    aws: {
      userPool: { tokenLifetimeSeconds: 1, refreshTokenLifetimeSeconds: 3 },
      identityPool: { credentialsLifetimeSeconds: 1 },
    },
    expected: [h.status(400)],
  },
  async ({ page }) => {
    await logIn(page);
    await sleep(4000);
    await h.field(page, 'New note').fill('Too late');
    await h.button(page, 'Add note').click();
    await seeProblem(page, 'Your session has ended. Please log in again.');
    await logIn(page);
  },
);

h.scenario(
  'works on in two tabs that renew at once, where a refresh token is good for one use',
  {
    aws: {
      userPool: { tokenLifetimeSeconds: 2, refreshTokenRotation: true },
      identityPool: { credentialsLifetimeSeconds: 2 },
    },
  },
  async ({ page, context }) => {
    await logIn(page);
    await addNote(page, 'Of the first tab');
    const tab = await context.newPage();
    await tab.goto('/');
    await see(note(tab, 'Of the first tab'));
    for (let round = 0; round < 3; round++) {
      await sleep(3000); // by the end of which tokens and credentials have expired
      await Promise.all([addNote(page, `One ${round}`), addNote(tab, `Two ${round}`)]);
    }
    await tab.close();
  },
);

for (const [name, clock] of [
  ['an hour ahead', HOUR],
  ['an hour behind', -HOUR],
]) {
  h.scenario(
    `works with a device clock that is ${name}`,
    { clock, expected: [h.status(403)] },
    async ({ page, aws }) => {
      await logIn(page);
      await addNote(page, 'What time is it?');
      await page.reload();
      await see(note(page, 'What time is it?'));
      const refused = aws.apiGateway.requests.filter(({ refusal }) => refusal);
      await h.logOut(page);
      await logIn(page, h.OTHER);
      await seeNotes(page);
      assert.ok(refused.length <= 2, `at most one refusal for each load of the page: ${refused.length}`);
    },
  );
}
