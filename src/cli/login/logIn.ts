/** A login from the command line: its options, and what the user is asked at the terminal. */
import { createApig } from '../../apig/index.js';
import type { Apig, ApigConfig, LoginCallbacks } from '../../apig/index.js';
import type { OptionValues } from '../arguments.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usageError.js';
import { readConfigFile } from '../configFile.js';

/** The options that say who logs in, and where. */
export const LOGIN_OPTIONS = {
  config: { value: 'FILE', help: 'the configuration of the app: JSON, or a module that exports it' },
  user: { value: 'NAME', aliases: ['username'], help: 'log in as this user of the user pool' },
  password: { value: 'PASSWORD', help: 'their password; asked for at a terminal where it is left out' },
  code: { value: 'CODE', help: 'the second factor, where it is asked for and nobody is at the terminal' },
  'new-password': { value: 'PASSWORD', help: 'in place of a temporary one' },
} as const;

/** apig-test's words for what a configuration holds. */
export const APIG_TEST_CONFIG = {
  'user-pool-id': { value: 'ID' },
  'app-client-id': { value: 'ID' },
  'cognito-region': { value: 'REGION' },
  'identity-pool-id': { value: 'ID' },
  'api-gateway-region': { value: 'REGION' },
} as const;

/** As AWS's own tools read them, so that apig-test's command reaches a local AWS as well. */
export const APIG_TEST_ENVIRONMENT = {
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER:
    "where the user pool is, with apig-test's --user-pool-id; default: AWS's own",
  AWS_ENDPOINT_URL_COGNITO_IDENTITY: 'where the identity pool is, with the same',
} as const;

/** What the options say of a login; not every command knows apig-test's. */
export type LoginValues = OptionValues<typeof LOGIN_OPTIONS> &
  Readonly<Partial<Record<keyof typeof APIG_TEST_CONFIG | 'invoke-url', string | undefined>>>;

/**
 * The app's configuration, from its file or from apig-test's options.
 * @returns `undefined` where none is stated
 * @throws UsageError for a file that holds none
 */
export async function readConfig(values: LoginValues, terminal: Terminal): Promise<ApigConfig | undefined> {
  if (values.config !== undefined) return readConfigFile(values.config, terminal.cwd);
  const { 'user-pool-id': USER_POOL_ID, 'app-client-id': APP_CLIENT_ID, 'identity-pool-id': IDENTITY_POOL_ID } = values;
  const { 'invoke-url': URL, 'cognito-region': pools, 'api-gateway-region': gateway } = values;
  if (USER_POOL_ID === undefined && IDENTITY_POOL_ID === undefined) return undefined;
  const REGION = pools ?? USER_POOL_ID?.split('_')[0] ?? IDENTITY_POOL_ID?.split(':')[0];
  const config = {
    cognito: {
      ...{ REGION, USER_POOL_ID, APP_CLIENT_ID, IDENTITY_POOL_ID },
      USER_POOL_ENDPOINT: terminal.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER,
      IDENTITY_POOL_ENDPOINT: terminal.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY,
    },
    apiGateway: { URL, ...(gateway === undefined ? {} : { REGION: gateway }) },
  };
  return config as ApigConfig; // createApig names what is missing
}

/**
 * Logs a user in.
 * @param config The app's configuration.
 * @param values `user`, `password` and what challenges ask for.
 * @param terminal Where the user is asked, if at all.
 * @throws AuthError where the login is refused; UsageError where the user would have to be asked, and nobody sits at the terminal
 */
export async function logIn(config: ApigConfig, values: LoginValues, terminal: Terminal): Promise<Apig> {
  const { user: username } = values;
  if (username === undefined) throw new UsageError('--user: expected the user to log in as');
  for (const secret of [values.password, values.code, values['new-password']]) terminal.hide(secret);
  const apig = createApig(config);
  const password = values.password ?? (await askFor('password', '--password', terminal, true));
  await apig.login(username, password, callbacksFor(values, terminal));
  return apig;
}

function callbacksFor(values: LoginValues, terminal: Terminal): LoginCallbacks {
  return {
    mfaCode: ({ destination = 'the authenticator app' }) =>
      values.code ?? askFor(`code of ${destination}`, '--code', terminal),
    newPassword: () => values['new-password'] ?? askFor('new password', '--new-password', terminal, true),
  };
}

async function askFor(what: string, option: string, terminal: Terminal, isSecret = false): Promise<string> {
  const answer = await terminal.ask(`${what}: `, { isSecret });
  if (answer === undefined)
    throw new UsageError(`${option}: expected the ${what}; nobody is at a terminal to be asked for it`);
  terminal.hide(answer);
  return answer;
}
