/** Turns the result of a function into an HTTP response. */
import { isMissing } from '../../sigv4/index.js';
import { isObject } from '../../util/index.js';
import { isBinaryMediaType } from './binary.js';
import {
  kindOf,
  readBody,
  answerHeaders,
  readMultiValueHeaders,
  readStatus,
  respond,
  sentHeaders,
} from './answerParts.js';
import type { AnswerHeaders } from './answerParts.js';
import { MalformedAnswer } from './failures.js';

const SHAPE = '{ statusCode, headers, multiValueHeaders, body, isBase64Encoded }';
/** The fields of an answer. A REST API refuses answers with others. */
const REST_FIELDS = ['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded', 'base64Encoded'];

/** The parts of a REST API's request and settings on which its answer depends. */
export interface RestAnswerOptions {
  /** The request's `Accept`. */
  readonly accept: string | null;
  /** The content types whose bodies are base64 in events and answers. */
  readonly binaryMediaTypes: readonly string[];
}

/**
 * The response of a REST API: payload format 1.0.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 *
 * A base64 body is decoded only where the request accepts one of `binaryMediaTypes`; else the client gets the base64, as from AWS.
 *
 * @param value What the function gave.
 * @param options The request's `Accept` and the API's settings.
 * @throws MalformedAnswer
 */
export function restAnswer(value: unknown, { accept, binaryMediaTypes }: RestAnswerOptions): Response {
  if (!isObject(value)) throw new MalformedAnswer(SHAPE, kindOf(value));
  const unknown = Object.keys(value).find((field) => !REST_FIELDS.includes(field));
  if (unknown !== undefined)
    throw new MalformedAnswer(`${SHAPE} and nothing else`, `a field ${JSON.stringify(unknown)}`);
  const status = isMissing(value.statusCode) ? 200 : readStatus(value.statusCode);
  const isBase64 = (value.isBase64Encoded ?? value.base64Encoded) === true;
  const body = readBody(value.body, isBase64 && isBinaryMediaType(accept, binaryMediaTypes));
  return respond(status, sentHeaders(mergedHeaders(value), 'rest'), body);
}

/** Joins `multiValueHeaders` and `headers`. A value that both have counts once. */
export function mergedHeaders(value: Record<string, unknown>): AnswerHeaders {
  const multiple = readMultiValueHeaders(value.multiValueHeaders);
  const isSaid = ([name, text]: AnswerHeaders[number]): boolean =>
    multiple.some((other) => other[0].toLowerCase() === name.toLowerCase() && other[1] === text);
  return [...multiple, ...answerHeaders(value.headers).filter((header) => !isSaid(header))];
}

/**
 * The response of an HTTP API or a function URL: payload format 2.0. What has no `statusCode` is a body by itself: text as it is,
 * anything else as JSON.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 *
 * @param value What the function gave.
 * @param frontend What is in front of the function.
 * @throws MalformedAnswer
 */
export function httpAnswer(value: unknown, frontend: 'http' | 'functionUrl'): Response {
  if (!isObject(value) || isMissing(value.statusCode)) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return respond(200, new Headers({ 'content-type': 'application/json' }), Buffer.from(text, 'utf8'));
  }
  const status = readStatus(value.statusCode);
  const headers = sentHeaders([...answerHeaders(value.headers), ...readCookies(value.cookies)], frontend);
  return respond(status, headers, readBody(bodyOf(value, frontend), value.isBase64Encoded === true));
}

/**
 * The response of an HTTP API in payload format 1.0, which takes an answer of that form alone.
 * @param value What the function gave.
 * @throws MalformedAnswer
 */
export function httpAnswerV1(value: unknown): Response {
  if (!isObject(value)) throw new MalformedAnswer(SHAPE, kindOf(value));
  const body = readBody(value.body, value.isBase64Encoded === true);
  return respond(readStatus(value.statusCode), sentHeaders(mergedHeaders(value), 'http'), body);
}

/** The body's text. Of one that is no text, a function URL makes JSON; an HTTP API refuses it. */
function bodyOf({ body }: Record<string, unknown>, frontend: 'http' | 'functionUrl'): unknown {
  return frontend === 'functionUrl' && typeof body === 'object' && body !== null ? JSON.stringify(body) : body;
}

/**
 * Reads `cookies`, each a `Set-Cookie` of its own.
 * @throws MalformedAnswer
 */
export function readCookies(cookies: unknown): AnswerHeaders {
  if (isMissing(cookies)) return [];
  if (!Array.isArray(cookies)) throw new MalformedAnswer('cookies to be an array', kindOf(cookies));
  return cookies.map((cookie: unknown) => {
    if (typeof cookie !== 'string') throw new MalformedAnswer('cookies of text', kindOf(cookie));
    return ['set-cookie', cookie];
  });
}
