// The main job from end to end, with no AWS account: log in, get credentials, sign, call. Everything goes over real HTTP:
// the Cognito client library, aws-sdk and fetch talk to the local user pool, identity pool and API gateway, which
// `sigv4-client local` runs as anybody would. Needs the build: `npm run demo` makes it first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';
const { explain, newClient } = await import('sigv4-client');
const { createApig } = await import('sigv4-client/invoke-apig');

const username = 'user@example.com';
const password = 'Passw0rd!';

const title = (text) => console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 76 - text.length))}`);
const show = (name, value) => console.log(`  ${name.padEnd(24)}${value}`);
const print = (value) => console.log(inspect(value).replace(/^/gm, '  '));
const shorten = (text, length = 60) =>
  text.length > length ? `${text.slice(0, length)}… (${text.length} characters)` : text;

/** Prints what goes out under the signature, then sends it. */
async function printingFetch(url, init) {
  const request = new Request(url, init);
  console.log(`  ${request.method} ${new URL(request.url).pathname}`);
  for (const [name, value] of request.headers) {
    const shown = name === 'authorization' ? value.replace(/(Signature=.{8}).*/, '$1…') : shorten(value, 40);
    console.log(`    ${name}: ${shown}`);
  }
  const response = await fetch(url, init);
  console.log(`  → ${response.status} ${response.statusText}`);
  return response;
}

/** `npx sigv4-client local`, on free ports: its configuration stands on the first line that it prints. */
async function startLocalAws() {
  const command = ['local', '--port', '0', '--json', '--user', `${username}:${password}`];
  const cli = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
  const child = spawn(process.execPath, [cli, ...command], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const first = once(createInterface({ input: child.stdout }), 'line');
  const [line] = await Promise.race([first, ended.then(() => Promise.reject(new Error('the local AWS ended')))]);
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { config: JSON.parse(line), stop };
}

const aws = await startLocalAws();
try {
  title('AWS on this machine');
  show('user pool', aws.config.cognito.USER_POOL_ENDPOINT);
  show('identity pool', aws.config.cognito.IDENTITY_POOL_ENDPOINT);
  show('API gateway (IAM)', aws.config.apiGateway.URL);

  const { login, logout, getCurrentUser, getUserToken, getAwsCredentials, invokeApig } = createApig(aws.config, {
    fetch: printingFetch,
  });

  title('login: the user pool checks the password over SRP');
  await login(username, password);
  const token = await getUserToken(getCurrentUser());
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
  for (const name of ['iss', 'aud', 'token_use', 'cognito:username', 'email', 'exp']) {
    show(name, name === 'exp' ? new Date(claims.exp * 1000).toISOString() : claims[name]);
  }

  title('getAwsCredentials: the identity pool takes the ID token');
  const credentials = await getAwsCredentials(token);
  show('accessKeyId', credentials.accessKeyId);
  show('secretAccessKey', `${'*'.repeat(36)} (masked)`);
  show('sessionToken', shorten(credentials.sessionToken, 40));
  show('expires', credentials.expiration.toISOString());

  title('invokeApig: create');
  const note = await invokeApig({ path: '/notes', method: 'POST', body: { content: 'Buy milk' } });
  print(note);

  title('invokeApig: list');
  print(await invokeApig({ path: '/notes', queryParams: { limit: 10 } }));

  title('invokeApig: update');
  print(await invokeApig({ path: `/notes/${note.id}`, method: 'PUT', body: { content: 'Buy oat milk' } }));

  title('invokeApig: delete');
  print(await invokeApig({ path: `/notes/${note.id}`, method: 'DELETE' }));

  title('the same call with a wrong secret is refused');
  const { REGION: region, URL: endpoint } = aws.config.apiGateway;
  const { accessKeyId: accessKey, sessionToken } = credentials;
  const impostor = newClient({ accessKey, secretKey: 'a-wrong-secret', sessionToken, region, endpoint });
  const signed = impostor.signRequest({ path: '/notes' });
  const refused = await printingFetch(signed.url, signed);
  const body = await refused.text();
  const { message } = JSON.parse(body);
  for (const line of message.replaceAll(sessionToken, shorten(sessionToken, 20)).split('\n'))
    console.log(`  | ${line}`);
  if (refused.status !== 403) throw new Error(`expected 403, got ${refused.status}`);

  title('explain: why?');
  const { cause, advice } = explain({ status: refused.status, headers: refused.headers, body }, signed);
  show('cause', cause);
  show('advice', advice);

  await logout();
  title('done');
} finally {
  await aws.stop();
}
