// What the browser tests stand on: Chromium, the notes app as a production build, and a local AWS for each test.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { lambdaHandler, startLocalAws } from 'sigv4-client/local';
import { createSocketHandler, createTell } from '../../examples/notes-app/backend/connections.mjs';
import { createHandler } from '../../examples/notes-app/backend/handler.mjs';
import { createMemoryConnections, createMemoryStore } from '../../examples/notes-app/backend/memoryStore.mjs';
import { APP } from '../../examples/notes-app/local/install.mjs';
import { launch } from './chromium.mjs';

export const PASSWORD = 'Passw0rd!';
export const USER = 'user@example.com';
export const OTHER = 'other@example.com';

const WAIT = 20_000; // for a machine that is busy with other things

/** Four ports in a row that nobody listens on, below those that the system gives out by itself. */
async function freePorts() {
  const isFree = (port) =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('connect', () => resolve(false)).on('error', () => resolve(true));
      socket.on('connect', () => socket.destroy());
    });
  for (;;) {
    const port = 12_000 + 4 * Math.floor(Math.random() * 4500);
    if ((await Promise.all([0, 1, 2, 3].map((offset) => isFree(port + offset)))).every(Boolean)) return port;
  }
}

const silent = { info() {}, clearScreen() {}, hasErrorLogged: () => false, hasWarned: false };

