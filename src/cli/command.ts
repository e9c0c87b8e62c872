/** What every command has. */
import type { ExitCode } from './exitCodes.js';
import type { CommandHelp } from './help.js';
import type { Terminal } from './terminal.js';

/** A command. */
export interface Command {
  readonly help: CommandHelp;
  /**
   * Runs it.
   * @param args The arguments after its name.
   * @param terminal Where it reads and prints.
   * @returns The exit code.
   * @throws UsageError for a command line that cannot be understood; the library's errors for what goes wrong.
   */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}
