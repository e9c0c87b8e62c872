/** Text, bytes and percent-encoding, as the specification wants them. */

const HEX = Array.from({ length: 256 }, (_, byte) => (byte + 256).toString(16).slice(1));

export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += HEX[byte]!;
  return hex;
}

export const hexToBytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** Lone surrogates become U+FFFD, as in TextEncoder and fetch. */
export const wellFormed = (text: string): string => text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD');

/** Text as UTF-8. Not every Hermes, and no jsdom, has a TextEncoder. */
export function utf8Bytes(text: string): Uint8Array {
  if (typeof TextEncoder === 'function') return new TextEncoder().encode(text);
  const escaped = encodeURIComponent(wellFormed(text)).match(/%..|./g) ?? [];
  return Uint8Array.from(escaped, (part) => (part.length === 1 ? part.charCodeAt(0) : parseInt(part.slice(1), 16)));
}

/** RFC 3986: everything but the unreserved characters is percent-encoded. */
export const encodeRfc3986 = (text: string): string =>
  /^[\w.~-]*$/.test(text)
    ? text
    : encodeURIComponent(wellFormed(text)).replace(/[!'()*]/g, (char) => '%' + HEX[char.charCodeAt(0)]!.toUpperCase());

/** The bytes of a body; those of a buffer that was transferred cannot be read, which throws. */
export const bytesOf = (body: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(body) ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength) : new Uint8Array(body);
