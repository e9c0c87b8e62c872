/** Prints an answer. */
import { findExplanation } from '../../explain/findExplanation.js';
import { sentRequest } from '../../signedFetch/index.js';
import { parseJson } from '../../util/index.js';
import type { Explanation } from '../../util/index.js';
import { EXIT } from '../exitCodes.js';
import type { ExitCode } from '../exitCodes.js';
import { explanationText } from '../explanation.js';
import type { Terminal } from '../terminal.js';

/** How an answer is printed. */
export interface AnswerOptions {
  /** Whether to print the status line and the headers as well. */
  readonly include: boolean;
  /** Whether to print one line of JSON: status, headers, body, explanation. */
  readonly json: boolean;
}

/**
 * Prints an answer, and for a refusal why it was refused.
 * @param response The answer to a signed request.
 * @param options How to print it.
 * @param terminal Gets the body as the result (stdout), and the explanation as a note (stderr).
 * @returns The command's exit code.
 */
export async function printAnswer(response: Response, options: AnswerOptions, terminal: Terminal): Promise<ExitCode> {
  const received = new Uint8Array(await response.arrayBuffer());
  const text = decode(received);
  const bytes = text === undefined ? terminal.maskBytes(received) : received;
  const explanation = text === undefined ? undefined : explanationOf(response, text);
  if (options.json) {
    const { status, headers } = response;
    const body = text === undefined ? { base64: Buffer.from(bytes).toString('base64') } : parse(text);
    terminal.print(JSON.stringify({ status, headers: Object.fromEntries(headers), body, explanation }));
  } else {
    if (options.include) terminal.print(headText(response));
    if (text === undefined) terminal.write(bytes);
    else if (text !== '') terminal.print(text.replace(/\n$/, ''));
    const { status, statusText } = response;
    if (!response.ok) terminal.note(terminal.noteStyle('bold', `${status} ${statusText}`.trim()));
    if (explanation) terminal.note(explanationText(explanation, terminal.noteStyle));
  }
  return response.ok ? EXIT.done : EXIT.refused;
}

function explanationOf(response: Response, body: string): Explanation | undefined {
  if (response.ok) return undefined;
  const signed = sentRequest(response)?.signed;
  const { status, headers } = response;
  return signed && findExplanation({ status, headers, body }, signed, Date.now, 'commandLine');
}

function headText({ status, statusText, headers }: Response): string {
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`);
  return [`HTTP ${status} ${statusText}`.trim(), ...lines, ''].join('\n');
}

/** Decodes bytes as UTF-8; `undefined` where they are no text. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(text: string): unknown {
  const value = parseJson(text);
  return value === undefined ? text : value;
}
