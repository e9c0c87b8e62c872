/** The terminal of a command: its streams, its environment, and the signals that stop it. */
import { styleText } from 'node:util';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Readable } from 'node:stream';
import { redact } from '../util/index.js';

/** The escape sequences that commands style texts by, as `styleText` gives them. */
const STYLES = ['[1m', '[2m', '[22m', '[31m', '[32m', '[39m'];

/**
 * A text without what would move a terminal's cursor, clear its screen or hide what follows: names, addresses and answers are other
 * people's. Control characters are shown by their numbers, but for line ends, tabs and our own styles.
 */
function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (character, at: number) => {
    const isLineEnd = character === '\n' || (character === '\r' && text[at + 1] === '\n');
    const isStyle = character === '\u001b' && STYLES.some((style) => text.startsWith(style, at + 1));
    if (isLineEnd || isStyle || character === '\t') return character;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Shorter secrets, in bytes, may stand in bytes by chance. */
const MIN_SECRET_LENGTH = 8;

/** Hides known secrets in bytes. No other pattern is looked for, since an image may hold it. */
function withoutSecrets(bytes: Uint8Array, secrets: readonly string[]): Uint8Array {
  let shown = Buffer.from(bytes).toString('latin1');
  for (const secret of secrets) {
    const spelling = Buffer.from(secret, 'utf8').toString('latin1');
    if (spelling.length >= MIN_SECRET_LENGTH) shown = shown.split(spelling).join('[hidden]');
  }
  return Buffer.from(shown, 'latin1');
}

/** The parts of a process that commands use. */
export interface Surroundings {
  readonly stdin: Readable & { isTTY?: boolean };
  readonly stdout: Writable & { isTTY?: boolean };
  readonly stderr: Writable & { isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  readonly cwd: string;
  /** Calls the listener at each SIGINT and SIGTERM, until what is returned is called. */
  readonly onStop: (listener: () => void) => () => void;
  /** Calls the listener with what nobody caught, which then does not end the process, until what is returned is called. */
  readonly onUncaught: (listener: (error: unknown) => void) => () => void;
}

/** Formats text, or leaves it as it is. */
export type Style = (format: Parameters<typeof styleText>[0], text: string) => string;

/** The functions by which a command prints and asks. */
export interface Terminal extends Pick<Surroundings, 'env' | 'cwd' | 'onStop' | 'onUncaught'> {
  /** Prints a line to stdout. Known secrets, and what looks like one, are hidden; on a terminal control characters as well. */
  readonly print: (text: string) => void;
  /** Prints a result that is secret by its nature, such as a signed link: as `print` does, but nothing in it is hidden. */
  readonly printSecret: (text: string) => void;
  /** Prints a line to stderr: a warning, progress, an error. It never has control characters. */
  readonly note: (text: string) => void;
  /** Prints bytes that are no text unchanged; on a terminal, how many there are. */
  readonly write: (bytes: Uint8Array) => void;
  /** Gives bytes without the secrets that are known. */
  readonly maskBytes: (bytes: Uint8Array) => Uint8Array;
  /** Formats text that `print` is given, such as bold, where stdout is a terminal. */
  readonly style: Style;
  /** Formats text that `note` is given, where stderr is one: it may be, and stdout a file. */
  readonly noteStyle: Style;
  /** Hides a secret in all that is printed from now on. */
  readonly hide: (secret: string | undefined) => void;
  /** Ends the hiding of secrets. */
  readonly showSecrets: () => void;
  /** Reads all that is piped in. */
  readonly readInput: () => Promise<string>;
  /** Asks the user; gives `undefined` where nobody sits at a terminal. */
  readonly ask: (question: string, options?: { isSecret?: boolean }) => Promise<string | undefined>;
}

/**
 * The terminal of a process.
 * @param surroundings Its streams, environment and signals.
 */
export function createTerminal(surroundings: Surroundings): Terminal {
  const { stdin, stdout, stderr, env, cwd, onStop, onUncaught } = surroundings;
  const secrets: string[] = [];
  let isMasked = true;
  const mask = (text: string): string => (isMasked ? redact(text, secrets) : text);
  const styleOf =
    ({ isTTY }: { isTTY?: boolean }): Style =>
    (format, text) =>
      isTTY && !env.NO_COLOR ? styleText(format, text, { validateStream: false }) : text;

  function printLine(text: string): void {
    stdout.write(`${stdout.isTTY ? withoutControls(text) : text}\n`);
  }

  return {
    env,
    cwd,
    onStop,
    onUncaught,
    print: (text) => {
      printLine(mask(text));
    },
    printSecret: printLine,
    note: (text) => void stderr.write(`${withoutControls(mask(text))}\n`),
    write(bytes) {
      if (stdout.isTTY) stderr.write(`${bytes.length} bytes that are no text: redirect them into a file\n`);
      else stdout.write(bytes);
    },
    maskBytes: (bytes) => (isMasked ? withoutSecrets(bytes, secrets) : bytes),
    style: styleOf(stdout),
    noteStyle: styleOf(stderr),
    hide: (secret) => {
      if (secret !== undefined) secrets.push(secret);
    },
    showSecrets: () => {
      isMasked = false;
    },
    async readInput() {
      const chunks: Buffer[] = [];
      for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array | string));
      return Buffer.concat(chunks).toString('utf8');
    },
    async ask(question, { isSecret = false } = {}) {
      if (!stdin.isTTY || !stderr.isTTY) return undefined;
      stderr.write(question);
      // readline itself shows what is typed, so that a secret needs an output that shows nothing.
      const output = isSecret
        ? new Writable({
            write: (_chunk, _encoding, done) => {
              done();
            },
          })
        : stderr;
      const reader = createInterface({ input: stdin, output, terminal: true });
      try {
        return await reader.question('');
      } finally {
        reader.close();
        if (isSecret) stderr.write('\n');
      }
    },
  };
}
