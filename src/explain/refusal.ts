/** What a gateway's answer says, whatever it is wrapped in. */
import { parseCanonical, parseStringToSign } from './canonical.js';
import type { Canonical, StringToSign } from './canonical.js';
import { readHeaders } from './headers.js';
import type { Refusal } from './types.js';

/** The answer, read. */
export interface Answer {
  status: number;
  headers: Map<string, string>;
  /** What it says, out of its JSON or HTML. */
  message: string;
  /** AWS's name of the error, such as `InvalidSignatureException`; empty where it gives none. */
  type: string;
  /** The message is all that the body holds, as in the gateway's own answers. */
  isBare: boolean;
  isHtml: boolean;
  /** The canonical request that the gateway computed. */
  canonical?: Canonical;
  stringToSign?: StringToSign;
  /** The gateway's clock, in milliseconds. */
  date?: number;
}

const MAX_LENGTH = 65_536;
const CANONICAL =
  /Canonical String for this request should have been\s*'([^]*?)'\s*The String-to-Sign should have been/;
const STRING_TO_SIGN = /String-to-Sign should have been\s*'([^']*)'/;

/** Reads the answer that refused a request. */
export function readAnswer(refusal: Extract<Refusal, { status: number }>): Answer {
  const headers = readHeaders(refusal.headers);
  const given: unknown = refusal.body;
  const body = typeof given === 'string' ? given.slice(0, MAX_LENGTH).trim() : ''; // some clients give it parsed
  const { message, type, isBare } = readBody(body);
  const lines = message.includes('\n') ? message : message.replaceAll('\\n', '\n'); // copied out of JSON as it stood
  const canonical = parseCanonical(CANONICAL.exec(lines)?.[1] ?? '');
  const stringToSign = parseStringToSign(STRING_TO_SIGN.exec(lines)?.[1] ?? '');
  const date = Date.parse(headers.get('date') ?? '');
  return {
    status: refusal.status,
    headers,
    message: lines,
    type: (headers.get('x-amzn-errortype') ?? type).replace(/^.*#|:.*$/gs, ''),
    isBare,
    isHtml: /^<(!doctype html|html)/i.test(body),
    ...(canonical && { canonical }),
    ...(stringToSign && { stringToSign }),
    ...(Number.isNaN(date) ? {} : { date }),
  };
}

function readBody(body: string): { message: string; type: string; isBare: boolean } {
  let value: unknown = body;
  for (let i = 0; i < 2 && typeof value === 'string'; i++) {
    try {
      value = JSON.parse(value) as unknown;
    } catch {
      break;
    }
  }
  if (typeof value === 'string') {
    const text = value.startsWith('<') ? withoutBlocks(value).replace(/<[^<>]*>/g, ' ') : value;
    return { message: text, type: '', isBare: false };
  }
  if (!isRecord(value)) return { message: '', type: '', isBare: false };
  const type = value.__type ?? value.code ?? value.Code;
  return {
    message: messageOf(value),
    type: typeof type === 'string' ? type : '',
    isBare: /^message$/i.test(Object.keys(value).join()),
  };
}

/** Takes out styles and scripts, where they close. An end that is missing is looked for once: the page may be hostile. */
function withoutBlocks(html: string): string {
  const opening = /<(style|script)\b/gi;
  const unclosed = new Set<string>();
  let [text, end] = ['', 0];
  for (let found = opening.exec(html); found; found = opening.exec(html)) {
    const name = found[1]!.toLowerCase();
    if (unclosed.has(name)) continue;
    const closing = new RegExp(`</${name}>`, 'gi');
    closing.lastIndex = opening.lastIndex;
    if (closing.test(html)) {
      text += `${html.slice(end, found.index)} `;
      end = opening.lastIndex = closing.lastIndex;
    } else unclosed.add(name);
  }
  return text + html.slice(end);
}

/** AWS writes `message` in most places, `Message` in some; apps wrap it in `error`. */
function messageOf(value: Record<string, unknown>): string {
  const nested = Array.isArray(value.errors) ? (value.errors as unknown[])[0] : value.error;
  for (const candidate of [value.message, value.Message, value.errorMessage, nested]) {
    if (typeof candidate === 'string') return candidate;
    if (isRecord(candidate)) return messageOf(candidate);
  }
  return '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
