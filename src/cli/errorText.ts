/** An error, as commands print it. */
import { SigV4ClientError } from '../sigv4/index.js';
import { UsageError } from './usageError.js';

/** Errors that JavaScript itself throws: mistakes in a program, whose place has to be known. */
const MISTAKES = ['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError'];

/** Texts in lines of a stack that name no place in the user's code: a place in Node, in this program, which is one file, or none at all. */
const OURS = ['(node:', ' node:', '(<anonymous>)', __filename];

/** What the local Lambda adds to a file's address, so that it is imported anew. */
const VERSION = /[?&]sigv4-client-version=[\w-]+/;

/**
 * The text that is printed for an error: its message; for errors that are not the library's, also the places in the user's code that
 * they come from.
 * @param error What was thrown.
 */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof SigV4ClientError) {
    const help = error instanceof UsageError ? [] : [`See ${error.helpUrl}`];
    return [error.message, ...userFrames(error.cause), ...help].join('\n');
  }
  const frames = userFrames(error);
  if (frames.length === 0 && MISTAKES.includes(error.name)) return error.stack ?? String(error);
  return [String(error), ...frames].join('\n');
}

/** The lines of an error's stack that name a place in the user's code. */
function userFrames(error: unknown): string[] {
  const lines = (error instanceof Error ? (error.stack ?? '') : '').split('\n');
  const isUsers = (line: string): boolean => /^ {4}at /.test(line) && !OURS.some((ours) => line.includes(ours));
  return lines.filter(isUsers).map((line) => line.replace(VERSION, ''));
}
