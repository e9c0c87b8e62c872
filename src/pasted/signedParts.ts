/** From a request as it was sent to what `explain` compares. */
import type { SignedParts } from '../explain/index.js';
import { utf8Bytes } from '../sigv4/index.js';
import { headerOf } from './heads.js';
import type { Header, RequestHead } from './types.js';

/** Stands for a body that was sent and is not shown: `explain` compares text and bytes, and lets all else be. */
const UNKNOWN_BODY: object = Object.freeze({});

/** What a request's body may be. */
export interface ShownBody {
  readonly text: string;
  /** In bytes. Counted once: one command may stand in front of many requests. */
  readonly length: number;
}

/**
 * What a request's body may be.
 * @param text As it is shown.
 */
export const shownBody = (text: string): ShownBody => ({ text, length: utf8Bytes(text).length });

/**
 * Puts the parts of a request together.
 * @param head Its first line and headers, pseudo headers included.
 * @param bodies What its body may be: the first of the length that its headers state is taken.
 * @param scheme `http` or `https`, where neither its URL nor a pseudo header says it.
 */
export function signedPartsOf(head: RequestHead, bodies: readonly ShownBody[], scheme: string): SignedParts {
  const pseudo = (name: string): string | undefined => headerOf(head.headers, `:${name}`);
  const target = pseudo('path') ?? head.target;
  const host = pseudo('authority') ?? headerOf(head.headers, 'host') ?? '';
  const isWhole = /^https?:\/\//i.test(target);
  const headers = head.headers.filter(([name]) => !name.startsWith(':'));
  const body = bodyOf(headers, bodies);
  return {
    url: isWhole ? target : `${pseudo('scheme') ?? scheme}://${host}${target}`,
    method: pseudo('method') ?? head.method,
    headers,
    ...(body !== undefined && { body }),
  };
}

/** Without a stated length there is no body, but for the one that is shown. */
function bodyOf(headers: readonly Header[], bodies: readonly ShownBody[]): unknown {
  const stated = headerOf(headers, 'content-length');
  const length = stated !== undefined && /^\d{1,15}$/.test(stated) ? Number(stated) : undefined;
  if (length === 0) return undefined;
  if (length !== undefined) return bodies.find((body) => body.length === length)?.text ?? UNKNOWN_BODY;
  const isChunked = headerOf(headers, 'transfer-encoding') !== undefined;
  return bodies.find((body) => body.length > 0)?.text ?? (isChunked ? UNKNOWN_BODY : undefined);
}

/**
 * The parts of a request whose body is known to have been sent, and is not shown.
 * @param parts The rest of it.
 */
export const withUnknownBody = (parts: SignedParts): SignedParts => ({ ...parts, body: UNKNOWN_BODY });

/**
 * Whether a request carries a signature, or what is left of one: browsers leave `Authorization` out of what they export.
 * @param parts The request.
 */
export function isSigned({ url, headers }: { url: string; headers: readonly Header[] }): boolean {
  return (
    /[?&]X-Amz-(Signature|Algorithm|Credential)=/i.test(url) ||
    headerOf(headers, 'x-amz-date') !== undefined ||
    signatureOf(headers) !== ''
  );
}

/** The signature that a request carries; empty where there is none. */
export function signatureOf(headers: readonly Header[]): string {
  const authorization = headerOf(headers, 'authorization') ?? '';
  return authorization.startsWith('AWS4-') ? authorization : '';
}
