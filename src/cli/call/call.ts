/** `sigv4-client call`: one signed request, and why it was refused if it was. */
import type { ApigConfig } from '../../apig/index.js';
import { createSignedFetch } from '../../signedFetch/index.js';
import type { SignedFetch } from '../../signedFetch/index.js';
import { readArguments } from '../arguments.js';
import type { OptionValues } from '../arguments.js';
import type { Command } from '../command.js';
import { APIG_TEST_CONFIG, readConfig } from '../login/index.js';
import { APIG_TEST_OPTIONS, buildRequest, regionOf, REQUEST_OPTIONS } from '../request/index.js';
import { openSession, SESSION_OPTIONS } from '../session.js';
import type { Session } from '../session.js';
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

type Values = OptionValues<typeof OPTIONS>;

/** The command `call`. */
export const callCommand: Command = {
  help: {
    usage: 'call URL|PATH [options]',
    summary:
      'Signs a request, sends it and prints the answer; for a refusal also why it was refused.\n' +
      'Signed in as --user of the app that --config describes, or with the keys of the options, a profile or the environment.\n' +
      'The options of apig-test and the common ones of awscurl are understood as well.',
    options: OPTIONS,
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
      const signedFetch = signedFetchOf(session, values, config, url);
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

/** What signs: for the API of a configuration as configured, otherwise as the host and the options say. */
function signedFetchOf(session: Session, values: Values, config: ApigConfig | undefined, url: string): SignedFetch {
  const { apig, credentials, region: usual } = session;
  const { service, region: stated } = values;
  if (apig && stated === undefined && service === undefined) return apig.fetch;
  return createSignedFetch({ credentials, service, region: regionOf(url, { stated, config, usual }) });
}

function readSeconds(text = '30'): number {
  const seconds = Number(text);
  if (text !== '' && seconds > 0 && seconds <= 2_000_000) return seconds;
  throw new UsageError(`--timeout: expected seconds above 0, got '${text}'`);
}