const cleanups = [];
after(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

/**
 * Builds the app once and serves it. All tests use the same ports for their AWS, so that one build serves them all.
 * @param isLive Whether the app has the address of a WebSocket API.
 */
async function start(isLive) {
  const port = await freePorts();
  const aws = await startLocalAws({ port, webSocketApi: { stage: 'prod' } }); // for its configuration
  await aws.stop();

  const require = createRequire(`${APP}package.json`);
  const vite = await import(pathToFileURL(require.resolve('vite')).href);
  const outDir = mkdtempSync(join(tmpdir(), 'notes-app-'));
  cleanups.push(() => rmSync(outDir, { recursive: true, force: true }));
  const remarks = [];
  const remember = (message) => void remarks.push(message);
  const customLogger = { ...silent, warn: remember, warnOnce: remember, error: remember };
  process.env.VITE_LOCAL_AWS = JSON.stringify(aws.config);
  delete process.env.VITE_WEBSOCKET_URL;
  if (isLive) process.env.VITE_WEBSOCKET_URL = aws.webSocketApi.url;
  // On a busy machine Rolldown remarks how long its own plugins took.
  const rolldownOptions = { checks: { pluginTimings: false, bundlerTimings: false } };
  const options = { root: APP, customLogger, logLevel: 'warn', build: { outDir, emptyOutDir: true, rolldownOptions } };
  await vite.build(options);
  const site = await vite.preview({ ...options, preview: { port: 0, host: '127.0.0.1' } });
  cleanups.push(() => site.close());
  const browser = await launch();
  cleanups.push(() => browser.close());
  return { port, browser, url: site.resolvedUrls.local[0], remarks };
}

let [started, startedLive] = [];
/** What all tests share that have, or have not, live updates. */
export const shared = (isLive = false) => (isLive ? (startedLive ??= start(true)) : (started ??= start(false)));

/** The app's backend, as the local gateway runs it; each has notes of its own. */
export const createApi = (tell) =>
  lambdaHandler({ handler: createHandler(createMemoryStore(), tell), binaryMediaTypes: ['*/*'] });

/** Starts an AWS with a WebSocket API, and the app's backend behind both. */
async function startLiveAws({ webSocketApi, ...options }) {
  const connections = createMemoryConnections();
  const socket = createSocketHandler(connections);
  const routes = { $connect: socket, $disconnect: socket, keepAlive: socket };
  const aws = await startLocalAws({
    ...options,
    apiGateway: { handler: createApi((identityId) => tell(identityId)), ...options.apiGateway },
    webSocketApi: { stage: 'prod', routes, ...webSocketApi },
  });
  const { endpoint, credentials, region } = aws.webSocketApi.managementApi();
  const tell = createTell(connections, { url: endpoint, region, credentials });
  return { ...aws, connections };
}

/**
 * A test with an AWS and a browser storage of its own. Afterwards the page's console must hold no error and no warning but
 * what `expected` allows.
 * @param name of the test
 * @param options `aws`: options of startLocalAws; `live`: with a WebSocket API, whose options are `aws.webSocketApi`, and whose
 *   store of connections is then `aws.connections`; `expected`: patterns of allowed messages; `clock`: milliseconds that the
 *   device's clock is ahead
 * @param run gets `page`, `aws`, `context`, and `restart(options)`, which starts an AWS that was stopped
 */
export function scenario(name, { aws: options = {}, live = false, expected = [], clock = 0 }, run) {
  test(name, { timeout: 60_000 }, async () => {
    const { port, browser, url } = await shared(live);
    const failures = [];
    const common = {
      onError: (error) => void failures.push(error),
      port,
      ...options,
      userPool: { users: [USER, OTHER].map((username) => ({ username, password: PASSWORD })), ...options.userPool },
    };
    const startAws = () =>
      live
        ? startLiveAws(common)
        : startLocalAws({ ...common, apiGateway: { handler: createApi(), ...options.apiGateway } });
    let aws = await startAws();
    const context = await browser.newContext({ baseURL: url });
    try {
      context.setDefaultTimeout(WAIT);
      const messages = watch(context);
      if (clock !== 0) await context.clock.install({ time: Date.now() + clock });
      const page = await context.newPage();
      await page.goto('/');
      const restart = async () => (aws = await startAws());
      await run({ page, aws, context, url, restart });
      const unexpected = messages.filter((message) => !expected.some((pattern) => pattern.test(message)));
      assert.deepEqual(unexpected, [], 'messages in the console');
      assert.deepEqual(failures, [], 'errors inside the local AWS');
    } catch (error) {
      const [page] = context.pages();
      const shown = await page
        ?.locator('body')
        .innerText({ timeout: 1000 })
        .catch(() => '');
      throw new Error(`${error.message}\n\nThe page showed:\n${shown}`, { cause: error });
    } finally {
      await context.close();
      await aws.stop();
    }
  });
}

/** Errors and warnings of all pages of a context. */
export function watch(context) {
  const messages = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) messages.push(`${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => void messages.push(`uncaught: ${error.error().message}`));
  return messages;
}

/** What Chromium itself writes into the console where a server answers with this status. */
export const status = (code) => new RegExp(`Failed to load resource: .* status of ${code}`);
/** The same, where no answer comes. */
export const NO_ANSWER = /Failed to load resource: net::ERR_/;

export const button = (page, name) => page.getByRole('button', { name, exact: true });
export const field = (page, label) => page.getByLabel(label, { exact: true });
export const note = (page, text) => page.getByRole('listitem').filter({ hasText: text });
export const notesPage = (page) => page.getByRole('heading', { name: 'Your notes' });

/** Waits until something is on the page. */
export const see = (locator) => locator.first().waitFor({ state: 'visible', timeout: WAIT });
/** Waits until something is not, or no more, on the page. */
export const seeNot = (locator) => locator.first().waitFor({ state: 'hidden', timeout: WAIT });
/** Waits for an error with this text. */
export const seeProblem = (page, text) => see(page.getByRole('alert').filter({ hasText: text }));

/** Types in name and password. */
export async function sendLogin(page, username = USER, password = PASSWORD) {
  await field(page, 'E-mail').fill(username);
  await field(page, 'Password').fill(password);
  await button(page, 'Log in').click();
}

/** Logs in and waits until the notes are there. */
export async function logIn(page, username, password) {
  await sendLogin(page, username, password);
  await seeNotes(page);
}

/** Waits until the list of notes has been loaded. */
export async function seeNotes(page) {
  await see(notesPage(page));
  await seeNot(page.getByText('Loading your notes'));
}

export async function logOut(page) {
  await button(page, 'Log out').click();
  await see(page.getByRole('heading', { name: 'Log in' }));
}

/** Writes a note and waits until it is in the list. */
export async function addNote(page, text) {
  await field(page, 'New note').fill(text);
  await button(page, 'Add note').click();
  await see(note(page, text));
}

/** The code that was last "sent" to a user. */
export const lastCode = (aws, username) => aws.userPool.codes(username).at(-1).code;

/** What the page's storage holds, as text. */
export const storageText = (page) => page.evaluate('JSON.stringify({ ...localStorage, ...sessionStorage })');

/** Whose signatures the gateway has found good so far, each once, in order. */
export const callers = (aws) => [
  ...new Set(aws.apiGateway.requests.map(({ identityId }) => identityId).filter(Boolean)),
];
