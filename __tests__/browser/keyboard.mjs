// The whole app without a mouse.
import assert from 'node:assert/strict';
import * as h from './harness.mjs';

const { note, see, seeNot, seeProblem } = h;

/** Presses Tab until the element with this name has the focus. */
async function tabTo(page, name) {
  for (let presses = 0; presses < 25; presses++) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not lead to “${name}”`);
}

/** The accessible name of what has the focus, in so far as this app needs it. */
const focused = (page) =>
  page.evaluate(`(() => {
    const element = document.activeElement;
    return element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent.trim() ?? element.textContent.trim();
  })()`);

const outline = (page) => page.evaluate('getComputedStyle(document.activeElement).outlineStyle');

h.scenario(
  'can be used by keyboard alone, and the focus is never lost',
  { expected: [h.status(400)] },
  async ({ page }) => {
    await see(h.field(page, 'E-mail'));
    assert.equal(await focused(page), 'E-mail');
    await page.keyboard.type(h.USER);
    await tabTo(page, 'Password');
    assert.equal(await outline(page), 'solid');
    await page.keyboard.type('Wr0ng-password!');
    await page.keyboard.press('Enter');
    await seeProblem(page, 'The e-mail address or the password is wrong.');
    assert.equal(await focused(page), 'Password');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(h.PASSWORD);
    await page.keyboard.press('Enter');

    await h.seeNotes(page);
    assert.equal(await focused(page), 'Your notes');
    await tabTo(page, 'New note');
    await page.keyboard.type('Typed');
    await tabTo(page, 'Add note');
    await page.keyboard.press('Enter');
    await see(note(page, 'Typed'));
    assert.equal(await focused(page), 'Add note');

    await tabTo(page, 'Edit: Typed');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'Edit note');
    await page.keyboard.press('Escape');
    await see(h.button(page, 'Edit: Typed'));
    await tabTo(page, 'Delete: Typed');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'Keep it');
    await page.keyboard.press('Escape');
    await tabTo(page, 'Delete: Typed');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Delete it');
    await page.keyboard.press('Enter');
    await seeNot(note(page, 'Typed'));
    assert.equal(await focused(page), 'Your notes');

    await page.keyboard.press('Shift+Tab');
    assert.equal(await focused(page), 'Log out');
    assert.equal(await outline(page), 'solid');
    await page.keyboard.press('Enter');
    await see(h.field(page, 'E-mail'));
    assert.equal(await focused(page), 'E-mail');
  },
);
