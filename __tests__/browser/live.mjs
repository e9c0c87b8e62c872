// Live updates: what a user changes appears in their other tabs at once, and in nobody else's.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as h from './harness.mjs';

const { addNote, button, field, logIn, logOut, note, see, seeNot, seeNotes } = h;

const seeLive = (page) => see(page.getByText('Live', { exact: true }));

/** Opens the app in another tab of the same browser, and waits until it hears of changes. */
async function openTab(context) {
  const tab = await context.newPage();
  await tab.goto('/');
  await seeNotes(tab);
  await seeLive(tab);
  return tab;
}

/** Waits until something of the local AWS is so; a test's own limit ends it. */
async function until(isSo) {
  while (!(await isSo())) await sleep(20);
}

const edit = async (page, from, to) => {
  await button(page, `Edit: ${from}`).click();
  await field(page, 'Edit note').fill(to);
  await button(page, 'Save').click();
};
const remove = async (page, text) => {
  await button(page, `Delete: ${text}`).click();
  await button(page, 'Delete it').click();
};

h.scenario('shows in another tab what is made, changed and deleted in one', { live: true }, async (s) => {
  const { page, context } = s;
  await logIn(page);
  const tab = await openTab(context);
  await seeLive(page);
  await addNote(page, 'Buy milk');
  await see(note(tab, 'Buy milk'));
  await addNote(tab, 'Of the other tab');
  await see(note(page, 'Of the other tab'));
  await edit(tab, 'Buy milk', 'Buy oat milk');
  await see(note(page, 'Buy oat milk'));
  await field(page, 'New note').fill('With a file');
  await field(page, 'Attachment').setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('text') });
  await button(page, 'Add note').click();
  await see(button(tab, 'a.txt'));
  await remove(page, 'Buy oat milk');
  await seeNot(note(tab, 'Buy oat milk'));
  assert.deepEqual(await tab.getByRole('listitem').locator('.content').allInnerTexts(), [
    'With a file',
    'Of the other tab',
  ]);
});

h.scenario('tells another user nothing', { live: true }, async ({ page, aws, url }) => {
  const { browser } = await h.shared(true);
  const other = await browser.newContext({ baseURL: url });
  try {
    const theirs = await other.newPage();
    const heard = [];
    theirs.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => void heard.push(payload)));
    await theirs.goto('/');
    await logIn(theirs, h.OTHER);
    await seeLive(theirs);
    await logIn(page);
    await seeLive(page);
    await addNote(page, 'Of the first user');
    await addNote(theirs, 'Of the second user');
    await see(note(theirs, 'Of the second user'));
    // Theirs alone, in the order of the changes: had they been told of the first user's, it would stand before it.
    await until(() => heard.length > 0);
    assert.deepEqual(heard, ['{"changed":"notes"}']);
    assert.equal(await note(theirs, 'Of the first user').count(), 0);
    const posts = aws.webSocketApi.requests.filter(({ method }) => method === 'POST');
    assert.deepEqual(
      posts.map(({ path, status }) => [decodeURIComponent(path), status]),
      [...aws.webSocketApi.connectionIds].reverse().map((id) => [`/prod/@connections/${id}`, 200]),
    );
  } finally {
    await other.close();
  }
});

h.scenario(
  'goes on after the server has closed the connection, and shows what has changed meanwhile',
  { live: true, aws: { webSocketApi: { maxDuration: 3000 } } }, // at API Gateway two hours
  async ({ page, context, aws }) => {
    await logIn(page);
    const tab = await openTab(context);
    for (const text of ['One', 'Two']) {
      const before = aws.webSocketApi.connectionIds;
      await until(() => !aws.webSocketApi.connectionIds.some((id) => before.includes(id)));
      await addNote(page, text); // while the tab may be without a connection
      await see(note(tab, text));
    }
  },
);

h.scenario('forgets connections whose end nobody has told of', { live: true }, async ({ page, aws }) => {
  await logIn(page);
  await seeLive(page);
  const [identityId] = h.callers(aws);
  const own = aws.connections.of(identityId);
  const [open] = await own.list();
  const making = { id: 'InTheMaking0000=', connectedAt: Date.now() };
  await own.put({ id: 'LongGone0000000=', connectedAt: Date.now() - 120_000 });
  await own.put(making);
  await addNote(page, 'To whom it may concern');
  assert.deepEqual(await own.list(), [open, making]);
  const status = (id) => aws.webSocketApi.requests.find(({ path }) => decodeURIComponent(path).endsWith(id)).status;
  assert.deepEqual(['LongGone0000000=', making.id, open.id].map(status), [410, 410, 200]);
});

h.scenario('closes the socket of a tab that is closed, and of all tabs at a logout', { live: true }, async (s) => {
  const { page, context, aws } = s;
  await logIn(page);
  const [tab, third] = [await openTab(context), await openTab(context)];
  await seeLive(page);
  const own = aws.connections.of(h.callers(aws)[0]);
  const count = async (expected) => {
    await until(() => aws.webSocketApi.connectionIds.length === expected);
    await until(async () => (await own.list()).length === expected);
  };
  await count(3);
  await third.close();
  await count(2);
  await logOut(page);
  await see(tab.getByRole('heading', { name: 'Log in' }));
  await count(0);
});

h.scenario('keeps what is being typed into a note that is changed or deleted elsewhere', { live: true }, async (s) => {
  const { page, context } = s;
  await logIn(page);
  await addNote(page, 'First version');
  const tab = await openTab(context);
  await button(tab, 'Edit: First version').click();
  await field(tab, 'Edit note').fill('Typed for a long time');
  await edit(page, 'First version', 'Second version');
  await see(tab.getByText('This note was changed elsewhere.'));
  await remove(page, 'Second version');
  await see(tab.getByText('This note was deleted elsewhere.'));
  assert.equal(await field(tab, 'Edit note').inputValue(), 'Typed for a long time');
  await button(tab, 'Save').click();
  await see(note(page, 'Typed for a long time'));
  assert.equal(await tab.getByRole('listitem').count(), 1);

  await button(tab, 'Edit: Typed for a long time').click();
  await remove(page, 'Typed for a long time');
  await see(tab.getByText('This note was deleted elsewhere.'));
  await button(tab, 'Cancel').click();
  await see(tab.getByText('Nothing here yet.'));
});

h.scenario(
  'says so where the gateway refuses the socket, and works without',
  {
    live: true,
    aws: { webSocketApi: { policy: { Statement: [] } } },
    expected: [/WebSocket connection to .* failed/, /blocked by CORS policy/, h.NO_ANSWER],
  },
  async ({ page, aws }) => {
    await logIn(page);
    await h.seeProblem(page, 'What changes in other tabs appears here after a reload only.');
    await page.getByText('Why was it refused?').click();
    await h.seeProblem(page, 'The connection did not open, and the browser shows the page no reason.');
    await addNote(page, 'All the same');
    assert.ok(
      aws.webSocketApi.requests.every(({ denied }) => denied === 'implicit-deny'),
      'the policy has refused it',
    );
    assert.equal(await page.getByText('Live', { exact: true }).count(), 0);
  },
);
