/** The lines of a `curl -v` log, sorted into exchanges. */
import { readHeaderLine, readRequestLine, readStatusLine } from './heads.js';
import type { Header, RequestHead, ResponseHead } from './types.js';

/** A request, its answer, and the lines that were printed while it was the last. */
export interface Exchange {
  request?: RequestHead;
  response?: ResponseHead;
  readonly body: string[];
  /** Whether TLS was spoken; undefined where the log does not show how the connection was made. */
  readonly isTls: boolean | undefined;
}

/** What curl prints of the bytes that it does not show, and of its progress. */
const NOISE = /^([{}] \[\d+ bytes data\]|\s+% Total |\s+Dload {1,9}Upload|Note: |Warning: )/;
/** HTTP/2's headers, by curl up to 8.0 and by later ones: `h2h3 [:path: /x]`, `[HTTP/2] [1] [:path: /x]`. */
const PSEUDO = /^(?:h2h3|\[HTTP\/\d\] \[\d{1,9}\]|Using [\w/.]{1,9}:) \[(:[a-z]{1,12}: [^\]\s]+)\]$/;
/** In front of each line with `--trace-time`. */
const TIME = /^\d\d:\d\d:\d\d\.\d{6} /;

/** Takes the lines one by one. */
class LogReader {
  readonly before: string[] = [];
  readonly exchanges: Exchange[] = [];
  private isTls: boolean | undefined;
  private pseudo: Header[] = [];
  /** Within the headers that `-i` prints once more, among the body. */
  private isInIncluded = false;

  read(line: string): void {
    if (NOISE.test(line)) return;
    const [mark, rest] = [line.slice(0, 2), line.slice(2)];
    if (mark === '* ') this.readNote(rest.trim());
    else if (mark === '> ' || line === '>') this.readSent(rest);
    else if (mark === '< ' || line === '<') this.readReceived(rest);
    else this.readPrinted(line);
  }

  private get last(): Exchange | undefined {
    return this.exchanges[this.exchanges.length - 1];
  }

  private start(request?: RequestHead): Exchange {
    const exchange = { ...(request && { request }), body: [], isTls: this.isTls };
    this.exchanges.push(exchange);
    return exchange;
  }

  private readNote(note: string): void {
    if (note.startsWith('Trying ') || note.startsWith('Connected to ')) this.isTls ??= false;
    if (note.startsWith('Trying ')) this.isTls = false; // another connection
    if (/^(SSL|TLS|ALPN|using HTTP\/[23]|\[HTTP\/[23]\])/i.test(note)) this.isTls = true;
    const header = readHeaderLine(PSEUDO.exec(note)?.[1] ?? '');
    if (header?.[0] === ':method') this.pseudo = [];
    if (header) this.pseudo.push(header);
  }

  private readSent(text: string): void {
    const line = readRequestLine(text);
    if (line) {
      this.start({ ...line, headers: this.pseudo });
      this.pseudo = [];
      return;
    }
    const header = readHeaderLine(text);
    if (header && this.last?.response === undefined) this.last?.request?.headers.push(header);
  }

  private readReceived(text: string): void {
    const response = readStatusLine(text);
    const last = this.last;
    if (response) {
      // A request may have several: 100 and 103 come before its answer.
      const isSame = last !== undefined && (last.request !== undefined || (last.response?.status ?? 0) < 200);
      (isSame ? last : this.start()).response = response;
      return;
    }
    const header = readHeaderLine(text);
    if (header) last?.response?.headers.push(header);
  }

  private readPrinted(line: string): void {
    if (this.last === undefined) {
      this.before.push(line);
      return;
    }
    if (this.isInIncluded) {
      this.isInIncluded = line.trim() !== '';
    } else if (readStatusLine(line)) this.isInIncluded = true;
    else this.last.body.push(line);
  }
}

/**
 * Sorts the lines of a log.
 * @param lines All of the text.
 * @returns The exchanges, and what stands before the first.
 */
export function readExchanges(lines: readonly string[]): { exchanges: readonly Exchange[]; before: readonly string[] } {
  const reader = new LogReader();
  for (const line of lines) reader.read(withoutProgress(line.replace(TIME, '')));
  return reader;
}

/** Signs that curl's progress consists of, and how many at least. */
const PROGRESS_SIGNS = ' \r0123456789.:-kMGTP';
const PROGRESS_LENGTH = 60;

/** Progress is printed over itself, without a line break, so that what comes next stands behind it. */
function withoutProgress(line: string): string {
  if (!/-:--|\d:\d\d/.test(line)) return line;
  let end = 0;
  while (end < line.length && PROGRESS_SIGNS.includes(line.charAt(end))) end++;
  return end < PROGRESS_LENGTH ? line : line.slice(end);
}
