/** What a command's end says to the script that runs it. `--help` lists them. */
export const EXIT = {
  /** It did what it was asked for. */
  done: 0,
  /** The API answered with an error, or `doctor` found something. */
  refused: 1,
  /** The command line cannot be understood. */
  usage: 2,
  /** No answer came, nobody could be logged in, or no credentials were found. */
  failed: 3,
} as const;

/** One of them. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
