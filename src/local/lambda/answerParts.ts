/** Reads the parts of a function's answer that REST APIs, HTTP APIs and function URLs have in common. */
import { isMissing } from '../../sigv4/index.js';
import { isObject } from '../../util/index.js';
import { MalformedAnswer } from './failures.js';
import type { LambdaFrontend } from './types.js';

/** Name and value of each header. The value `null` removes a default header. */
export type AnswerHeaders = [name: string, value: string | null][];

/** The `Content-Type` where the function states none. */
const CONTENT_TYPES: Record<LambdaFrontend, string> = {
  rest: 'application/json',
  http: 'text/plain; charset=utf-8',
  functionUrl: 'application/json',
};

/** Headers that REST APIs and function URLs send under another name, since they belong to the connection or to AWS. */
const REMAPPED = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'host',
  'server',
  'user-agent',
  'www-authenticate',
]);
/** Headers about the transfer of the body, which functions may not set. */
const DROPPED = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const BODILESS = new Set([204, 205, 304]);
const BASE64 = /^[\w+/-]*={0,2}$/;

/** The kind of a value, for an error, which must not show the value. */
export function kindOf(value: unknown): string {
  if (isMissing(value)) return String(value);
  return Array.isArray(value) ? 'an array' : typeof value;
}

/**
 * Reads `statusCode`: a number, or its digits.
 * @throws MalformedAnswer
 */
export function readStatus(value: unknown): number {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  if (Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599) return Number(status);
  throw new MalformedAnswer('statusCode from 200 to 599', typeof value === 'number' ? String(value) : kindOf(value));
}

/**
 * Reads `headers`.
 * @throws MalformedAnswer
 */
export function answerHeaders(value: unknown): AnswerHeaders {
  return entriesOf(value, 'headers').map(([name, each]) => [name, readValue(each, `headers['${name}']`)]);
}

/**
 * Reads `multiValueHeaders`.
 * @throws MalformedAnswer
 */
export function readMultiValueHeaders(value: unknown): AnswerHeaders {
  return entriesOf(value, 'multiValueHeaders').flatMap(([name, values]) => {
    if (!Array.isArray(values))
      throw new MalformedAnswer(`multiValueHeaders['${name}'] to be an array`, kindOf(values));
    return values.map((each): AnswerHeaders[number] => [name, readValue(each, `multiValueHeaders['${name}']`)]);
  });
}

function entriesOf(value: unknown, field: string): [string, unknown][] {
  if (isMissing(value)) return [];
  if (!isObject(value)) throw new MalformedAnswer(`${field} to be an object`, kindOf(value));
  return Object.entries(value);
}

function readValue(value: unknown, place: string): string | null {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new MalformedAnswer(`${place} to be text`, kindOf(value));
}

/**
 * Reads `body`.
 * @param value The body: text, or a number or boolean, which becomes text.
 * @param isBase64 Whether the text is base64, and is decoded.
 * @returns The body's bytes.
 * @throws MalformedAnswer
 */
export function readBody(value: unknown, isBase64: boolean): Uint8Array {
  const text = readValue(value ?? null, 'body') ?? '';
  if (!isBase64) return Buffer.from(text, 'utf8');
  const compact = text.replace(/\s/g, '');
  if (!BASE64.test(compact)) throw new MalformedAnswer('body to be base64, as isBase64Encoded says', 'other text');
  return Buffer.from(compact, 'base64');
}

/**
 * The headers of an answer as they are sent.
 * @param given The headers that the function gave.
 * @param frontend What is in front of the function, which has defaults and names of its own.
 * @throws MalformedAnswer, where a header cannot be sent
 */
export function sentHeaders(given: AnswerHeaders, frontend: LambdaFrontend): Headers {
  const headers = new Headers();
  for (const [name, value] of given) {
    if (value === null) continue;
    const lower = name.toLowerCase();
    const isRemapped = frontend !== 'http' && REMAPPED.has(lower);
    if (!isRemapped && DROPPED.has(lower)) continue;
    try {
      headers.append(isRemapped ? `x-amzn-remapped-${lower}` : name, value);
    } catch {
      throw new MalformedAnswer('headers that can be sent', `one named ${JSON.stringify(name)}`);
    }
  }
  const isStated = given.some(([name]) => name.toLowerCase() === 'content-type');
  if (!isStated) headers.set('content-type', CONTENT_TYPES[frontend]);
  return headers;
}

/** Makes a response, without a body where the status allows none. */
export const respond = (status: number, headers: Headers, body: Uint8Array | ReadableStream<Uint8Array>): Response =>
  new Response(BODILESS.has(status) ? null : (body as BodyInit), { status, headers });
