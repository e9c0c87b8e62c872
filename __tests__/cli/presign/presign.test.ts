/** `sigv4-client presign`: links that AWS, or the local one, takes. */
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { run, write } from '../../support/cliHarness';
import { open } from '../../support/webSocketHarness';

const [username, password] = ['user@example.com', 'Passw0rd!'];
const SIGNED_IN = ['--config', 'aws.json', '--user', username, '--password', password];
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({
    region: 'eu-west-1',
    userPool: { users: [{ username, password }] },
    apiGateway: { handler: (request) => Response.json(`${request.method} ${new URL(request.url).pathname}`) },
    webSocketApi: {},
  });
  write('aws.json', JSON.stringify(aws.config));
});
afterAll(() => aws.stop());

const linkOf = ({ out }: { out: string }) => new URL(out.trim());

test('of a path below the API’s, as a user, for the region of the configuration', async () => {
  const link = linkOf(await run(['presign', '/notes', ...SIGNED_IN]));
  expect(await (await fetch(link)).json()).toBe('GET /notes');
  expect(link.searchParams.get('X-Amz-Credential')).toContain('/eu-west-1/execute-api/');
});

test('of another method, as JSON, with its end', async () => {
  const { out } = await run(['presign', '/notes', '-X', 'delete', '--expires', '60', '--json', ...SIGNED_IN]);
  const { url, expires } = JSON.parse(out) as { url: string; expires: string };
  expect(await (await fetch(url, { method: 'DELETE' })).json()).toBe('DELETE /notes');
  const signed = new URL(url).searchParams.get('X-Amz-Date')!;
  const sixtySecondsLater = new Date(expires).getTime() - 60_000;
  expect(new Date(sixtySecondsLater).toISOString().replace(/[-:]|\.000/g, '')).toBe(signed);
});

test('of a WebSocket API', async () => {
  const link = linkOf(await run(['presign', aws.webSocketApi!.url, '--region', 'eu-west-1', ...SIGNED_IN]));
  const { socket, next } = await open(link.href);
  socket.send('hello');
  expect(await next()).toBe('hello');
  socket.close();
});

test.each([
  ['its host', 'https://abc123.execute-api.eu-west-1.amazonaws.com/dev', [], /eu-west-1\/execute-api/],
  ['its host without https://', 'bucket.s3.eu-central-1.amazonaws.com/a.pdf', [], /eu-central-1\/s3/],
  ['the environment, where the host says nothing', 'https://api.example.com/', [], /us-west-2\/execute-api/],
  ['--region and --service', 'https://api.example.com/', ['--region', 'x-1', '--service', 'y'], /x-1\/y/],
])('is signed for what %s says', async (_, url, args, scope) => {
  const ended = await run(['presign', url, ...args], { ...KEYS, AWS_REGION: 'us-west-2' });
  expect(ended).toMatchObject({ code: 0, err: '' });
  expect(linkOf(ended).searchParams.get('X-Amz-Credential')).toMatch(scope);
});

test.each<[string, string[], RegExp]>([
  ['no address', [], /^expected the URL to sign, or a path/],
  ['a path alone', ['/notes'], /^\/notes: a path needs --config/],
  ['an address that is none', ['not a url'], /^expected a URL or a path/],
  ['too long a time', ['https://api.example.com/', '--expires', '604801'], /^--expires: expected seconds, 1 to 604800/],
  ['a user without a configuration', ['https://api.example.com/', '--user', 'a'], /^--user: expected --config/],
])('%s ends with 2', async (_, args, message) => {
  const { code, out, err } = await run(['presign', ...args]);
  expect([code, out, err.trim()]).toEqual([2, '', expect.stringMatching(message)]);
});
