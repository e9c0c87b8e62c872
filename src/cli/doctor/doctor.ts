/** `sigv4-client doctor`: what is wrong with the AWS side of an app, where to change it, and to what. */
import { createApig } from '../../apig/index.js';
import type { ApigConfig } from '../../apig/index.js';
import { SigV4ClientError } from '../../sigv4/index.js';
import { readArguments } from '../arguments.js';
import type { OptionValues } from '../arguments.js';
import type { Command } from '../command.js';
import { CREDENTIAL_ENVIRONMENT } from '../credentials/index.js';
import { EXIT } from '../exitCodes.js';
import { APIG_TEST_CONFIG, APIG_TEST_ENVIRONMENT, readConfig } from '../login/index.js';
import { absoluteUrl, hasPassword, SIGNING_OPTIONS } from '../request/index.js';
import { openSession, SESSION_OPTIONS } from '../session.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usageError.js';
import { createProber } from './prober.js';
import { apiOf } from './api.js';
import { CHECKS } from './checks/index.js';
import { poolsOf } from './pools.js';
import { findingText, summaryText } from './report.js';
import { runChecks } from './runChecks.js';
import type { Signer, Subject } from './subject.js';

const OPTIONS = {
  ...SESSION_OPTIONS,
  method: {
    value: 'METHOD',
    short: 'X',
    help: 'of the call that is looked at; with someone who signs it is really made; default GET',
  },
  ...SIGNING_OPTIONS,
  origin: { value: 'URL', help: 'the origin of the app; default http://localhost:3000' },
  flow: {
    value: 'NAME',
    multiple: true,
    help: 'a flow that the app logs in with, such as USER_AUTH; default USER_SRP_AUTH',
  },
  json: { help: 'print one line of JSON: whether all is well, and each finding' },
  'show-secrets': { help: 'do not hide tokens and keys in what is printed' },
  ...APIG_TEST_CONFIG,
  'invoke-url': { value: 'URL' },
} as const;

type Values = OptionValues<typeof OPTIONS>;

/** The flows that can be checked. Administrators' flows cannot, since they need keys. */
const FLOWS = ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH', 'CUSTOM_AUTH'];

/** The command `doctor`. */
export const doctorCommand: Command = {
  help: {
    usage: 'doctor [URL|PATH] [options]',
    summary:
      'Finds what is wrong with the AWS side of an app, and says where to change it and to what.\n' +
      'Looks at ids and regions, app client and login flows, identity pool and roles, CORS, policy and clock. Ends with 0 when\n' +
      'nothing is wrong, with 1 when something is.\n' +
      'It asks what anybody may ask, in the name of a user who does not exist; where the pool has guests, a guest identity is made.\n' +
      'With --user, --guest or keys the call itself is made as well.',
    options: OPTIONS,
    environment: { ...CREDENTIAL_ENVIRONMENT, ...APIG_TEST_ENVIRONMENT },
    examples: [
      'doctor --config aws.json',
      'doctor /notes --config aws.json --user user@example.com --origin https://app.example.com',
      'doctor https://abc123.execute-api.eu-west-1.amazonaws.com/dev/notes --profile dev',
      'doctor https://orders.example.com/ --service lambda --region eu-west-1 --profile dev',
    ],
  },

  async run(args, terminal) {
    const { options: values, positionals } = readArguments(args, OPTIONS, 1);
    if (values['show-secrets']) terminal.showSecrets();
    const config = await readConfig(values, terminal);
    if (config === undefined && positionals[0] === undefined) {
      throw new UsageError("expected --config, which says where the pools and the API are, or the API's URL");
    }
    const subject = await subjectOf(positionals[0], config, values, terminal);
    const report = (text: string): void => {
      if (!values.json) terminal.print(text);
    };
    try {
      const findings = await runChecks(CHECKS, subject, (finding) => {
        report(findingText(finding, terminal.style));
      });
      const isWell = findings.every(({ status }) => status !== 'fault');
      report(`\n${summaryText(findings)}`);
      if (values.json) terminal.print(JSON.stringify({ ok: isWell, findings }));
      return isWell ? EXIT.done : EXIT.refused;
    } finally {
      if ('session' in subject.signer) await subject.signer.session.end();
    }
  },
};

async function subjectOf(
  address: string | undefined,
  config: ApigConfig | undefined,
  values: Values,
  terminal: Terminal,
): Promise<Subject> {
  const flows = values.flow.length > 0 ? values.flow : FLOWS.slice(0, 1);
  const unknown = flows.find((flow) => !FLOWS.includes(flow));
  if (unknown !== undefined) throw new UsageError(`--flow: expected one of ${FLOWS.join(', ')}, got '${unknown}'`);
  const { method = 'GET', origin = 'http://localhost:3000' } = values;
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
    throw new UsageError(`--origin: expected an origin, such as https://app.example.com, got '${origin}'`);
  }
  const configFault = config && faultOf(config);
  const prober = createProber();
  const url = urlOf(address, config);
  return {
    config,
    configFault,
    pools: config && configFault === undefined ? poolsOf(config.cognito, prober) : undefined,
    api: url === undefined ? undefined : apiOf({ url, method: method.toUpperCase(), origin }, prober),
    flows,
    prober,
    signer: await signerOf(values, configFault === undefined ? config : undefined, terminal),
    signing: values,
  };
}

/** Why `createApig` refuses a configuration; `undefined` where it takes it. */
function faultOf(config: ApigConfig): string | undefined {
  try {
    createApig(config);
    return undefined;
  } catch (error) {
    if (error instanceof SigV4ClientError && error.code === 'InvalidConfig') return error.message;
    throw error;
  }
}

/** The address that is looked at; `undefined` where the configuration has none that can be read. */
function urlOf(address: string | undefined, config: ApigConfig | undefined): string | undefined {
  const base: unknown = config?.apiGateway.URL;
  const isUrl = typeof base === 'string' && /^https?:/i.test(base) && URL.canParse(base);
  const apiUrl = isUrl && !hasPassword(base) ? base : undefined;
  if (address === undefined) return apiUrl;
  return address.startsWith('/') && config !== undefined && apiUrl === undefined
    ? undefined
    : absoluteUrl(address, apiUrl);
}

/** Who signs, where the options say so; keys of the environment sign where no app is described. */
async function signerOf(values: Values, config: ApigConfig | undefined, terminal: Terminal): Promise<Signer> {
  const { user: username, guest, profile, 'access-key': key } = values;
  const isKeyed = profile !== undefined || key !== undefined || values['secret-key'] !== undefined;
  const isInEnvironment = values.config === undefined && terminal.env.AWS_ACCESS_KEY_ID !== undefined;
  if (username === undefined && !guest && values.password === undefined && !isKeyed && !isInEnvironment) {
    return { kind: 'none' };
  }
  if ((username !== undefined || guest) && config === undefined && values.config !== undefined) return { kind: 'none' };
  try {
    const session = await openSession(values, config, terminal);
    if (username === undefined) return { kind: guest ? 'guest' : 'keys', session };
    return { kind: 'user', session };
  } catch (error) {
    if (username === undefined || error instanceof UsageError || !(error instanceof SigV4ClientError)) throw error;
    const isMisconfigured = error.code === 'InvalidConfig';
    return { kind: 'refused', username, reason: error.message, isMisconfigured };
  }
}
