/** A profile of AWS's shared files. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AwsCredentials } from '../../util/index.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usageError.js';
import { runCredentialProcess } from './credentialProcess.js';
import { parseIni } from './iniFile.js';
import type { IniSections } from './iniFile.js';

/** What a profile gives. */
export interface Profile {
  readonly credentials: AwsCredentials;
  readonly region: string | undefined;
}

/** Keys of profiles whose credentials only the AWS CLI can get. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  sso_session: 'IAM Identity Center (SSO)',
  sso_start_url: 'IAM Identity Center (SSO)',
  role_arn: 'an assumed role',
  login_session: 'a login by the AWS CLI',
  web_identity_token_file: 'a web identity',
};

/** Where profiles stand: the file of credentials, and that of the configuration. */
export function profileFiles(env: Terminal['env']): [credentials: string, config: string] {
  const folder = join(env.HOME ?? homedir(), '.aws');
  return [
    env.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, 'credentials'),
    env.AWS_CONFIG_FILE ?? join(folder, 'config'),
  ];
}

/**
 * Reads a profile: static keys, or a `credential_process`, from `~/.aws/credentials` and `~/.aws/config`, or where
 * `AWS_SHARED_CREDENTIALS_FILE` and `AWS_CONFIG_FILE` say.
 * @param name The profile's name.
 * @param env The environment.
 * @returns `undefined` where neither file has it.
 * @throws UsageError for one that holds no keys, with the command that exports them where there is one
 */
export async function readProfile(name: string, { env }: Pick<Terminal, 'env'>): Promise<Profile | undefined> {
  const [credentialsFile, configFile] = profileFiles(env);
  const [credentials, config] = await Promise.all([readSections(credentialsFile), readSections(configFile)]);
  const inConfig = config.get(name === 'default' ? 'default' : `profile ${name}`) ?? config.get(`profile ${name}`);
  const inCredentials = credentials.get(name);
  if (!inConfig && !inCredentials) return undefined;
  const values = new Map([...(inConfig ?? []), ...(inCredentials ?? [])]); // keys of the credentials file come first
  const region = values.get('region');
  const accessKeyId = values.get('aws_access_key_id');
  const secretAccessKey = values.get('aws_secret_access_key');
  const elsewhere = Object.keys(ELSEWHERE).find((key) => values.has(key));
  // A role goes before keys that stand beside it, as AWS's tools have it: those are the keys that it is assumed with.
  const hasOwnKeys = inCredentials?.get('aws_access_key_id') !== undefined && !values.has('role_arn');
  if (elsewhere !== undefined && !hasOwnKeys) {
    throw new UsageError(
      `--profile: '${name}' takes its credentials from ${ELSEWHERE[elsewhere]!} (${elsewhere}), which only the AWS CLI can get. ` +
        `Export them first: eval "$(aws configure export-credentials --profile ${name} --format env)"`,
    );
  }
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    const sessionToken = values.get('aws_session_token');
    return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }, region };
  }
  const command = values.get('credential_process');
  if (command !== undefined) return { credentials: await runCredentialProcess(command), region };
  throw new UsageError(
    `--profile: '${name}' has neither aws_access_key_id and aws_secret_access_key nor credential_process`,
  );
}

async function readSections(file: string): Promise<IniSections> {
  try {
    return parseIni(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw new UsageError(`${file} could not be read: ${(error as Error).message}`, { cause: error });
  }
}
