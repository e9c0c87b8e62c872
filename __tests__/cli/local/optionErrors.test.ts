/** What `sigv4-client local` says of options: by the name under which they were given. */
import { run, write } from '../../support/cliHarness';

test.each<[string, string[], RegExp]>([
  ['--lambda', ['--lambda', 'handler.create'], /^--lambda: expected a \.mjs, \.cjs, \.js or \.ts file, got \S+create$/],
  ['--lambda', ['--lambda', 'none.mjs'], /^--lambda: \S+none\.mjs does not exist$/],
  ['--lambda', ['--lambda', 'there.mjs#'], /^--lambda: expected the name of an export, got/],
  ['--target', ['--target', '127.0.0.1:3000'], /^--target: expected an http: or https: URL/],
  ['--frontend', ['--frontend', 'alb'], /^--frontend: expected 'rest', 'http' or 'functionUrl', got "alb"$/],
  ['--stage', ['--stage', 'a b'], /^--stage: expected letters, digits/],
  ['--base-path', ['--base-path', 'v1'], /^--base-path: expected/],
  ['--websocket-route', ['--websocket-route', '$default=none.mjs'], /^--websocket-route: \S+none\.mjs does not exist$/],
  ['--user', ['--user', ':x'], /^--user: expected NAME:PASSWORD$/],
  ['--user', ['--user', 'a:Passw0rd!', '--user', 'a:Passw0rd!'], /^--user: /],
  ['--state', ['--state', 'no/such/folder/x'], /^--state: .*could not be written/],
])('%s, of the command line', async (_, args, message) => {
  write('there.mjs', 'export const handler = () => undefined;');
  const { code, err } = await run(['local', '--port', '0', ...args]);
  expect([code, err.trim()]).toEqual([2, expect.stringMatching(message)]);
});

test.each<[string, object, string[], RegExp]>([
  ['apiGateway.lambda', { apiGateway: { lambda: 'none.mjs' } }, [], /^apiGateway\.lambda\.file: /],
  ['apiGateway.stage', { apiGateway: { stage: 'a b' } }, ['--frontend', 'http'], /^apiGateway\.stage: /],
  ['userPool.users', { userPool: { users: [{ username: 'a' }] } }, [], /^userPool\.users\[0\]\.password: /],
])('%s, of the file of --config', async (_, options, args, message) => {
  write('options.json', JSON.stringify(options));
  const { code, err } = await run(['local', '--port', '0', '--config', 'options.json', ...args]);
  expect([code, err.trim()]).toEqual([2, expect.stringMatching(message)]);
});
