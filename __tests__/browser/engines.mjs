// `npm run test:engines`: the copied file, the signer and the chain in Firefox and in WebKit, against a local AWS. An engine that
// the machine does not have is named and skipped; with CI_ENGINES=firefox,webkit it has to be there.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import aws4 from 'aws4';
import { build } from 'esbuild';
import { firefox, webkit } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { startLocalAws } from 'sigv4-client/local';

const USER = { username: 'user@example.com', password: 'Passw0rd!' };

/** What the page does; `globalThis.story` gives what came of it. */
const STORY = `
import copied from ${JSON.stringify(resolve('copy-in/sigV4Client.js'))};
import { createSignedFetch, newClient } from 'sigv4-client';
import { createApig } from 'sigv4-client/apig';

const SUITE = {
  accessKey: 'AKIDEXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  endpoint: 'https://example.amazonaws.com',
  region: 'us-east-1',
  serviceName: 'service',
};
const REQUEST = { path: '/', queryParams: { Param2: 'value2', Param1: 'value1' }, date: new Date('2015-08-30T12:36:00Z') };
const signatureOf = ({ newClient }) =>
  new URL(newClient(SUITE).presignUrl({ ...REQUEST, expiresIn: 3600 })).searchParams.get('X-Amz-Signature');

globalThis.story = async (config, { username, password }) => {
  const apig = createApig(config);
  await apig.login(username, password);
  const note = await apig.invokeApig({ path: '/notes', method: 'POST', body: { content: 'Bücher' } });
  const again = createApig(config); // as after a reload
  const session = again.getSession();
  const listed = await again.invokeApig({ path: '/notes', queryParams: { 'a b': "!'()*" } });
  const response = await createSignedFetch({ credentials: apig.credentials, region: config.apiGateway.REGION })(
    config.apiGateway.URL + '/notes',
    { method: 'POST', body: new Blob(['{"content":"x"}'], { type: 'application/json' }) },
  );
  const credentials = { ...(await apig.getAwsCredentials()), secretAccessKey: 'another' };
  const refused = await createApig(config, { credentials })
    .invokeApig({ path: '/notes' })
    .catch((error) => error.explanation?.code);
  await apig.logout();
  return {
    signatures: [signatureOf({ newClient }), signatureOf(copied)],
    content: note.content,
    listed: listed.some(({ id }) => id === note.id),
    email: session?.claims.email,
    posted: response.status,
    refused,
    afterLogout: again.getSession(),
  };
};
`;

/** What aws4 signs for the request that the page presigns. */
function expectedSignature() {
  const query = 'Param2=value2&Param1=value1&X-Amz-Date=20150830T123600Z&X-Amz-Expires=3600';
  const request = {
    host: 'example.amazonaws.com',
    path: `/?${query}`,
    service: 'service',
    region: 'us-east-1',
    signQuery: true,
  };
  const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
  return /X-Amz-Signature=([\da-f]{64})/.exec(aws4.sign(request, keys).path)[1];
}

/** Starts Firefox over WebDriver BiDi: Playwright's own where it is installed, else the system's. */
async function launchFirefox() {
  if (existsSync(firefox.executablePath())) return firefox.launch();
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => ['firefox-esr', 'firefox'].map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (found === undefined) return undefined;
  return puppeteer.launch({ browser: 'firefox', executablePath: found, headless: true });
}

async function launchWebkit() {
  return existsSync(webkit.executablePath()) ? webkit.launch() : undefined;
}

const engines = { firefox: launchFirefox, webkit: launchWebkit };
const required = (process.env.CI_ENGINES ?? '').split(',').filter((name) => name !== '');
let aws, site, folder;

before(async () => {
  aws = await startLocalAws({ userPool: { users: [USER] } });
  folder = mkdtempSync(join(tmpdir(), 'sigv4-client-engines-'));
  writeFileSync(join(folder, 'story.js'), STORY);
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'story.js')],
    bundle: true,
    format: 'iife',
    write: false,
    absWorkingDir: resolve('.'),
    nodePaths: [resolve('node_modules')],
    alias: { 'sigv4-client': resolve('.') },
    logLevel: 'warning',
  });
  const page = '<!doctype html><meta charset="utf-8"><title>story</title><script src="/story.js"></script>';
  site = createServer((request, response) => {
    const isScript = request.url === '/story.js';
    response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(isScript ? outputFiles[0].text : page);
  });
  await new Promise((done) => site.listen(0, '127.0.0.1', done));
});
after(async () => {
  await aws?.stop();
  site?.closeAllConnections();
  site?.close();
  if (folder) rmSync(folder, { recursive: true });
});

for (const [name, launch] of Object.entries(engines)) {
  test(`${name}: the copied file, the signer, the chain, an explained refusal`, async (t) => {
    const browser = await launch();
    if (!browser) {
      assert.ok(!required.includes(name), `${name} has to be there, and is not`);
      return t.skip(`there is no ${name} on this machine`);
    }
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${site.address().port}/`);
      // The config goes as text: both libraries' evaluate take one argument alike.
      const run = `story(${JSON.stringify(aws.config)}, ${JSON.stringify(USER)}).then(JSON.stringify)`;
      const found = JSON.parse(await page.evaluate(run));
      assert.deepEqual(found, {
        signatures: [expectedSignature(), expectedSignature()],
        content: 'Bücher',
        listed: true,
        email: USER.username,
        posted: 200,
        refused: 'WrongSecretKey',
        afterLogout: null,
      });
    } finally {
      await browser.close();
    }
  });
}
