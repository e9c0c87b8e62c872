// The tutorial's story: an account, notes, another user.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import * as h from './harness.mjs';

const { addNote, button, field, logIn, logOut, note, see, seeNot, seeNotes, seeProblem } = h;

h.scenario('signs up, confirms, writes, edits and deletes notes', { expected: [h.status(400)] }, async (s) => {
  const { page, aws } = s;
  const username = 'new.user@example.com';
  await button(page, 'New here? Sign up').click();
  await field(page, 'E-mail').fill(username);
  await field(page, 'Password').fill('short');
  await button(page, 'Sign up').click();
  await seeProblem(page, 'Password not long enough.');
  await field(page, 'Password').fill(h.PASSWORD);
  await button(page, 'Sign up').click();

  await see(page.getByRole('heading', { name: 'Confirm your e-mail address' }));
  const { code } = aws.userPool.codes(username).at(-1);
  await field(page, 'Code').fill(code === '123456' ? '654321' : '123456');
  await button(page, 'Confirm').click();
  await seeProblem(page, 'The code is wrong.');
  await button(page, 'Send a new code').click();
  await see(page.getByText('A new code is on its way'));
  await field(page, 'Code').fill(h.lastCode(aws, username));
  await button(page, 'Confirm').click();

  await see(page.getByText('Nothing here yet.'));
  await see(page.getByText(username));
  await addNote(page, 'Buy milk');
  await addNote(page, 'Läuft: “ünïcödé” 🚲\non two lines');
  assert.equal(await field(page, 'New note').inputValue(), '');

  await button(page, 'Edit: Buy milk').click();
  await field(page, 'Edit note').fill('Buy oat milk');
  await button(page, 'Save').click();
  await see(note(page, 'Buy oat milk'));

  await button(page, 'Delete: Buy oat milk').click();
  await button(page, 'Keep it').click();
  await button(page, 'Delete: Buy oat milk').click();
  await button(page, 'Delete it').click();
  await seeNot(note(page, 'Buy oat milk'));

  await page.reload();
  await see(note(page, '“ünïcödé” 🚲'));
  assert.equal(await page.getByRole('listitem').count(), 1);
  await logOut(page);
  assert.equal(await h.storageText(page), '{}');
});

h.scenario(
  'says that a password is wrong, and that a user is unknown',
  { expected: [h.status(400)] },
  async ({ page }) => {
    await h.sendLogin(page, h.USER, 'Wr0ng-password!');
    await seeProblem(page, 'The e-mail address or the password is wrong.');
    await h.sendLogin(page, 'nobody@example.com');
    await seeProblem(page, 'There is no account with this e-mail address.');
    await logIn(page);
  },
);

h.scenario(
  'asks an unconfirmed user for the code',
  {
    aws: { userPool: { users: [{ username: h.USER, password: h.PASSWORD, unconfirmed: true }] } },
    expected: [h.status(400)],
  },
  async ({ page, aws }) => {
    await h.sendLogin(page);
    await seeProblem(page, 'This account is not confirmed yet.');
    await button(page, 'Send a new code').click();
    await see(page.getByText('A new code is on its way'));
    await field(page, 'Code').fill(h.lastCode(aws, h.USER));
    await button(page, 'Confirm').click();
    await seeNotes(page);
  },
);

h.scenario(
  'lets a user choose a new password, also a forgotten one',
  { aws: { userPool: { users: [{ username: h.USER, password: h.PASSWORD, mustChangePassword: true }] } } },
  async ({ page, aws }) => {
    await h.sendLogin(page);
    await field(page, 'New password').fill('An0ther-password');
    await button(page, 'Continue').click();
    await seeNotes(page);
    await logOut(page);

    await button(page, 'Forgot your password?').click();
    await field(page, 'E-mail').fill(h.USER);
    await button(page, 'Send me a code').click();
    await see(page.getByRole('heading', { name: 'Set a new password' }));
    await field(page, 'Code').fill(h.lastCode(aws, h.USER));
    await field(page, 'New password').fill('A-th1rd-password');
    await button(page, 'Set password').click();
    await seeNotes(page);
    await logOut(page);
    await logIn(page, h.USER, 'A-th1rd-password');
  },
);

