// What cannot be helped is said in words.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as h from './harness.mjs';

const { addNote, button, field, logIn, note, see, seeProblem } = h;
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

h.scenario('says that AWS cannot be reached, and works again once it can', { expected: [h.NO_ANSWER] }, async (s) => {
  const { page, aws } = s;
  await logIn(page);
  await addNote(page, 'Before');
  await aws.apiGateway.stop();
  await field(page, 'New note').fill('Not lost');
  await button(page, 'Add note').click();
  await seeProblem(page, 'The notes service cannot be reached.');
  assert.equal(await field(page, 'New note').inputValue(), 'Not lost');
  await page.reload();
  await seeProblem(page, 'The notes service cannot be reached.');

  await aws.stop();
  await h.logOut(page);
  await h.sendLogin(page);
  await seeProblem(page, 'The login service cannot be reached.');
  await s.restart();
  await button(page, 'Log in').click();
  await see(page.getByText('Nothing here yet.'));
});

const api = h.createApi();
const uploads = [];
/** The app's API, with a look at the files that come in. */
async function watchedApi(request, caller, context) {
  if (request.method === 'PUT' && request.url.includes('/file')) {
    const body = Buffer.from(await request.clone().arrayBuffer());
    const name = new URL(request.url).searchParams.get('name');
    uploads.push({ name, type: request.headers.get('content-type'), hash: sha256(body) });
  }
  return api(request, caller, context);
}

h.scenario('uploads and downloads a large file', { aws: { apiGateway: { handler: watchedApi } } }, async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'upload-'));
  try {
    const name = 'Übung (1) & more+.pdf';
    const path = join(folder, name);
    const bytes = randomBytes(4_500_000);
    await writeFile(path, bytes);
    await logIn(page);
    await field(page, 'New note').fill('With a file');
    await field(page, 'Attachment').setInputFiles(path);
    await button(page, 'Add note').click();
    await see(note(page, 'With a file').getByRole('button', { name, exact: true }));
    assert.deepEqual(uploads, [{ name, type: 'application/pdf', hash: sha256(bytes) }]);

    const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
    assert.equal(download.suggestedFilename(), name);
    assert.equal(sha256(await readFile(await download.path())), sha256(bytes));

    await truncate(path, 5_000_001);
    await field(page, 'New note').fill('With too large a file');
    await field(page, 'Attachment').setInputFiles(path);
    await button(page, 'Add note').click();
    await seeProblem(page, 'The file is too large');
  } finally {
    await rm(folder, { recursive: true });
  }
});

h.scenario(
  'says why the gateway refuses',
  {
    aws: {
      apiGateway: {
        policy: { Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/dev/GET/*' } },
      },
    },
    expected: [h.status(403)],
  },
  async ({ page }) => {
    await logIn(page);
    await field(page, 'New note').fill('Not allowed');
    await button(page, 'Add note').click();
    await seeProblem(page, 'The notes service refused the request.');
    await page.getByText('Why was it refused?').click();
    await see(page.getByRole('alert').getByText(/POST.*\/notes|execute-api:Invoke/));
  },
);

h.scenario(
  'says what to switch on where the gateway hides its refusal',
  {
    aws: {
      apiGateway: {
        cors: { refusals: false },
        policy: { Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/dev/GET/*' } },
      },
    },
    // Chromium's own words, twice.
    expected: [/blocked by CORS policy: No 'Access-Control-Allow-Origin' header/, h.NO_ANSWER],
  },
  async ({ page, url }) => {
    await logIn(page);
    await field(page, 'New note').fill('Not allowed');
    await button(page, 'Add note').click();
    await seeProblem(page, 'The notes service cannot be reached.');
    await page.getByText('Why was it refused?').click();
    const { origin } = new URL(url);
    await seeProblem(page, `DEFAULT_4XX and DEFAULT_5XX with the header Access-Control-Allow-Origin: ${origin}`);
    await seeProblem(page, 'allows the method POST and the headers');
    await see(page.getByRole('alert').getByText('Gateway responses DEFAULT_4XX'));
  },
);

h.scenario(
  'says something where the API fails',
  {
    aws: { apiGateway: { handler: () => Response.json({ message: 'Internal server error' }, { status: 500 }) } },
    expected: [h.status(500)],
  },
  async ({ page }) => {
    await h.sendLogin(page);
    await seeProblem(page, 'The notes service has a problem (500).');
    await see(button(page, 'Try again'));
  },
);
