/** The words of a command as shells read them (POSIX, section 2.2; bash's `$'…'`; `^` on Windows). Nothing is expanded or run. */

/** A command, and what stands behind it. */
export interface Command {
  readonly words: readonly string[];
  /** What follows on the line that the command ends on. */
  readonly rest: string;
}

/** Bash's, within `$'…'`. */
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  e: '\x1b',
};
/** How many hexadecimal digits follow. */
const HEX_ESCAPES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
/** What ends a command. */
const OPERATORS = '|;&<>';

/**
 * Splits a command.
 * @param text Begins with it. It ends with its line, unless `\` or `^` carries it over to the next.
 */
export function readCommand(text: string): Command {
  const isWindows = text.includes('^"');
  if (!isWindows) return new ShellReader(text).read();
  const { command, rest } = withoutCarets(text);
  return { words: new ShellReader(command).read().words, rest };
}

/** What Windows's cmd makes of a line: `^` goes, and what it stands before means nothing to cmd. */
function withoutCarets(text: string): { command: string; rest: string } {
  const plain = text.replace(/\r\n/g, '\n');
  let command = '';
  let at = 0;
  for (; at < plain.length && plain.charAt(at) !== '\n'; at++) {
    if (plain.charAt(at) !== '^') command += plain.charAt(at);
    else {
      at += plain.charAt(at + 1) === '\n' ? 2 : 1;
      command += plain.charAt(at); // even a line break
    }
  }
  return { command, rest: plain.slice(at + 1) };
}

class ShellReader {
  private readonly words: string[] = [];
  private word: string | undefined;
  private at = 0;

  constructor(private readonly text: string) {}

  read(): Command {
    while (this.at < this.text.length && this.readPiece());
    this.endWord();
    const lineEnd = this.text.indexOf('\n', this.at);
    return { words: this.words, rest: lineEnd < 0 ? '' : this.text.slice(lineEnd + 1) };
  }

  /** Reads what stands here. Returns whether the command goes on. */
  private readPiece(): boolean {
    const char = this.text.charAt(this.at);
    if (char === '\n' || OPERATORS.includes(char)) return false;
    this.at++;
    if (char === ' ' || char === '\t' || char === '\r') this.endWord();
    else if (char === '\\') this.readEscaped();
    else if (char === "'") this.readSingleQuoted();
    else if (char === '"') this.readDoubleQuoted();
    else if (char === '$' && this.text.charAt(this.at) === "'") this.readAnsiQuoted();
    else this.add(char);
    return true;
  }

  /** Behind a backslash: a line break goes, anything else stands for itself. */
  private readEscaped(): void {
    const isLineBreak = this.text.charAt(this.at) === '\n' || this.text.startsWith('\r\n', this.at);
    if (isLineBreak) this.at = this.text.indexOf('\n', this.at) + 1;
    else this.add(this.text.charAt(this.at++));
  }

  private readSingleQuoted(): void {
    const end = this.text.indexOf("'", this.at);
    const close = end < 0 ? this.text.length : end;
    this.add(this.text.slice(this.at, close));
    this.at = close + 1;
  }

  private readDoubleQuoted(): void {
    this.add('');
    for (; this.at < this.text.length && this.text.charAt(this.at) !== '"'; this.at++) {
      const isEscape = this.text.charAt(this.at) === '\\' && '"\\$`\n'.includes(this.text.charAt(this.at + 1) || ' ');
      if (isEscape) this.at++;
      if (!isEscape || this.text.charAt(this.at) !== '\n') this.add(this.text.charAt(this.at));
    }
    this.at++;
  }

  private readAnsiQuoted(): void {
    this.add('');
    for (this.at++; this.at < this.text.length && this.text.charAt(this.at) !== "'"; this.at++) {
      const char = this.text.charAt(this.at);
      this.add(char === '\\' ? this.readAnsiEscape() : char);
    }
    this.at++;
  }

  /** `\n`, `\'`, `\x41`, `\u0041`: Chrome writes non-ASCII characters in this form. */
  private readAnsiEscape(): string {
    this.at++;
    const char = this.text.charAt(this.at);
    const most = HEX_ESCAPES[char];
    if (most === undefined) return ESCAPES[char] ?? char;
    const digits = /^[\da-fA-F]{1,8}/.exec(this.text.slice(this.at + 1, this.at + 1 + most))?.[0] ?? '';
    this.at += digits.length;
    const code = parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : char; // without digits it is NaN
  }

  private add(text: string): void {
    this.word = (this.word ?? '') + text;
  }

  private endWord(): void {
    if (this.word !== undefined) this.words.push(this.word);
    this.word = undefined;
  }
}
