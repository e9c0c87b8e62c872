/** The command line: finds the command, runs it, and says what went wrong. */
import { knownOption, SigV4ClientError } from '../sigv4/index.js';
import { secretsIn } from '../util/index.js';
import { addressSecrets } from './addressSecrets.js';
import { callCommand } from './call/index.js';
import type { Command } from './command.js';
import { doctorCommand } from './doctor/index.js';
import { errorText } from './errorText.js';
import { EXIT } from './exitCodes.js';
import type { ExitCode } from './exitCodes.js';
import { explainCommand } from './explain/index.js';
import { explanationText } from './explanation.js';
import { helpText } from './help.js';
import { localCommand } from './local/index.js';
import { presignCommand } from './presign/index.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usageError.js';

const COMMANDS: Readonly<Record<string, Command>> = {
  local: localCommand,
  call: callCommand,
  presign: presignCommand,
  explain: explainCommand,
  doctor: doctorCommand,
};

/** The version, which the build puts in. */
declare const SIGV4_CLIENT_VERSION: string;

const OVERVIEW = `Usage: npx sigv4-client COMMAND [options]

${Object.entries(COMMANDS)
  .map(([name, { help }]) => `  ${name.padEnd(8)} ${help.summary.split('\n')[0]!}`)
  .join('\n')}

  npx sigv4-client COMMAND --help   its options, with examples
  npx sigv4-client --version

Exit codes: ${EXIT.done} done, ${EXIT.refused} the API answered with an error or doctor found a fault, ${EXIT.usage} a command line that cannot be understood,
${EXIT.failed} no answer, no login or no credentials. Tokens and keys are hidden in what is printed, unless --show-secrets is given;
colours are on terminals alone, and nowhere where NO_COLOR is set.`;

/**
 * Runs a command line.
 * @param args The arguments after the program's name.
 * @param terminal Where it reads and prints.
 * @returns The exit code; never rejects.
 */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await runCommand(args, terminal);
  } catch (error) {
    return report(error, terminal);
  }
}

async function runCommand([name, ...args]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.print(OVERVIEW);
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  if (name === '--version') {
    terminal.print(SIGV4_CLIENT_VERSION);
    return EXIT.done;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    throw new UsageError(`${name}: expected ${knownOption(name, Object.keys(COMMANDS)).replace('option', 'command')}`);
  }
  const command = COMMANDS[name]!;
  if (args.includes('--help') || args.includes('-h')) {
    terminal.print(helpText(command.help));
    return EXIT.done;
  }
  return command.run(args, terminal);
}

/** Prints an error. */
function report(error: unknown, terminal: Terminal): ExitCode {
  const text = errorText(error);
  // Such as a key in the place of a command or a profile, and a password in an address.
  for (const secret of [...secretsIn(text), ...addressSecrets(text)]) terminal.hide(secret);
  terminal.note(text);
  if (!(error instanceof SigV4ClientError)) return EXIT.failed;
  const explanation = 'explanation' in error ? error.explanation : undefined;
  if (explanation) terminal.note(explanationText(explanation as never, terminal.noteStyle));
  return error instanceof UsageError || error.code === 'InvalidConfig' || error.code === 'InvalidOption'
    ? EXIT.usage
    : EXIT.failed;
}
