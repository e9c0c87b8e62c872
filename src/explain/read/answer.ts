/** Reads a gateway's answer, from JSON, XML, a page or an app's own answer around it. */
import { errorName, isObject, MAX_REFUSAL_LENGTH, parseHttpDate, textOfElement } from '../../util/index.js';
import type { Refusal } from '../types.js';
import { parseCanonicalRequest, parseStringToSign } from './canonicalRequest.js';
import { readErrorBody } from './errorBody.js';
import { headerMap } from './headers.js';
import type { Answer, CanonicalRequest, StringToSign } from './types.js';

const CANONICAL_REQUEST_HEADING = 'Canonical String for this request should have been';
const STRING_TO_SIGN_HEADING = 'String-to-Sign should have been';

/**
 * Reads the answer that refused a request.
 * @param refusal The answer's status, headers and body.
 */
export function readAnswer(refusal: Extract<Refusal, { status: number }>): Answer {
  const headers = headerMap(refusal.headers);
  const text = textOf(refusal.body).slice(0, MAX_REFUSAL_LENGTH).trim();
  const read = readErrorBody(text);
  const message = withLineBreaks(read.message);
  // S3 has the canonical request and the string to sign in XML elements of their own.
  const canonical = findCanonicalRequest(message) ?? parseCanonicalRequest(textOfElement(text, 'CanonicalRequest'));
  const stringToSign = findStringToSign(message) ?? parseStringToSign(textOfElement(text, 'StringToSign'));
  const stated = headers.get('x-amzn-errortype');
  const date = parseHttpDate(headers.get('date') ?? '');
  return {
    ...read,
    status: refusal.status,
    headers,
    message,
    type: (stated === undefined ? read.type : errorName(stated)).replace(/Exception$/, ''),
    ...(canonical && { canonical }),
    ...(stringToSign && { stringToSign }),
    ...(date === undefined ? {} : { date }),
  };
}

/** The body's text. Clients such as axios give a parsed body, which is turned into text again. */
function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  return isObject(body) ? JSON.stringify(body) : '';
}

/** A message with its line breaks. One that was copied from JSON has the two characters `\n` in their place. */
const withLineBreaks = (message: string): string => (message.includes('\n') ? message : message.replace(/\\n/g, '\n'));

/** Finds the canonical request in a message. It is in quotation marks, may hold some itself, and the string to sign follows. */
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

/** The text after the quotation mark that follows a heading; empty where there is no such heading. */
function textInQuotes(message: string, heading: string): string {
  const behind = message.split(heading)[1]?.trimStart() ?? '';
  return behind.startsWith("'") ? behind.slice(1) : '';
}
