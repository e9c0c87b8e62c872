// What explains refusals is loaded late, and only for the gateway's own: an app's own 400, 401 or 403 reaches the caller
// without one more request.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { build } from 'esbuild';
import { launch } from './chromium.mjs';

const PAGE = `
import { createApig } from 'sigv4-client/apig';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const config = { apiGateway: { REGION: 'us-east-1', URL: location.origin + '/api' } };
const apig = createApig(config, { credentials });
window.call = (path) =>
  apig.invokeApig({ path, retry: false }).then(
    () => 'resolved',
    ({ status, explanation }) => [status, explanation?.code].join(' '),
  );
`;

/** Answers of an app behind the gateway, and of the gateway itself, by path. */
const ANSWERS = {
  '/api/400': [400, { message: 'The note is too long.' }],
  '/api/401': [401, { message: 'Your session has ended.', code: 'SessionEnded' }],
  '/api/403': [403, { message: 'This note is not yours.' }],
  '/api/plain': [403, 'No.'],
  '/api/refused': [403, { message: 'Missing Authentication Token' }, 'MissingAuthenticationTokenException'],
  '/api/refused-without-type': [403, { message: 'The security token included in the request is invalid.' }],
};

async function serve() {
  const { outputFiles } = await build({
    stdin: { contents: PAGE, resolveDir: process.cwd(), sourcefile: 'page.js' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: '/out',
    write: false,
  });
  const scripts = new Map(outputFiles.map(({ path, text }) => [path.replace(/^.*\/out/, ''), text]));
  const requested = [];
  const server = createServer((request, response) => {
    const script = scripts.get(request.url);
    if (script !== undefined) {
      requested.push(request.url);
      response.setHeader('content-type', 'text/javascript').end(script);
    } else if (request.url in ANSWERS) {
      const [status, body, type] = ANSWERS[request.url];
      response.writeHead(status, { 'content-type': 'application/json', ...(type && { 'x-amzn-errortype': type }) });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    } else response.setHeader('content-type', 'text/html').end('<script type="module" src="/stdin.js"></script>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, requested, url: `http://127.0.0.1:${server.address().port}/` };
}

test("an app's own 400, 401 or 403 loads nothing more, a gateway's refusal what explains it", async () => {
  const { server, requested, url } = await serve();
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction('window.call');
    const first = requested.length;
    for (const path of ['/400', '/401', '/403', '/plain']) {
      assert.equal(await page.evaluate(`window.call('${path}')`), path === '/plain' ? '403 ' : `${path.slice(1)} `);
    }
    assert.equal(requested.length, first, `also loaded: ${requested.slice(first).join(', ')}`);

    assert.equal(await page.evaluate("window.call('/refused')"), '403 MissingAuthentication');
    assert.ok(requested.length > first, 'what explains a refusal is a file of its own');
    assert.equal(await page.evaluate("window.call('/refused-without-type')"), '403 UnknownAccessKey');
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
});
