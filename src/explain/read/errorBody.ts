/** Reads the body of a refusal: AWS's JSON or XML, an app's JSON around it, a page, or plain text. */
import { awsErrorOf, isHtml, isObject, parseJson, readAwsError, textOfElement } from '../../util/index.js';
import { textOfHtml } from './html.js';
import type { Answer } from './types.js';

/** The parts of an answer that its body tells. */
export type ErrorBody = Pick<Answer, 'message' | 'type' | 'isBare' | 'isHtml'>;

/**
 * Reads the body of a refusal.
 * @param body The body's text, trimmed.
 */
export function readErrorBody(body: string): ErrorBody {
  const isPage = isHtml(body);
  const value = parseTwice(body);
  if (typeof value === 'string' && !isPage) {
    const { code, message } = readAwsError(value);
    if (code !== '') return { message: withNames(message, value), type: code, isBare: false, isHtml: isPage }; // XML, as S3's
  }
  if (typeof value === 'string') {
    const message = value.startsWith('<') ? textOfHtml(value) : value;
    return { message, type: '', isBare: false, isHtml: isPage };
  }
  if (!isObject(value)) return { message: '', type: '', isBare: false, isHtml: isPage };
  return { message: messageOf(value), type: typeOf(value), isBare: isMessageAlone(value), isHtml: isPage };
}

/** The message, and behind it the headers that S3 names in an element of its own. */
function withNames(message: string, xml: string): string {
  const names = textOfElement(xml, 'HeadersNotSigned');
  return names === '' ? message : `${message}: ${names}`;
}

/** Parses JSON, and once more where that gives a text that is JSON again. Other text is returned unchanged. */
function parseTwice(text: string): unknown {
  const value = parseJson(text) ?? text;
  return typeof value === 'string' ? (parseJson(value) ?? value) : value;
}

/** AWS's name of the error, which AppSync has in a list `errors`, and OpenSearch in `error`. */
function typeOf(value: Record<string, unknown>): string {
  const { code } = awsErrorOf(value);
  if (code !== '') return code;
  const [first] = Array.isArray(value.errors) ? (value.errors as unknown[]) : [value.error];
  const { errorType, type } = Object(first) as Record<string, unknown>;
  return [errorType, type].find((name) => typeof name === 'string') ?? '';
}

/** AWS's message, which apps may put into `error`, a list `errors`, or another `message`. */
function messageOf(answer: Record<string, unknown>): string {
  for (let value = answer; ;) {
    const wrapped = Array.isArray(value.errors) ? (value.errors as unknown[])[0] : value.error;
    const inner = [value.message, value.Message, value.errorMessage, value.reason, wrapped].find(
      (candidate) => isObject(candidate) || (typeof candidate === 'string' && candidate !== ''),
    );
    if (!isObject(inner)) return typeof inner === 'string' ? inner : '';
    value = inner;
  }
}

function isMessageAlone(value: Record<string, unknown>): boolean {
  const names = Object.keys(value);
  return names.length === 1 && names[0]!.toLowerCase() === 'message';
}
