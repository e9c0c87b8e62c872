/** Text, bytes and percent-encoding, as the specification wants them. */

const HEX = Array.from({ length: 256 }, (_, byte) => (byte + 256).toString(16).slice(1));

export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += HEX[byte]!;
  return hex;
}

export const hexToBytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** Replaces each surrogate without its other half by U+FFFD, as TextEncoder and fetch do. */
export const wellFormed = (text: string): string => text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD');

/** The bytes of a text as UTF-8. Works without TextEncoder too, which jsdom and some versions of Hermes lack. */
export function utf8Bytes(text: string): Uint8Array {
  if (typeof TextEncoder === 'function') return new TextEncoder().encode(text);
  const escaped = encodeURIComponent(wellFormed(text)).match(/%..|./g) ?? [];
  return Uint8Array.from(escaped, (part) => (part.length === 1 ? part.charCodeAt(0) : parseInt(part.slice(1), 16)));
}

/** Percent-encodes everything but the unreserved characters of RFC 3986, section 2.3. */
export const encodeRfc3986 = (text: string): string =>
  /^[\w.~-]*$/.test(text)
    ? text
    : encodeURIComponent(wellFormed(text)).replace(/[!'()*]/g, (char) => '%' + HEX[char.charCodeAt(0)]!.toUpperCase());

/** The bytes of a body. Throws for a buffer that was transferred, since its bytes are gone. */
export const bytesOf = (body: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(body) ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength) : new Uint8Array(body);
