/** Where commands find keys: the environment, and profiles. */
import { startLocalAws } from '../../../src/local';
import type { LocalAws } from '../../../src/local';
import { folder, run, write } from '../../support/cliHarness';

let aws: LocalAws;
let call: string[];
let keys: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
beforeAll(async () => {
  aws = await startLocalAws({ apiGateway: { handler: () => new Response('reached') } });
  keys = aws.store.issue({ identityId: 'us-east-1:00000000-0000-0000-0000-000000000000', authenticated: true });
  call = ['call', aws.apiGateway.url];
  const ini = `aws_access_key_id = ${keys.accessKeyId} # comment\naws_secret_access_key=${keys.secretAccessKey}\naws_session_token = ${keys.sessionToken}\n`;
  write(
    'credentials',
    `[default]\n${ini}\n; comment\n[keys]\n${ini}[half]\naws_access_key_id = AKIDEXAMPLE\n[both]\n${ini}`,
  );
  const printed = JSON.stringify({
    Version: 1,
    AccessKeyId: keys.accessKeyId,
    SecretAccessKey: keys.secretAccessKey,
    SessionToken: keys.sessionToken,
  });
  write('process.cjs', `console.log(${JSON.stringify(printed)})`);
  write('bad.cjs', `console.log('a-secret-of-the-program')`);
  write(
    'config',
    `[default]\nregion = us-east-1\n[profile process]\nregion=us-east-1\ncredential_process = "${process.execPath}" process.cjs\n` +
      `[profile bad]\ncredential_process = "${process.execPath}" bad.cjs\n[profile failing]\ncredential_process = exit 3\n` +
      `[profile sso]\nsso_session = my\nsso_account_id = 1\n[sso-session my]\nsso_start_url = https://x\n` +
      `[profile "role"]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = keys\n` +
      // As people have it whose keys and role go by one name: AWS's tools assume the role with the keys.
      `[profile both]\nrole_arn = arn:aws:iam::123456789012:role/x\nsource_profile = both\n`,
  );
});
afterAll(() => aws.stop());

const shared = () => ({ AWS_SHARED_CREDENTIALS_FILE: `${folder}/credentials` });
const environment = () => ({
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  AWS_SESSION_TOKEN: keys.sessionToken,
});

test.each<[string, string[], () => Record<string, string>]>([
  ['the environment', [], environment],
  ['the profile default', [], shared],
  ['--profile', ['--profile', 'keys'], shared],
  ['AWS_PROFILE', [], () => ({ ...shared(), AWS_PROFILE: 'process' })],
  [
    'a profile before the environment',
    ['--profile', 'keys'],
    () => ({ ...shared(), ...environment(), AWS_ACCESS_KEY_ID: 'x' }),
  ],
])('%s', async (_, args, env) => {
  expect(await run([...call, ...args], env())).toEqual({ code: 0, out: 'reached\n', err: '' });
});

test.each<[string, string, RegExp]>([
  [
    'one that is not there',
    'nobody',
    /^--profile: no profile of the name 'nobody' was found in \S+credentials or \S+config$/,
  ],
  ['one that lacks a key', 'half', /^--profile: 'half' has neither aws_access_key_id and aws_secret_access_key nor/],
  ['SSO', 'sso', /IAM Identity Center.*aws configure export-credentials --profile sso --format env/],
  ['an assumed role', 'role', /an assumed role \(role_arn\).*export-credentials --profile role/],
  ['an assumed role beside the keys that it is assumed with', 'both', /an assumed role \(role_arn\)/],
  ['a program that prints something else', 'bad', /^credential_process: expected JSON with Version 1/],
  ['a program that fails', 'failing', /^credential_process: the program ended with 3$/],
])('a profile that gives none: %s', async (_, name, message) => {
  const { code, out, err } = await run([...call, '--profile', name], shared());
  expect([code, out]).toEqual([2, '']);
  expect(err.trim()).toMatch(message);
  expect(err).not.toContain('a-secret-of-the-program');
});
