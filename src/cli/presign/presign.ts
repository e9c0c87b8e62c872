/** `sigv4-client presign`: a link that is signed. */
import { MAX_EXPIRES, newClient } from '../../sigv4/index.js';
import type { GivenCredentials } from '../../util/index.js';
import { readArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { CREDENTIAL_ENVIRONMENT } from '../credentials/index.js';
import { EXIT } from '../exitCodes.js';
import { readConfig } from '../login/index.js';
import { absoluteUrl, regionOf, SIGNING_OPTIONS } from '../request/index.js';
import { openSession, SESSION_OPTIONS } from '../session.js';
import type { Session } from '../session.js';
import { UsageError } from '../usageError.js';

const OPTIONS = {
  expires: { value: 'SECONDS', help: 'how long it is good, 1 to 604800; default 300' },
  method: { value: 'METHOD', short: 'X', aliases: ['request'], help: 'default GET' },
  ...SIGNING_OPTIONS,
  ...SESSION_OPTIONS,
  json: { help: 'print one line of JSON: the link, and until when it is good' },
  'show-secrets': { help: 'do not hide tokens and keys in messages; the link is printed whole in any case' },
} as const;

/** The command `presign`. */
export const presignCommand: Command = {
  help: {
    usage: 'presign URL|PATH [options]',
    summary:
      'Prints a signed link. Whoever has it can make this one call until it expires, so it is printed whole: it is the result.\n' +
      'Signed with the keys of the options, a profile or the environment, or as --user of the app that --config describes.',
    options: OPTIONS,
    environment: CREDENTIAL_ENVIRONMENT,
    examples: [
      'presign https://my-bucket.s3.eu-west-1.amazonaws.com/report.pdf --expires 3600 --profile dev',
      'presign wss://abc123.execute-api.eu-west-1.amazonaws.com/dev --config aws.json --user user@example.com',
    ],
  },

  async run(args, terminal) {
    const { options: values, positionals } = readArguments(args, OPTIONS, 1);
    if (values['show-secrets']) terminal.showSecrets();
    const [address] = positionals;
    if (address === undefined) throw new UsageError('expected the URL to sign, or a path such as /notes with --config');
    const expiresIn = readExpires(values.expires);
    const config = await readConfig(values, terminal);
    const url = absoluteUrl(address, config?.apiGateway.URL, ['http', 'https', 'ws', 'wss']);
    const session = await openSession(values, config, terminal);
    try {
      const { origin, pathname, search } = new URL(url);
      const region = regionOf(url, { stated: values.region, config, usual: session.region });
      const { service } = values;
      const client = newClient({ credentials: await keysOf(session), endpoint: origin, region, service });
      const link = client.presignUrl({ path: pathname + search, method: values.method, expiresIn });
      terminal.printSecret(values.json ? JSON.stringify({ url: link, expires: expiryOf(link) }) : link);
      return EXIT.done;
    } finally {
      await session.end();
    }
  },
};

async function keysOf({ credentials }: Session): Promise<GivenCredentials> {
  const { accessKeyId, secretAccessKey, sessionToken } =
    typeof credentials === 'function' ? await credentials({}) : credentials;
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** When a link expires, as the link itself says it. */
function expiryOf(link: string): string {
  const { searchParams } = new URL(link);
  const signed = searchParams.get('X-Amz-Date')!.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5');
  return new Date(Date.parse(signed) + Number(searchParams.get('X-Amz-Expires')) * 1000).toISOString();
}

function readExpires(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_EXPIRES) return seconds;
  throw new UsageError(`--expires: expected seconds, 1 to ${MAX_EXPIRES}, got '${text}'`);
}
