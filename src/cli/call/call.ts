/** `sigv4-client call`: one signed request, and why it was refused if it was. */
import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { CREDENTIAL_ENVIRONMENT } from '../credentials/index.js';
import { APIG_TEST_CONFIG, APIG_TEST_ENVIRONMENT, readConfig } from '../login/index.js';
import { APIG_TEST_OPTIONS, buildRequest, REQUEST_OPTIONS } from '../request/index.js';
import { openSession, SESSION_OPTIONS } from '../session.js';
import { sessionFetch } from '../sessionFetch.js';
import { UsageError } from '../usageError.js';
import { printAnswer } from './answer.js';

const OPTIONS = {
  ...REQUEST_OPTIONS,
  ...SESSION_OPTIONS,
  timeout: { value: 'SECONDS', help: 'how long the call may take; default 30' },
  include: { short: 'i', help: 'print the status line and the headers as well' },
  json: { help: 'print one line of JSON: status, headers, body, explanation' },
  'show-secrets': { help: 'do not hide tokens and keys in what is printed' },
  ...APIG_TEST_OPTIONS,
  ...APIG_TEST_CONFIG,
} as const;

/** The command `call`. */
export const callCommand: Command = {
  help: {
    usage: 'call URL|PATH [options]',
    summary:
      'Signs a request, sends it and prints the answer; for a refusal also why it was refused.\n' +
      'Signed in as --user of the app that --config describes, or with the keys of the options, a profile or the environment.\n' +
      'The options of apig-test and the common ones of awscurl are understood as well.',
    options: OPTIONS,
    environment: { ...CREDENTIAL_ENVIRONMENT, ...APIG_TEST_ENVIRONMENT },
    examples: [
      'call /notes --config aws.json --user user@example.com',
      'call https://abc123.execute-api.eu-west-1.amazonaws.com/dev/notes -d \'{"content":"Hello"}\' --profile dev',
    ],
  },

  async run(args, terminal) {
    const { options: values, positionals } = readArguments(args, OPTIONS, 1);
    if (values['show-secrets']) terminal.showSecrets();
    const config = await readConfig(values, terminal);
    const request = await buildRequest(positionals[0], values, config?.apiGateway.URL, terminal);
    const timeout = readSeconds(values.timeout) * 1000;
    const session = await openSession(values, config, terminal);
    const { url, method, headers, body } = request;
    try {
      const signedFetch = sessionFetch(session, url, values, config);
      // One command, one request: what fails is shown, and a function behind the API runs once.
      const init = {
        method,
        headers,
        timeout,
        retry: false,
        redirect: 'manual',
        ...(body === undefined ? {} : { body }),
      };
      return await printAnswer(await signedFetch(url, init as RequestInit), values, terminal);
    } finally {
      await session.end();
    }
  },
};

function readSeconds(text = '30'): number {
  const seconds = Number(text);
  if (text !== '' && seconds > 0 && seconds <= 2_000_000) return seconds;
  throw new UsageError(`--timeout: expected seconds above 0, got '${text}'`);
}
