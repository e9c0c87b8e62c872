/** The exit codes of commands, for scripts that run them. `--help` lists them. */
export const EXIT = {
  /** The command succeeded. */
  done: 0,
  /** The API answered with an error, or `doctor` found something. */
  refused: 1,
  /** The command line cannot be understood. */
  usage: 2,
  /** No answer came, nobody could be logged in, or no credentials were found. */
  failed: 3,
} as const;

/** An exit code of a command. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
