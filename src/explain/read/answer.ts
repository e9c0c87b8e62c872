/** What a gateway's answer says, whatever it is wrapped in. */
import { errorName, isObject, parseHttpDate, textOfElement } from '../../util/index.js';
import type { Refusal } from '../types.js';
import { parseCanonicalRequest, parseStringToSign } from './canonicalRequest.js';
import { readErrorBody } from './errorBody.js';
import { readHeaders } from './headers.js';
import type { Answer, CanonicalRequest, StringToSign } from './types.js';

/** No answer of a gateway is longer. */
const MAX_LENGTH = 65_536;
const CANONICAL_REQUEST_HEADING = 'Canonical String for this request should have been';
const STRING_TO_SIGN_HEADING = 'String-to-Sign should have been';

/**
 * Reads the answer that refused a request.
 * @param refusal Its status, headers and body.
 */
export function readAnswer(refusal: Extract<Refusal, { status: number }>): Answer {
  const headers = readHeaders(refusal.headers);
  const text = textOf(refusal.body).slice(0, MAX_LENGTH).trim();
  const read = readErrorBody(text);
  const message = withLineBreaks(read.message);
  // In elements of their own: S3.
  const canonical = findCanonicalRequest(message) ?? parseCanonicalRequest(textOfElement(text, 'CanonicalRequest'));
  const stringToSign = findStringToSign(message) ?? parseStringToSign(textOfElement(text, 'StringToSign'));
  const stated = headers.get('x-amzn-errortype');
  const date = parseHttpDate(headers.get('date') ?? '');
  return {
    ...read,
    status: refusal.status,
    headers,
    message,
    type: stated === undefined ? read.type : errorName(stated),
    ...(canonical && { canonical }),
    ...(stringToSign && { stringToSign }),
    ...(date === undefined ? {} : { date }),
  };
}

/** The body's text. Some clients, such as axios, give it parsed. */
function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  return isObject(body) ? JSON.stringify(body) : '';
}

/** A message that was copied out of JSON has `\n` in place of its line breaks. */
const withLineBreaks = (message: string): string => (message.includes('\n') ? message : message.replace(/\\n/g, '\n'));

/** The canonical request stands in quotation marks, and may hold some itself; behind it comes the string to sign. */
function findCanonicalRequest(message: string): CanonicalRequest | undefined {
  const quoted = textInQuotes(message, CANONICAL_REQUEST_HEADING);
  const next = quoted.indexOf(`The ${STRING_TO_SIGN_HEADING}`);
  const text = next < 0 ? '' : quoted.slice(0, next).trimEnd();
  return text.endsWith("'") ? parseCanonicalRequest(text.slice(0, -1)) : undefined;
}

function findStringToSign(message: string): StringToSign | undefined {
  const quoted = textInQuotes(message, STRING_TO_SIGN_HEADING);
  const end = quoted.indexOf("'");
  return end < 0 ? undefined : parseStringToSign(quoted.slice(0, end));
}

/** All that follows on the quotation mark behind a heading; empty where there is none. */
function textInQuotes(message: string, heading: string): string {
  const start = message.indexOf(heading);
  const behind = start < 0 ? '' : message.slice(start + heading.length).trimStart();
  return behind.startsWith("'") ? behind.slice(1) : '';
}
