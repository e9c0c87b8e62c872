/** An app of the old kind, its helper functions untouched, in front of `sigv4-client local`. */
import { execFile } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { folder, start, write } from '../../support/cliHarness';
import { freePorts } from '../../support/localAwsHarness';

const [email, password] = ['user@example.com', 'An0ther-pass'];

/** Builds the app as it stands, with its configuration and the file in the old signer's place. */
async function buildApp(config: unknown): Promise<string> {
  const tutorial = resolve('__tests__/vectors/tutorial');
  for (const name of readdirSync(tutorial)) copyFileSync(join(tutorial, name), join(folder, name));
  copyFileSync(resolve('copy-in/sigV4Client.js'), join(folder, 'sigV4Client.js'));
  write('config.js', `export default ${JSON.stringify(config)};`);
  const outfile = join(folder, 'app.mjs');
  await build({
    stdin: { contents: "import './edge.js'; import './app.js';", resolveDir: folder },
    bundle: true,
    format: 'esm',
    platform: 'node',
    nodePaths: [resolve('node_modules')],
    // What is required from within bundled CommonJS is Node's own.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    outfile,
  });
  return outfile;
}

test('the functions of a tutorial log in, call the API and log out', async () => {
  const local = start(['local', '--port', String(await freePorts()), '--json', '--user', `${email}:${password}`]);
  await local.printed(/\n/);
  const { cognito, apiGateway } = JSON.parse(local.out()) as { cognito: Record<string, string>; apiGateway: object };
  const { USER_POOL_ENDPOINT: userPool, IDENTITY_POOL_ENDPOINT: identityPool, ...ids } = cognito;
  const app = await buildApp({ cognito: ids, apiGateway });
  const { stdout } = await promisify(execFile)(process.execPath, [app], {
    env: {
      EMAIL: email,
      PASSWORD: password,
      USER_POOL: userPool,
      IDENTITY_POOL: identityPool,
      AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1',
    },
  });
  const lines = stdout.trim().split('\n');
  const shown = Object.fromEntries(lines.map((line) => JSON.parse(line) as [string, unknown]));
  const note = {
    id: expect.stringMatching(/^[\da-f-]{36}$/) as string,
    content: 'Grüße aus der Küche',
    attachment: 'a file.txt',
    createdAt: expect.any(String) as string,
    updatedAt: expect.any(String) as string,
  };
  expect(shown).toEqual({
    before: 'User is not logged in',
    'wrong password': 'Incorrect username or password.',
    'logged in': true,
    made: note,
    list: [note],
    read: note,
    changed: 'Changed',
    deleted: '{"message":"Note not found"}',
    refused: '{"message":"content: expected a text that is not empty."}',
    after: 'User is not logged in',
  });
  local.child.kill('SIGTERM');
  await local.ended;
  expect(local.err()).not.toMatch(/nobody/);
});
