// Sockets in a page, which may set no headers on a connection and is told of no refusal: signed, kept, and refused in words.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { startLocalAws } from 'sigv4-client/local';
import { launch } from './chromium.mjs';
import { bundlePageScript } from './pageScript.mjs';

const USER = { username: 'user@example.com', password: 'Passw0rd!' };

const PAGE = `
import { newClient } from 'sigv4-client';
import { createApig } from 'sigv4-client/apig';
import { createApigSocket, createSignedSocket, SignedWebSocket } from 'sigv4-client/socket';

const next = (socket, type) => new Promise((resolve) => socket.addEventListener(type, resolve, { once: true }));
const region = 'us-east-1';

globalThis.echo = async (config, { username, password }, url) => {
  const apig = createApig(config);
  await apig.login(username, password);
  const socket = createApigSocket(apig, { url });
  socket.send('before it is open'); // waits for the connection
  const first = (await next(socket, 'message')).data;
  socket.send('Bücher');
  const second = (await next(socket, 'message')).data;
  const error = next(socket, 'error');
  const close = next(socket, 'close');
  await apig.logout();
  return { first, second, afterLogout: (await error).error.code, wasClean: (await close).wasClean, state: socket.readyState };
};

globalThis.refused = async (credentials, url, options) => {
  const signed = newClient({ credentials, endpoint: url, region }).presignUrl();
  const native = (await next(new WebSocket(signed), 'close')).code;
  const socket = createSignedSocket({ url, credentials, region, ...options });
  const after = Promise.race([next(socket, 'reconnecting'), next(socket, 'close')]);
  const { error } = await next(socket, 'error');
  const { type } = await after;
  socket.close();
  return { native, code: error.explanation?.code, then: type };
};

globalThis.byClass = async (credentials, url, options) => {
  const Signed = SignedWebSocket.with({ credentials, region, ...options });
  const socket = new Signed(url);
  socket.binaryType = 'arraybuffer';
  await next(socket, 'open');
  socket.send('through the class');
  const { data } = await next(socket, 'message');
  socket.close(1000);
  return { data, code: (await next(socket, 'close')).code };
};
`;

const s = { servers: [] };
before(async () => {
  const script = await bundlePageScript(PAGE);
  s.aws = await startLocalAws({ userPool: { users: [USER] }, webSocketApi: { stage: 'prod' } });
  s.site = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><link rel="icon" href="data:,"><script>${script}</script>`);
  }).listen(0, '127.0.0.1');
  await once(s.site, 'listening');
  s.browser = await launch();
  s.page = await s.browser.newPage();
  await s.page.goto(`http://127.0.0.1:${s.site.address().port}`);
});
after(async () => {
  await s.browser?.close();
  for (const server of [s.site, ...s.servers]) {
    server?.closeAllConnections();
    server?.close();
  }
  await s.aws?.stop();
});

/** What CloudFront with a response headers policy is to the API: connections pass through it, and answers get CORS headers. */
async function startFront(target) {
  const { hostname, port, host } = new URL(target.replace('ws', 'http'));
  const server = createServer(({ method, url }, response) => {
    forward({ hostname, port, method, path: url, headers: { host } }, (answer) => {
      const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'x-amzn-errortype' };
      response.writeHead(answer.statusCode, { ...answer.headers, ...cors });
      answer.pipe(response);
    }).end();
  });
  server.on('upgrade', ({ url, rawHeaders }, socket) => {
    const upstream = connect(Number(port), hostname);
    const headers = rawHeaders.flatMap((name, i) => (i % 2 ? [] : [[name, rawHeaders[i + 1]]]));
    const lines = headers.map(([name, value]) => `${name}: ${/^host$/i.test(name) ? host : value}`);
    upstream.write([`GET ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ])
      one.on('error', () => other.destroy()).pipe(other);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, host, url: `ws://127.0.0.1:${server.address().port}/prod` };
}

const issue = () => {
  const { accessKeyId, secretAccessKey, sessionToken } = s.aws.store.issue({
    ...{ identityId: 'us-east-1:11111111-2222-3333-4444-555555555555', authenticated: true, username: USER.username },
  });
  return { accessKeyId, secretAccessKey, sessionToken };
};

test('a page’s socket sends what waited, gets its echo, and ends when the user logs out', async () => {
  const result = await s.page.evaluate(
    ([config, user, url]) => globalThis.echo(config, user, url),
    [s.aws.config, USER, s.aws.webSocketApi.url],
  );
  assert.deepEqual(result, {
    first: 'before it is open',
    second: 'Bücher',
    afterLogout: 'SessionChanged',
    wasClean: true,
    state: 3,
  });
});

const wrongKeys = () => ({ ...issue(), secretAccessKey: 'x'.repeat(40) });

test('a page cannot read why a connection was refused: the socket says so, and goes on', async () => {
  const refused = ([keys, url]) => globalThis.refused(keys, url, { reconnect: { baseDelay: 1 } });
  const result = await s.page.evaluate(refused, [wrongKeys(), s.aws.webSocketApi.url]);
  assert.deepEqual(result, { native: 1006, code: 'CorsHidden', then: 'reconnecting' });
});

test('behind a CloudFront that adds CORS headers, the page learns why, and the socket ends', async () => {
  const front = await startFront(s.aws.webSocketApi.url);
  s.servers.push(front.server);
  const { url, host: signedHost } = front;
  const refused = ([keys, url, options]) => globalThis.refused(keys, url, options);
  const result = await s.page.evaluate(refused, [wrongKeys(), url, { signedHost }]);
  assert.deepEqual(result, { native: 1006, code: 'WrongSecretKey', then: 'close' });
  const echo = ([keys, url, options]) => globalThis.byClass(keys, url, options);
  assert.equal((await s.page.evaluate(echo, [issue(), url, { signedHost }])).data, 'through the class');
});

test('the class for libraries, in a page', async () => {
  const result = await s.page.evaluate(
    ([keys, url]) => globalThis.byClass(keys, url),
    [issue(), s.aws.webSocketApi.url],
  );
  assert.deepEqual(result, { data: 'through the class', code: 1000 });
});
