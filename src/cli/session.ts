/** Opens the session that a command signs with: a user's, a guest's, or one of keys. */
import { createApig } from '../apig/index.js';
import type { Apig, ApigConfig } from '../apig/index.js';
import type { CredentialProvider } from '../util/index.js';
import type { OptionValues } from './arguments.js';
import { CREDENTIAL_OPTIONS, findCredentials } from './credentials/index.js';
import { logIn, LOGIN_OPTIONS } from './login/index.js';
import type { LoginValues } from './login/index.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usageError.js';

/** The options that choose the session. */
export const SESSION_OPTIONS = {
  ...LOGIN_OPTIONS,
  guest: { help: 'sign as a guest of the identity pool' },
  ...CREDENTIAL_OPTIONS,
} as const;

type SessionValues = OptionValues<typeof SESSION_OPTIONS> & LoginValues;

/** The session that a command signs with. */
export interface Session {
  readonly credentials: CredentialProvider;
  /** The region that goes with keys of a profile or of the environment. */
  readonly region: string | undefined;
  /** The instance where a user or a guest signs; `undefined` with keys. */
  readonly apig: Apig | undefined;
  /** Logs out, so that nothing is left behind. */
  readonly end: () => Promise<void>;
}

/**
 * Opens the session that the options ask for.
 * @param values The command's options.
 * @param config The app's configuration, where one was read.
 * @param terminal Asks the user for a password; its environment may hold keys.
 * @throws UsageError for options that cannot be combined; AuthError where the login fails
 */
export async function openSession(
  values: SessionValues,
  config: ApigConfig | undefined,
  terminal: Terminal,
): Promise<Session> {
  if (values.user === undefined && !values.guest) {
    if (values.password !== undefined) throw new UsageError('--password: expected --user beside it');
    const { credentials, region } = await findCredentials(values, terminal);
    return { credentials, region, apig: undefined, end: () => Promise.resolve() };
  }
  const option = values.guest ? '--guest' : '--user';
  if (config === undefined) {
    throw new UsageError(
      `${option}: expected --config beside it, which says where the user pool and the identity pool are`,
    );
  }
  const apig = values.guest ? createApig(config, { guests: true }) : await logIn(config, values, terminal);
  return { credentials: apig.credentials, region: undefined, apig, end: () => apig.logout() };
}
