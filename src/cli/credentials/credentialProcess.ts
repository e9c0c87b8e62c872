/** Credentials from a program of the user's own, as `credential_process` of a profile names it. */
import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import type { AwsCredentials } from '../../util/index.js';
import { isObject } from '../../util/index.js';
import { UsageError } from '../usageError.js';

const run = promisify(exec);

/** The keys of what such a program prints, and ours. */
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * Runs the program and reads what it prints: JSON with `Version` 1, `AccessKeyId`, `SecretAccessKey`, and where they are temporary
 * `SessionToken` and `Expiration`.
 * @param command As the profile has it, for the shell.
 * @throws UsageError where it fails or prints anything else; what it printed is not shown, for it may be a secret
 */
export async function runCredentialProcess(command: string): Promise<AwsCredentials> {
  let printed: string;
  try {
    printed = (await run(command, { encoding: 'utf8', timeout: 60_000 })).stdout;
  } catch (error) {
    const { code } = error as { code?: number | string };
    throw new UsageError(`credential_process: the program ended with ${code ?? 'no code'}`);
  }
  const answer = parse(printed);
  if (isObject(answer) && answer.Version === 1) {
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: token } = answer;
    if (isText(accessKeyId) && isText(secretAccessKey)) {
      return { accessKeyId, secretAccessKey, ...(isText(token) ? { sessionToken: token } : {}) };
    }
  }
  throw new UsageError(
    'credential_process: expected JSON with Version 1, AccessKeyId and SecretAccessKey, got something else',
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
