// Redirects in a page, which may not see where they lead: refused in words, and the token goes to no other origin.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { launch } from './chromium.mjs';
import { bundlePageScript } from './pageScript.mjs';

const TOKEN = 'the-session-token';
const SIGNATURE = /the-session-token|authorization|x-amz-|Signature=/i;

const PAGE = `
import { createSignedFetch } from 'sigv4-client';
import { createApig } from 'sigv4-client/apig';
import { signAxios } from 'sigv4-client/axios';
import newest from 'axios';
import axios17 from 'axios-1.7';
import axios16 from 'axios-1.6';
import axios11 from 'axios-1.1';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: '${TOKEN}' };
const versions = { newest, axios17, axios16, axios11 };
const describe = (error) => [error.name, error.code, error.message].join('|');

window.signedFetch = (url, init) =>
  createSignedFetch({ credentials })(url, init).then(({ status, type }) => status + ' ' + type, describe);
window.invokeApig = (url, method) =>
  createApig({ apiGateway: { REGION: 'us-east-1', URL: url } }, { credentials })
    .invokeApig({ path: '/', method, responseType: 'text' })
    .then((text) => text, describe);
window.callAxios = (name, url, config) => {
  const api = versions[name].create(config);
  signAxios(api, { credentials });
  const progress = () => undefined;
  // axios's fetch adapter streams for it, which Chromium does not do over HTTP/1.1
  const upload = config.adapter === 'fetch' ? {} : { onUploadProgress: progress };
  return api.request({ url, ...upload, ...config }).then(({ status }) => String(status), describe);
};
`;

/** A server of an API: /moved leads to `target`, all else answers. Everything that comes is recorded. */
async function serve(handle) {
  const seen = [];
  const server = createServer((request, response) => {
    seen.push({ method: request.method, headers: JSON.stringify(request.rawHeaders), url: request.url });
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*');
    response.setHeader('access-control-allow-methods', '*');
    response.setHeader('cache-control', 'no-store');
    if (request.method === 'OPTIONS') response.end();
    else handle(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, seen, url: `http://127.0.0.1:${server.address().port}` };
}

const s = {};
before(async () => {
  const script = await bundlePageScript(PAGE, 'esm');
  s.other = await serve((_, response) => response.end('other'));
  s.api = await serve((request, response) => {
    const status = Number(/^\/moved\/(\d+)/.exec(request.url)?.[1] ?? 200);
    const location = request.url.endsWith('within') ? '/there' : `${s.other.url}/there`;
    response.writeHead(status, status === 200 ? {} : { location }).end('here');
  });
  s.site = await serve((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<script type="module" src="/page.js"></script>');
  });
  s.browser = await launch();
  s.page = await s.browser.newPage();
  await s.page.goto(s.site.url);
});
after(async () => {
  await s.browser?.close();
  for (const { server } of [s.other, s.api, s.site]) {
    server.closeAllConnections();
    server.close();
  }
});

const call = (name, ...args) => s.page.evaluate(([fn, ...given]) => window[fn](...given), [name, ...args]);
/** How often the API has been asked, and that nothing has gone elsewhere. */
function takeCalls() {
  for (const { headers } of s.other.seen) assert.doesNotMatch(headers, SIGNATURE);
  assert.equal(s.other.seen.length, 0);
  return s.api.seen.splice(0).filter(({ method }) => method !== 'OPTIONS').length;
}

for (const kind of ['elsewhere', 'within']) {
  for (const status of [301, 302, 303, 307, 308]) {
    for (const method of ['GET', 'POST']) {
      test(`${method} ${status} ${kind}`, async () => {
        const path = `/moved/${status}/${kind}`;
        const words = `the API answered with a redirect which a page may not see. Call the final URL instead.`;
        const refused = `RequestError|InvalidResponse|${method} ${path}: ${words}`;
        assert.equal(await call('signedFetch', s.api.url + path, { method }), refused);
        assert.equal(takeCalls(), 1);
        const below = await call('invokeApig', `${s.api.url}/moved/${status}`, method);
        assert.match(below, /^RequestError\|InvalidResponse\|.*which a page may not see/);
        assert.equal(takeCalls(), 1);
        for (const name of ['newest', 'axios17']) {
          for (const adapter of [undefined, 'xhr', 'fetch', ['xhr', 'fetch']]) {
            const config = { method, ...(adapter && { adapter }), ...(method === 'POST' && { data: { a: 1 } }) };
            assert.equal(await call('callAxios', name, s.api.url + path, config), refused);
            assert.equal(takeCalls(), 1);
          }
        }
      });
    }
  }
}

test('what does not redirect answers', async () => {
  assert.equal(await call('signedFetch', `${s.api.url}/x`), '200 cors');
  assert.equal(await call('invokeApig', s.api.url, 'POST'), 'here');
  for (const name of ['newest', 'axios17']) {
    assert.equal(await call('callAxios', name, `${s.api.url}/x`, { method: 'POST', data: { a: 1 } }), '200');
  }
});

test('an axios that has XMLHttpRequest only is refused in words, before anything is sent', async () => {
  takeCalls();
  for (const name of ['axios16', 'axios11']) {
    const words = await call('callAxios', name, `${s.api.url}/x`, { method: 'POST' });
    assert.match(
      words,
      /^SigV4Error\|InvalidOption\|adapter: expected axios's fetch adapter, which axios 1\.7 and later have/,
    );
  }
  assert.equal(takeCalls(), 0);
});

test("the app's own redirect option means what it means to fetch", async () => {
  const url = `${s.api.url}/moved/302`;
  assert.equal(await call('signedFetch', url, { redirect: 'manual' }), '0 opaqueredirect');
  assert.match(await call('signedFetch', url, { redirect: 'error', retry: false }), /^RequestError\|NetworkError/);
  takeCalls();
});
