/** Secrets that stand in the wrong place of a command line, or come back in an answer, are not printed. */
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { run } from '../support/cliHarness';
import { LOOK_SECRET } from '../support/secretTexts';

const URL = 'https://api.example.com/';
const SECRETS = LOOK_SECRET.filter(([what]) => /secret access key|JWT/.test(what)).map(([, secret]) => secret);

test.each<[string, (secret: string) => string[]]>([
  ['a command', (secret) => [secret]],
  ['a file', (secret) => ['explain', secret]],
  ['a profile', (secret) => ['call', URL, '--profile', secret]],
  ['an address', (secret) => ['call', secret]],
  ['an option', (secret) => ['call', URL, `--${secret}`]],
  ['parameters', (secret) => ['call', '--path-template', '/{a}', '--params', `{"a":["${secret}"]}`]],
  ['what are no parameters', (secret) => ['call', '--path-template', '/{a}', '--params', secret]],
])('a key or a token in the place of %s', async (_, args) => {
  for (const secret of SECRETS) {
    const { code, out, err } = await run(args(secret));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/expected|could not be read|no profile|no credentials/);
    expect(err).not.toContain(secret);
  }
});

test.each([
  ['the rest of a password that holds a space', ['call', URL, '--password', 'correct', 'horse-7'], 'horse-7'],
  ['a password in the address', ['call', 'https://user:horse-7@api.example.com/'], 'horse-7'],
])('%s', async (_, args, secret) => {
  const { code, out, err } = await run(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^expected /);
  expect(err).not.toContain(secret);
});

describe('an address with a password, however it is written, and whichever command takes it', () => {
  test.each(['explain', 'doctor', 'call', 'presign'])('%s', async (command) => {
    for (const address of [
      'https://user:horse-7@api.example.com/dev',
      'https://user:1@horse-7@api.example.com/dev',
      'https://horse-7@api.example.com/dev',
      'https:user:horse-7@api.example.com/dev',
      'https:\\user:horse-7@api.example.com/dev',
      'user:horse-7@api.example.com/dev',
      '//user:horse-7@api.example.com/dev',
    ]) {
      const { code, out, err } = await run([command, address]);
      expect([address, code, out]).toEqual([address, 2, '']);
      expect(err).toMatch(/expected|could not be read|needs --config/);
      expect(err).not.toContain('horse-7');
    }
  });
});

describe('an answer that is no text', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    const handler = async (request: Request) =>
      new Response(Buffer.concat([Buffer.from(await request.arrayBuffer()), Buffer.of(0xff, 0, 0xfe)]));
    aws = await startLocalAws({ apiGateway: { handler } });
  });
  afterAll(() => aws.stop());

  test('is printed without the session token', async () => {
    const identityId = 'us-east-1:00000000-0000-0000-0000-000000000000';
    const { accessKeyId, secretAccessKey, sessionToken } = aws.store.issue({ identityId, authenticated: true });
    const keys = {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };
    const args = ['call', aws.apiGateway.url, '-d', sessionToken];
    expect((await run(args, keys)).out).toMatch(/^\[hidden\]/);
    const { body } = JSON.parse((await run([...args, '--json'], keys)).out) as { body: { base64: string } };
    expect(Buffer.from(body.base64, 'base64')).toEqual(Buffer.from('[hidden]\xff\0\xfe', 'latin1'));
    expect((await run([...args, '--show-secrets'], keys)).out).toContain(sessionToken);
  });
});