h.scenario(
  'asks for codes: by text message, from an app, and which of them',
  {
    aws: {
      userPool: {
        users: [
          { username: h.USER, password: h.PASSWORD, mfa: 'SMS' },
          { username: h.OTHER, password: h.PASSWORD, mfa: ['SMS', 'TOTP'] },
        ],
      },
    },
    expected: [h.status(400)],
  },
  async ({ page, aws }) => {
    await h.sendLogin(page);
    await see(page.getByText('A code was sent to'));
    await button(page, 'Cancel').click();
    await button(page, 'Log in').click();
    await field(page, 'Code').fill(h.lastCode(aws, h.USER) === '123456' ? '654321' : '123456');
    await button(page, 'Continue').click();
    await seeProblem(page, 'The code is wrong.');
    await button(page, 'Log in').click();
    await see(page.getByText('A code was sent to'));
    await field(page, 'Code').fill(h.lastCode(aws, h.USER));
    await button(page, 'Continue').click();
    await seeNotes(page);
    await logOut(page);

    await h.sendLogin(page, h.OTHER);
    await page.getByRole('radio', { name: 'From my authenticator app' }).check();
    await button(page, 'Continue').click();
    await field(page, 'Code').fill(await aws.userPool.totp(h.OTHER));
    await button(page, 'Continue').click();
    await seeNotes(page);
  },
);

/** What an authenticator app shows for a key (RFC 6238, SHA-1, 30 seconds, six digits). */
function totp(base32) {
  const bits = Array.from(base32, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from(
    bits
      .join('')
      .match(/.{8}/g)
      .map((byte) => parseInt(byte, 2)),
  );
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

h.scenario('has a user set up an authenticator app', { aws: { userPool: { mfa: 'ON' } } }, async ({ page }) => {
  await h.sendLogin(page);
  await see(page.getByRole('heading', { name: 'Set up your authenticator app' }));
  await field(page, 'Code').fill(totp(await page.locator('code').innerText()));
  await button(page, 'Continue').click();
  await seeNotes(page);
});

h.scenario('keeps two users of one browser apart', {}, async ({ page, aws }) => {
  await logIn(page, h.USER);
  await addNote(page, 'Of the first user');
  await logOut(page);
  assert.equal(await h.storageText(page), '{}');
  await logIn(page, h.OTHER);
  await see(page.getByText('Nothing here yet.'));
  await addNote(page, 'Of the second user');
  const [first, second, ...more] = h.callers(aws);
  assert.ok(first && second && more.length === 0, 'two identities');
  assert.ok(!(await h.storageText(page)).includes(first), "the first user's identity id is gone");

  await logOut(page);
  await logIn(page, h.USER);
  await see(note(page, 'Of the first user'));
  assert.equal(await note(page, 'Of the second user').count(), 0);
  assert.deepEqual(h.callers(aws), [first, second]);
  assert.equal(aws.apiGateway.requests.at(-1).identityId, first);
});

h.scenario(
  'takes a note for deleted that another tab has deleted, without live updates',
  { expected: [h.status(404)] },
  async ({ page, context }) => {
    await logIn(page);
    await addNote(page, 'Not for long');
    const tab = await context.newPage();
    await tab.goto('/');
    for (const each of [tab, page]) {
      await button(each, 'Delete: Not for long').click();
      await button(each, 'Delete it').click();
      await see(each.getByText('Note deleted.'));
      await see(each.getByText('Nothing here yet.'));
    }
  },
);

h.scenario('follows when another tab logs someone else in', {}, async ({ page, context, aws }) => {
  await logIn(page, h.USER);
  await addNote(page, 'Of the first user');
  const tab = await context.newPage();
  await tab.goto('/');
  await see(note(tab, 'Of the first user'));

  await logOut(tab);
  await see(page.getByRole('heading', { name: 'Log in' }));
  await logIn(tab, h.OTHER);
  await see(page.getByText(h.OTHER));
  await see(page.getByText('Nothing here yet.'));
  await addNote(page, 'Of the second user');
  assert.equal(h.callers(aws).length, 2);
  assert.equal(aws.apiGateway.requests.at(-1).identityId, h.callers(aws)[1]);
});
