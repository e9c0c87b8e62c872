/** Reads an answer of which only the body was pasted. */
import type { HeaderSource, Refusal } from '../explain/index.js';
import { isObject, MAX_REFUSAL_LENGTH, parseJson } from '../util/index.js';
import { tidyBody } from './body.js';
import type { Header } from './types.js';

/** The status that is assumed where the text has none. */
const DEFAULT_STATUS = 403;

/** Names that errors are told under, in JSON. */
const ERROR_NAMES = ['message', 'Message', 'errorMessage', '__type', 'code', 'Code', 'error', 'Error', 'errors'];

/** Sentences of plain text that only AWS's refusals have. */
const REFUSALS: readonly RegExp[] = [
  /signature/i,
  /security token|authentication token|session token|access key/i,
  /not authorized to |access ?denied|unauthorized/i,
  /^"?forbidden"?\.?$/i,
  /credential should be scoped|unable to parse|incompletesignature|unrecognizedclient/i,
  /signature not yet current|request has expired|request time and the current time/i,
];

/**
 * Reads a body in JSON or XML, or a message without any form.
 * @param text What was pasted.
 * @returns The refusal; `undefined` where the text looks like none.
 */
export function readBodyAlone(text: string): Refusal | undefined {
  const trimmed = text.trim();
  // There may be other words in front, of a tool or of the person who pasted it.
  const start = trimmed.search(/^[{[<]/m);
  return (start < 0 ? undefined : readForm(tidyBody(trimmed.slice(start)))) ?? readMessage(trimmed);
}

function readForm(body: string): Refusal | undefined {
  if (!body.startsWith('<')) return readJson(body);
  return isErrorPage(body) ? { status: DEFAULT_STATUS, headers: {}, body } : undefined;
}

function readMessage(trimmed: string): Refusal | undefined {
  if (trimmed.length > MAX_REFUSAL_LENGTH || !REFUSALS.some((refusal) => refusal.test(trimmed))) return undefined;
  return { status: DEFAULT_STATUS, headers: {}, body: unquoted(trimmed) };
}

function readJson(body: string): Refusal | undefined {
  const value = parseJson(body);
  // Terminals and people turn `\n` in texts into line breaks, which makes the JSON invalid.
  if (value === undefined) {
    return REFUSALS.some((refusal) => refusal.test(body)) ? { status: DEFAULT_STATUS, headers: {}, body } : undefined;
  }
  if (Array.isArray(value)) return isError(value[0]) ? { status: DEFAULT_STATUS, headers: {}, body } : undefined;
  return readPrinted(value) ?? (isError(value) ? { status: statusIn(value), headers: {}, body } : undefined);
}

/** Reads a refusal as `explain` takes it, or a response of axios, printed as JSON. */
function readPrinted(value: unknown): Refusal | undefined {
  if (!isObject(value) || typeof value.status !== 'number' || value.status < 400) return undefined;
  const body = value.body ?? value.data;
  if (typeof body !== 'string' && !isObject(body)) return undefined;
  return { status: value.status, headers: headersIn(value.headers), body };
}

const headersIn = (value: unknown): HeaderSource =>
  isObject(value)
    ? Object.entries(value).flatMap(([name, one]): Header[] => (typeof one === 'string' ? [[name, one]] : []))
    : {};

const isError = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && ERROR_NAMES.some((name) => Object.prototype.hasOwnProperty.call(value, name));

/** Errors of AWS's SDK have the status in `$metadata`, those of others beside the message. */
function statusIn(value: Record<string, unknown>): number {
  const metadata = isObject(value.$metadata) ? value.$metadata.httpStatusCode : undefined;
  const stated = [metadata, value.statusCode, value.status].find((one) => typeof one === 'number' && one >= 400);
  return typeof stated === 'number' && stated < 600 ? stated : DEFAULT_STATUS;
}

/** S3's `<Error>`, IAM's and STS's `<ErrorResponse>`, CloudFront's pages. */
const isErrorPage = (body: string): boolean =>
  ['<Error', '<Code>', '<Message>', '<Response>', '<html', '<HTML', '<!DOCTYPE', '<AccessDenied'].some((start) =>
    body.includes(start),
  );

const unquoted = (text: string): string =>
  text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
