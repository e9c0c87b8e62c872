/** The type of commands. */
import type { ExitCode } from './exitCodes.js';
import type { CommandHelp } from './help.js';
import type { Terminal } from './terminal.js';

/** A command. */
export interface Command {
  readonly help: CommandHelp;
  /**
   * Runs the command.
   * @param args The arguments after the command's name.
   * @param terminal Where the command reads and prints.
   * @returns The exit code.
   * @throws UsageError for a command line that cannot be understood; other errors of the library where the command fails
   */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<ExitCode>;
}
