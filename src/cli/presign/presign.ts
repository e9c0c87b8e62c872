/** `sigv4-client presign`: a link that is signed. */
import { MAX_EXPIRES, newClient } from '../../sigv4/index.js';
import type { AwsCredentials } from '../../util/index.js';
import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { EXIT } from '../exitCodes.js';
import { readConfig } from '../login/index.js';
import { openSession, SESSION_OPTIONS } from '../session.js';
import type { Session } from '../session.js';
import { UsageError } from '../usageError.js';

const OPTIONS = {
  expires: { value: 'SECONDS', help: 'how long it is good, 1 to 604800; default 300' },
  method: { value: 'METHOD', short: 'X', aliases: ['request'], help: 'default GET' },
  service: { value: 'NAME', help: "the service's signing name; default: as the host says, or execute-api" },
  region: { value: 'REGION', help: 'the region to sign for; default: as the host says, or AWS_REGION' },
  ...SESSION_OPTIONS,
} as const;

/** The command. */
export const presignCommand: Command = {
  help: {
    usage: 'presign URL [options]',
    summary:
      'Prints a signed link. Whoever has it can make this one call until it expires, so it is printed whole: it is the result.\n' +
      'Signed with the keys of the options, a profile or the environment, or as --user of the app that --config describes.',
    options: OPTIONS,
    examples: [
      'presign https://my-bucket.s3.eu-west-1.amazonaws.com/report.pdf --expires 3600 --profile dev',
      'presign wss://abc123.execute-api.eu-west-1.amazonaws.com/dev --config aws.json --user user@example.com',
    ],
  },

  async run(args, terminal) {
    const { options: values, positionals } = readArguments(args, OPTIONS, 1);
    const [url] = positionals;
    if (url === undefined) throw new UsageError('expected the URL to sign');
    if (!URL.canParse(url)) throw new UsageError(`expected a URL, got '${url}'`);
    const expiresIn = readExpires(values.expires);
    const config = await readConfig(values, terminal);
    const session = await openSession(values, config, terminal);
    try {
      const { origin, protocol, host, pathname, search } = new URL(url);
      const endpoint = origin === 'null' ? `${protocol}//${host}` : origin;
      const region = values.region ?? session.region;
      const { service } = values;
      const client = newClient({ credentials: await keysOf(session), endpoint, region, service });
      terminal.printSecret(client.presignUrl({ path: pathname + search, method: values.method, expiresIn }));
      return EXIT.done;
    } finally {
      await session.end();
    }
  },
};

async function keysOf({ credentials }: Session): Promise<AwsCredentials> {
  const { accessKeyId, secretAccessKey, sessionToken } =
    typeof credentials === 'function' ? await credentials({}) : credentials;
  return { accessKeyId, secretAccessKey, sessionToken };
}

function readExpires(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_EXPIRES) return seconds;
  throw new UsageError(`--expires: expected seconds, 1 to ${MAX_EXPIRES}, got '${text}'`);
}
