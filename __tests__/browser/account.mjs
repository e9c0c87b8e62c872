// What the app looks like on a small screen and after a reload, and what is on its login page beside name and password.
import assert from 'node:assert/strict';
import * as h from './harness.mjs';

const { addNote, button, field, logIn, logOut, note, see, seeNot, seeNotes } = h;
const FIRST_FACTORS = { aws: { userPool: { firstFactors: ['PASSWORD', 'WEB_AUTHN'] } } };

/** Whether a box is within another, to a pixel. */
function assertWithin(inner, outer, what) {
  const fits = inner.x >= outer.x - 1 && inner.x + inner.width <= outer.x + outer.width + 1;
  assert.ok(fits, `${what}: ${JSON.stringify(inner)} in ${JSON.stringify(outer)}`);
}

h.scenario('fits on a screen of 360 pixels, whatever the name of a file', {}, async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await logIn(page);
  await addNote(page, 'Buy milk');
  const editor = page.locator('form').filter({ has: field(page, 'New note') });
  assertWithin(await field(page, 'New note').boundingBox(), await editor.boundingBox(), 'the text area');

  const name = `${'a-very-long-name-'.repeat(8)}.txt`;
  await button(page, 'Edit: Buy milk').click();
  const edited = note(page, 'Edit note');
  await edited.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from('milk') });
  await button(page, 'Save').click();
  await see(button(page, name));
  const item = await note(page, 'Buy milk').boundingBox();
  const [edit, remove] = [button(page, 'Edit: Buy milk'), button(page, 'Delete: Buy milk')];
  for (const part of [button(page, name), edit, remove])
    assertWithin(await part.boundingBox(), item, await part.innerText());
  assert.equal((await edit.boundingBox()).y, (await remove.boundingBox()).y, 'Edit and Delete are on one line');
  const { scrollWidth, clientWidth } = await page.evaluate('document.documentElement');
  assert.equal(scrollWidth, clientWidth, 'nothing is wider than the screen');
});

h.scenario('draws no box round the heading after a reload, and says what was saved', {}, async ({ page }) => {
  await logIn(page);
  await addNote(page, 'Buy milk');
  const status = page.getByRole('status').filter({ hasText: 'Note saved.' });
  await see(status);
  assert.ok((await status.boundingBox()).height > 10, 'it can be seen');
  await seeNot(status);
  await page.reload();
  await seeNotes(page);
  assert.equal(await page.evaluate('getComputedStyle(document.querySelector("h1")).outlineStyle'), 'none');
});

h.scenario('shows a password to who wants to see it', {}, async ({ page }) => {
  const password = field(page, 'Password');
  await password.fill('Passw0rd!');
  assert.equal(await password.getAttribute('type'), 'password');
  await button(page, 'Show the password').click();
  assert.equal(await password.getAttribute('type'), 'text');
  await button(page, 'Hide the password').click();
  assert.equal(await password.getAttribute('type'), 'password');
});

h.scenario('registers a passkey, and logs in with it', FIRST_FACTORS, async ({ page, context, url }) => {
  await page.goto(url.replace('127.0.0.1', 'localhost')); // a passkey is for a name, and not for an address
  const devTools = await context.newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  const authenticator = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true };
  await devTools.send('WebAuthn.addVirtualAuthenticator', { options: { ...authenticator, isUserVerified: true } });

  await logIn(page);
  await button(page, 'Add a passkey').click();
  await see(page.getByText('Passkey saved.'));
  await logOut(page);
  await button(page, 'Log in with a passkey').click();
  await h.seeProblem(page, 'Type in your e-mail address first.');
  await field(page, 'E-mail').fill(h.USER);
  await button(page, 'Log in with a passkey').click();
  await seeNotes(page);
  await see(page.getByText(h.USER));
});
