/** Finds the keys that a command signs with where no user logs in. */
import type { AwsCredentials } from '../../util/index.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usageError.js';
import { profileFiles, readProfile } from './profile.js';
import type { Profile } from './profile.js';

/** The options that say where keys come from. */
export const CREDENTIAL_OPTIONS = {
  profile: { value: 'NAME', help: "a profile of AWS's shared files, with keys or a credential_process" },
  'access-key': { value: 'ID', aliases: ['access_key'], help: 'the access key id, in place of all that is configured' },
  'secret-key': { value: 'KEY', aliases: ['secret_key'], help: 'its secret access key' },
  'session-token': {
    value: 'TOKEN',
    aliases: ['session_token', 'security_token', 'security-token'],
    help: 'the session token, of temporary keys',
  },
} as const;

/** The environment variables that say the same. */
export const CREDENTIAL_ENVIRONMENT = {
  'AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN': 'keys, where no option names any',
  AWS_PROFILE: 'the profile, where there are no keys; default: default',
  'AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE': 'where profiles stand; default: ~/.aws/config, ~/.aws/credentials',
  'AWS_REGION, AWS_DEFAULT_REGION': 'the region, for hosts that name none; goes before that of the profile',
} as const;

type CredentialValues = Readonly<Record<keyof typeof CREDENTIAL_OPTIONS, string | undefined>>;

/**
 * Finds the keys: those of the options, of `--profile`, of the environment, of the profile `AWS_PROFILE` or `default`.
 * @param options What was given.
 * @param terminal Has the environment, and hides the keys that are found.
 * @returns The keys, and the region that goes with them.
 * @throws UsageError where there are none
 */
export async function findCredentials(options: CredentialValues, terminal: Terminal): Promise<Profile> {
  const found = await find(options, terminal);
  terminal.hide(found.credentials.secretAccessKey);
  terminal.hide(found.credentials.sessionToken);
  const { AWS_REGION: current, AWS_DEFAULT_REGION: usual } = terminal.env;
  return { credentials: found.credentials, region: [current, usual, found.region].find(Boolean) };
}

async function find(options: CredentialValues, terminal: Terminal): Promise<Profile> {
  const { env } = terminal;
  const { profile, 'access-key': accessKeyId, 'secret-key': secretAccessKey, 'session-token': sessionToken } = options;
  const given = keysOf({ accessKeyId, secretAccessKey, sessionToken }, ['--access-key', '--secret-key']);
  if (given) return { credentials: given, region: undefined };
  if (profile === undefined) {
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = env;
    const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
    const keys = keysOf({ accessKeyId: id, secretAccessKey: secret, sessionToken: token }, names);
    if (keys) return { credentials: keys, region: undefined };
  }
  const name = profile ?? env.AWS_PROFILE ?? 'default';
  const found = await readProfile(name, terminal);
  if (found) return found;
  if (profile !== undefined || env.AWS_PROFILE !== undefined) {
    throw new UsageError(
      `${profile === undefined ? 'AWS_PROFILE' : '--profile'}: no profile of the name '${name}' was found in ${profileFiles(env).join(' or ')}`,
    );
  }
  throw new UsageError(
    'no credentials were found. Log in with --config and --user, or give --profile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  );
}

type Keys = Readonly<Record<'accessKeyId' | 'secretAccessKey' | 'sessionToken', string | undefined>>;

/** Both keys, or none. */
function keysOf(keys: Keys, [idName, secretName]: readonly [string, string]): AwsCredentials | undefined {
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  if (!accessKeyId && !secretAccessKey) return undefined;
  if (!accessKeyId) throw new UsageError(`${idName}: expected it beside ${secretName}`);
  if (!secretAccessKey) throw new UsageError(`${secretName}: expected it beside ${idName}`);
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
