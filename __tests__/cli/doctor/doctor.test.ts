/** `sigv4-client doctor`: each fault is made on purpose in a local AWS, and found by its name. */
import { CognitoIdentityProviderClient, CreateUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import { startLocalAws } from '../../../src/local';
import type { CorsOptions, LocalAwsOptions } from '../../../src/local';
import { run, write } from '../../support/cliHarness';
import { APP, examine, findingsOf, SIGNED_IN, username, withUser } from '../../support/doctorHarness';
import type { Config, ConfigChanges } from '../../support/doctorHarness';

jest.setTimeout(60_000);

const MINUTES = 60_000;

test('nothing is wrong: every check is made, and it ends with 0', async () => {
  const options = { identityPool: { allowGuests: true } };
  const ended = await examine(options, [
    '/notes',
    '--json',
    '--flow',
    'USER_SRP_AUTH',
    '--flow',
    'USER_AUTH',
    ...SIGNED_IN,
  ]);
  expect([ended.code, ended.err]).toEqual([0, '']);
  const findings = findingsOf(ended);
  expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect([...new Set(findings.map(({ check }) => check))]).toEqual([
    ...[
      'configuration',
      'user pool',
      'app client',
      'login flows',
      'renewal',
      'login',
      'identity pool',
      'role of users',
    ],
    ...['role of guests', 'authorization', 'CORS preflight', 'gateway responses', 'policy', 'clock'],
  ]);
  expect(findings.filter(({ check }) => check === 'login flows').map(({ message }) => message)).toEqual([
    'USER_SRP_AUTH is allowed',
    'USER_AUTH is allowed',
  ]);
});

/** A fault: how it is made, and what has to be said of it. */
interface Made {
  readonly options?: LocalAwsOptions;
  readonly args?: readonly string[];
  readonly change?: (config: Config) => ConfigChanges;
  readonly words: RegExp;
}

const pool = (userPool: LocalAwsOptions['userPool']) => ({ options: { userPool } });
const identities = (identityPool: LocalAwsOptions['identityPool']) => ({ options: { identityPool } });
const cors = (given: boolean | CorsOptions) => ({ options: { apiGateway: { cors: given } } });
const cognito = (changes: ConfigChanges['cognito'] & object) => ({ change: () => ({ cognito: changes }) });

test.each<[string, Made]>([
  ['FlowNotAllowed', { ...pool({ authFlows: ['USER_PASSWORD_AUTH'] }), words: /ALLOW_USER_SRP_AUTH/ }],
  [
    'FlowNotAllowed',
    { ...pool({ authFlows: ['USER_SRP_AUTH'] }), args: ['--flow', 'USER_AUTH'], words: /ALLOW_USER_AUTH/ },
  ],
  ['ProviderMissing', { ...identities({ clientIds: [] }), words: /ProviderName=cognito-idp\.us-east-1\./ }],
  [
    'ProviderMissing',
    { ...identities({ clientIds: ['another'] }), args: SIGNED_IN, words: /CognitoIdentityProviders/ },
  ],
  ['GuestsNotAllowed', { args: ['--guest'], words: /Guest access/ }],
  [
    'RoleMissing',
    { ...identities({ allowGuests: true, roles: { authenticated: 'A' } }), words: /unauthenticated=ROLE_ARN/ },
  ],
  [
    'RoleMissing',
    { ...identities({ roles: { unauthenticated: 'A' } }), args: SIGNED_IN, words: /sts:AssumeRoleWithWebId/ },
  ],
  ['PreflightRefused RefusalsWithoutCors', { ...cors(false), words: /Enable CORS/ }],
  ['RefusalsWithoutCors', { ...cors({ refusals: false }), words: /DEFAULT_4XX/ }],
  [
    'HeadersNotAllowed',
    { ...cors({ headers: ['authorization', 'content-type'] }), words: /send x-amz-date, x-amz-security/ },
  ],
  [
    'OriginNotAllowed RefusalsWithoutCors',
    { ...cors({ origins: ['https://example.com'] }), words: /app\.example\.com/ },
  ],
  ['ClockOff', { options: { now: () => Date.now() - 10 * MINUTES }, words: /10 min ahead.*set-ntp/s }],
  ['LoginRefused', { args: ['--user', username, '--password', 'Wrong-pass-7'], words: /its status, password/ }],
  ['UserPoolNotFound', { ...cognito({ USER_POOL_ID: 'us-east-1_Nowhere' }), words: /list-user-pools/ }],
  [
    'AppClientNotFound ProviderMissing',
    { ...cognito({ APP_CLIENT_ID: 'nosuchclient' }), words: /list-user-pool-clients/ },
  ],
  [
    'AppClientNotFound LoginRefused ProviderMissing',
    { ...cognito({ APP_CLIENT_ID: 'nosuchclient' }), args: SIGNED_IN, words: /the configuration, as the checks of/ },
  ],
  ['IdentityPoolNotFound', { ...cognito({ IDENTITY_POOL_ID: 'us-east-1:0000' }), words: /list-identity-pools/ }],
  ['InvalidConfig', { ...cognito({ REGION: 'eu-west-1' }), words: /one of them is wrong/ }],
  ['WrongRegion', { change: () => ({ apiGateway: { REGION: 'eu-west-1' } }), args: SIGNED_IN, words: /eu-west-1/ }],
  [
    'StageNotFound',
    {
      change: (config) => ({ apiGateway: { URL: `${new URL(config.apiGateway.URL).origin}/prod` } }),
      words: /get-stages/,
    },
  ],
  [
    'NoAnswer',
    { change: () => ({ apiGateway: { URL: 'http://127.0.0.1:1/dev' } }), words: /no answer came from 127\.0\.0\.1:1/ },
  ],
])('%#: %s is found by name', async (names, { options = {}, args = [], change, words }) => {
  const ended = await examine(options, [...args, '--json'], change);
  const faults = findingsOf(ended).filter(({ status }) => status === 'fault');
  expect([...new Set(faults.map(({ code }) => code))]).toEqual(names.split(' '));
  expect(ended).toMatchObject({ code: 1, err: '' });
  expect(faults.every(({ fix }) => (fix?.where ?? '') !== '')).toBe(true);
  expect(faults.map(({ message, fix }) => [message, ...Object.values(fix!)].join(' ')).join('\n')).toMatch(words);
  expect(ended.out).not.toContain('Wrong-pass-7');
});

test('an app client with a secret is found', async () => {
  const aws = await startLocalAws(withUser({}));
  const endpoint = aws.userPool.url;
  const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'unused' };
  const client = new CognitoIdentityProviderClient({ endpoint, region: 'us-east-1', credentials: keys });
  try {
    const input = { UserPoolId: aws.userPool.userPoolId, ClientName: 'server', GenerateSecret: true };
    const { UserPoolClient } = await client.send(new CreateUserPoolClientCommand(input));
    const cognito = { ...aws.config.cognito, APP_CLIENT_ID: UserPoolClient!.ClientId };
    write('aws.json', JSON.stringify({ ...aws.config, cognito }));
    const ended = await run(['doctor', '--config', 'aws.json', '--json']);
    const fault = findingsOf(ended).find(({ status }) => status === 'fault');
    expect(fault).toMatchObject({ check: 'app client', code: 'AppClientHasSecret' });
    expect(fault!.fix!.command).toContain('--no-generate-secret');
    expect(ended.out).not.toContain(UserPoolClient!.ClientSecret);
  } finally {
    client.destroy();
    await aws.stop();
  }
});

