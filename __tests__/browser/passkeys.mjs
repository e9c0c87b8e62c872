// Passkeys in a page, with the virtual authenticator of Chromium's DevTools protocol: real keys, which the local user pool verifies.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { startLocalAws } from '../../dist/esm/local/index.js';
import { launch } from './chromium.mjs';
import { bundlePageScript } from './pageScript.mjs';

const account = { username: 'user@example.com', password: 'Passw0rd!' };

const PAGE = `
import { createApig, deletePasskey, getPasskey, listPasskeys, registerPasskey } from 'sigv4-client/apig';

const made = (config) => (window.apig = createApig(config, { authFlow: 'USER_AUTH' }));
const outcome = (promise) => promise.catch(({ name, code, message }) => ({ name, code, message }));
const { username, password } = ${JSON.stringify(account)};
const withPasskey = (request) =>
  apig.login(username, undefined, { passkey: (challenge) => getPasskey(challenge, request) }).then(() => 'logged in');
Object.assign(window, {
  made,
  actions: {
    logIn: () => outcome(apig.login(username, password).then(() => 'logged in')),
    logOut: () => apig.logout(),
    call: () => outcome(apig.invokeApig({ path: '/' })),
    register: () => outcome(registerPasskey(apig)),
    list: () => outcome(listPasskeys(apig)),
    remove: (id) => outcome(deletePasskey(apig, id)),
    passkey: (request) => outcome(withPasskey(request)),
  },
});
`;

let browser, server, aws, origin;
before(async () => {
  const script = await bundlePageScript(PAGE);
  const html = '<input autocomplete="username webauthn"><script src="/page.js"></script>';
  server = createServer(({ url }, response) => {
    const isScript = url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://localhost:${server.address().port}`;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.close();
  server?.closeAllConnections();
});

/** A page with an authenticator, and a local AWS of its own. */
async function open(passkeys = {}, authenticator = {}) {
  aws = await startLocalAws({
    userPool: { users: [account], firstFactors: ['PASSWORD', 'WEB_AUTHN'], passkeys },
    apiGateway: { handler: (_request, { identityId }) => Response.json(identityId) },
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(origin);
  const devTools = await context.newCDPSession(page);
  await devTools.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    ...authenticator,
  };
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', { options });
  await page.evaluate((config) => void window.made(config), aws.config);
  return {
    /** Calls one of the page's actions. */
    act: (name, ...given) => page.evaluate(([action, args]) => window.actions[action](...args), [name, given]),
    keys: async () => (await devTools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    setVerified: (isUserVerified) => devTools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    async close() {
      await context.close();
      await aws.stop();
    },
  };
}

test('a passkey is registered, listed, used from a dialog and from autofill, and deleted', async () => {
  const page = await open();
  try {
    assert.equal(await page.act('logIn'), 'logged in');
    const identity = await page.act('call');
    assert.match(identity, /^us-east-1:/);

    const { id } = await page.act('register');
    const [key, ...others] = await page.keys();
    assert.equal(others.length, 0);
    assert.equal(Buffer.from(key.credentialId, 'base64').toString('base64url'), id);
    assert.equal(key.rpId, 'localhost');
    const [passkey] = await page.act('list');
    assert.deepEqual([passkey.id, passkey.name, passkey.relyingPartyId], [id, 'Passkey 1', 'localhost']);
    assert.equal((await page.act('register')).name, 'InvalidStateError'); // the authenticator has one already

    for (const request of [undefined, { mediation: 'conditional' }, { mediation: 'required' }]) {
      await page.act('logOut');
      assert.equal((await page.act('call')).code, 'NotLoggedIn');
      assert.equal(await page.act('passkey', request), 'logged in');
      assert.equal(await page.act('call'), identity);
    }
    assert.equal((await page.keys())[0].signCount, key.signCount + 3);

    await page.act('remove', id);
    assert.deepEqual(await page.act('list'), []);
    await page.act('logOut');
    const { name } = await page.act('passkey');
    assert.equal(name, 'LoginChallengeError'); // a password is all that is left
  } finally {
    await page.close();
  }
});

test('where the user is not verified, or the page is another one than the relying party, it is refused in words', async () => {
  const strict = await open({ userVerification: 'required' });
  try {
    await strict.act('logIn');
    await strict.act('register');
    await strict.act('logOut');
    await strict.setVerified(false);
    assert.equal((await strict.act('passkey')).name, 'NotAllowedError');
    await strict.setVerified(true);
    assert.equal(await strict.act('passkey'), 'logged in');
  } finally {
    await strict.close();
  }
  const elsewhere = await open({ relyingPartyId: 'example.com' });
  try {
    await elsewhere.act('logIn');
    assert.equal((await elsewhere.act('register')).name, 'SecurityError'); // the browser's own word
  } finally {
    await elsewhere.close();
  }
});
