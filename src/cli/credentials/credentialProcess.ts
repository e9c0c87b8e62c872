/** Credentials from a program of the user's own, as `credential_process` of a profile names it. */
import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { isObject, parseJson } from '../../util/index.js';
import type { AwsCredentials } from '../../util/index.js';
import { UsageError } from '../usageError.js';

const run = promisify(exec);

/** Whether a value of the program's JSON is text that is not empty. */
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * Runs the program and reads what it prints: JSON with `Version` 1, `AccessKeyId`, `SecretAccessKey`, and where they are temporary
 * `SessionToken` and `Expiration`.
 * @param command The command line for the shell, as the profile has it.
 * @throws UsageError where the program fails or prints anything else. The output is not shown, since it may be a secret.
 */
export async function runCredentialProcess(command: string): Promise<AwsCredentials> {
  let printed: string;
  try {
    printed = (await run(command, { encoding: 'utf8', timeout: 60_000 })).stdout;
  } catch (error) {
    const { code } = error as { code?: number | string };
    throw new UsageError(`credential_process: the program ended with ${code ?? 'no code'}`);
  }
  const answer = parseJson(printed);
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
