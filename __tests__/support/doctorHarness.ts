/** `sigv4-client doctor`, against a local AWS. */
import { startLocalAws } from '../../src/local';
import type { LocalAws, LocalAwsOptions } from '../../src/local';
import { run, write } from './cliHarness';
import type { Ended } from './cliHarness';

const password = 'Passw0rd!';
export const username = 'user@example.com';
export const SIGNED_IN = ['--user', username, '--password', password];
export const APP = 'https://app.example.com';

export interface Finding {
  readonly check: string;
  readonly status: string;
  readonly code?: string;
  readonly message: string;
  readonly fix?: { readonly where: string; readonly command?: string; readonly template?: string };
}

export type Config = LocalAws['config'];
export type ConfigChanges = { readonly [Section in keyof Config]?: Partial<Config[Section]> };

/** Options, with a user who can log in. */
export const withUser = (options: LocalAwsOptions): LocalAwsOptions => ({
  ...options,
  userPool: { ...options.userPool, users: [{ username, password }] },
});

/** Runs doctor against a local AWS of its own. */
export async function examine(
  options: LocalAwsOptions,
  args: readonly string[],
  change: (config: Config) => ConfigChanges = () => ({}),
): Promise<Ended> {
  const aws = await startLocalAws(withUser(options));
  try {
    const { cognito = {}, apiGateway = {} } = change(aws.config);
    const config = {
      cognito: { ...aws.config.cognito, ...cognito },
      apiGateway: { ...aws.config.apiGateway, ...apiGateway },
    };
    write('aws.json', JSON.stringify(config));
    return await run(['doctor', '--config', 'aws.json', '--origin', APP, ...args]);
  } finally {
    await aws.stop();
  }
}

/** What it found, as its JSON says. */
export const findingsOf = ({ out }: Ended): Finding[] => (JSON.parse(out) as { findings: Finding[] }).findings;
