// The site's signer's workbench in Chromium, against aws4 and the local gateway.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import { test } from 'node:test';
import aws4 from 'aws4';
import { transformSync } from 'esbuild';
import { newClient } from 'sigv4-client';
import { useGateway } from './siteGateway.mjs';
import { visit } from './siteHarness.mjs';

const gateway = useGateway();
const field = (page, name) => page.getByRole('textbox', { name });

test('the workbench gives the signature of another implementation, and marks what changes', async () => {
  const [accessKeyId, secretAccessKey] = ['AKIDEXAMPLE', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'];
  const headers = {
    Accept: 'application/json',
    'X-Amz-Date': '20150830T123600Z',
    Host: 'abc123.execute-api.eu-west-1.amazonaws.com',
  };
  const { Authorization } = aws4.sign(
    { service: 'execute-api', region: 'eu-west-1', path: '/prod/notes?limit=20', headers },
    { accessKeyId, secretAccessKey },
  ).headers;
  await visit('workbench.html', {}, async (page) => {
    const url = field(page, 'URL');
    await url.fill((await url.inputValue()).replace('limit=10', 'limit=20'));
    await page
      .getByText(/Signature=(\w+)/.exec(Authorization)[1])
      .first()
      .waitFor();
    const changed = await page.locator('#stages section:first-child .changed').allTextContents();
    assert.deepEqual(changed, ['limit=20']);
    // Sent to a CDN, which puts the API's own host in the place of its own.
    await url.fill('https://cdn.example.com/prod/notes?limit=20');
    await field(page, 'Signed host').fill(headers.Host);
    await page
      .getByText(/Signature=(\w+)/.exec(Authorization)[1])
      .first()
      .waitFor();
    await field(page, 'Signed host').fill('https://api.example.com/prod');
    await page.getByText('signedHost: expected a host, without scheme and path').waitFor();
    await field(page, 'Signed host').fill('');
    await field(page, 'Time').fill('yesterday');
    await page.getByText('date: expected a valid Date').waitFor();
    assert.ok(await page.getByRole('button', { name: 'Copy as curl' }).isDisabled());
  });
});

/** A proxy that sends the gateway its own host, as CloudFront does it. */
async function startProxy() {
  const { host, hostname, port } = new URL(gateway.url);
  const server = createServer((request, response) => {
    const { method, url: path, headers } = request;
    const onward = send({ hostname, port, method, path, headers: { ...headers, host } }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { stop, host, url: `http://127.0.0.1:${server.address().port}${new URL(gateway.url).pathname}` };
}

test('what the workbench signs for the host behind a proxy passes it, in headers and in the query', async () => {
  const { accessKeyId, secretAccessKey, sessionToken } = gateway.issue();
  const proxy = await startProxy();
  try {
    await visit('workbench.html', {}, async (page) => {
      const fields = {
        URL: `${proxy.url}/notes`,
        'Access key id': accessKeyId,
        'Secret access key': secretAccessKey,
        'Session token': sessionToken,
        Region: 'eu-west-1',
        'Signed host': proxy.host,
      };
      for (const [label, text] of Object.entries(fields)) await field(page, label).fill(text);
      for (const place of ['header', 'query']) {
        await page.getByLabel('Signature goes into').selectOption(place);
        await page.getByRole('button', { name: 'Use the time of now' }).click();
        assert.equal(await shell(await copied(page, 'curl')), 'GET it is');
        const code = await copied(page, 'TypeScript');
        assert.equal(code.includes('presignUrl'), place === 'query');
        assert.equal(await runCopied(code, { accessKeyId, secretAccessKey, sessionToken }), 'GET it is');
      }
      await field(page, 'Signed host').fill('');
      await page.getByRole('button', { name: 'Use the time of now' }).click();
      assert.match(await shell(await copied(page, 'curl')), /The request signature we calculated does not match/);
    });
  } finally {
    proxy.stop();
  }
});

/** Presses a button of the workbench, and gives what it has copied. */
async function copied(page, form) {
  await page.getByRole('button', { name: `Copy as ${form}` }).click();
  return page.evaluate(() => navigator.clipboard.readText());
}

const shell = (command) => new Promise((resolve) => execFile('sh', ['-c', `${command} -s`], (_, out) => resolve(out)));
const runCode = (code, names, ...values) =>
  Object.getPrototypeOf(async () => {}).constructor(...names, code)(...values);

/** Runs copied TypeScript with keys in the environment; gives the text of its response. */
async function runCopied(typeScript, { accessKeyId, secretAccessKey, sessionToken }) {
  const { code } = transformSync(typeScript.replace(/^import .*$/m, ''), { loader: 'ts' });
  const env = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  };
  const response = await runCode(`${code}; return response;`, ['newClient', 'process'], newClient, { env });
  return response.text();
}

test('what the workbench copies is taken by the gateway: curl, fetch, TypeScript; keys are kept nowhere', async () => {
  const { accessKeyId, secretAccessKey, sessionToken } = gateway.issue();
  await visit('workbench.html', {}, async (page) => {
    const fields = {
      URL: `${gateway.url}/notes?q=it's`,
      Headers: 'X-Customer: 7',
      Body: '{"content":"It\'s milk"}',
      'Access key id': accessKeyId,
      'Secret access key': secretAccessKey,
      'Session token': sessionToken,
      Region: 'eu-west-1',
    };
    await page.getByLabel('Method').selectOption('POST');
    for (const [label, text] of Object.entries(fields)) await field(page, label).fill(text);
    await page.getByRole('button', { name: 'Use the time of now' }).click();
    assert.equal(await shell(await copied(page, 'curl')), 'POST it is');
    const response = await runCode(`return ${await copied(page, 'fetch')}`, []);
    assert.equal(await response.text(), 'POST it is');
    const code = await copied(page, 'TypeScript');
    assert.equal(await runCopied(code, { accessKeyId, secretAccessKey, sessionToken }), 'POST it is');
    const kept = await page.evaluate(async () =>
      JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        document.cookie,
        location.href,
        await indexedDB.databases(),
      ]),
    );
    for (const secret of [secretAccessKey, sessionToken, accessKeyId]) assert.ok(!kept.includes(secret), kept);
  });
});