test('rotation is told of, and is no fault', async () => {
  const ended = await examine({ userPool: { refreshTokenRotation: true } }, ['--json']);
  expect(ended.code).toBe(0);
  expect(findingsOf(ended)).toContainEqual(
    expect.objectContaining({ check: 'renewal', status: 'warning', code: 'RefreshTokenRotation' }),
  );
});

test('a pool that hides who exists is examined like any other', async () => {
  const userPool = { preventUserExistenceErrors: true, authFlows: ['USER_SRP_AUTH', 'REFRESH_TOKEN_AUTH'] } as const;
  const ended = await examine({ userPool }, ['--json', '--flow', 'USER_SRP_AUTH', '--flow', 'USER_AUTH']);
  expect(findingsOf(ended).filter(({ status }) => status === 'fault')).toMatchObject([{ code: 'FlowNotAllowed' }]);
});

test('an address alone: only the API is looked at, with keys where there are some', async () => {
  const aws = await startLocalAws(withUser({ identityPool: {} }));
  try {
    const unsigned = await run(['doctor', `${aws.apiGateway.url}/notes`]);
    expect(unsigned).toMatchObject({ code: 0, err: '' });
    expect(unsigned.out).toMatch(
      /^- configuration: no --config[^]*✓ CORS preflight: [^]*- policy: nobody signs[^]*\nNothing is wrong; 0 warn/,
    );
    const keys = aws.store.issue({ identityId: 'us-east-1:00000000-0000-0000-0000-000000000000', authenticated: true });
    const signed = await run(['doctor', `${aws.apiGateway.url}/notes`], {
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_SESSION_TOKEN: keys.sessionToken,
      AWS_REGION: 'us-east-1',
    });
    expect(signed.out).toContain('✓ policy: GET /dev/notes is let through, and answered with 200\n');
  } finally {
    await aws.stop();
  }
});

test.each<[string, string[], RegExp]>([
  ['nothing to look at', [], /^expected --config/],
  ['an origin with a path', ['--config', 'aws.json', '--origin', `${APP}/page`], /^--origin: expected an origin/],
  ['a flow that is none', ['--config', 'aws.json', '--flow', 'SRP'], /^--flow: expected one of USER_SRP_AUTH/],
  ['a password for nobody', ['--config', 'aws.json', '--password', 'x'], /^--password: expected --user/],
])('%s ends with 2', async (_, args, message) => {
  write('aws.json', '{"cognito":{},"apiGateway":{}}');
  const { code, err } = await run(['doctor', ...args]);
  expect(code).toBe(2);
  expect(err.trim()).toMatch(message);
});
