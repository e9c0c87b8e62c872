/** The default hash engine: SHA-256 and HMAC of crypto-js. */
import CryptoJS from 'crypto-js/core.js';
import 'crypto-js/sha256.js'; // adds SHA256 to it
import { hexToBytes, toHex, wellFormed } from './encoding.js';
import { SigV4Error } from './errors.js';
import type { HashEngine } from './types.js';

/** An engine that takes bytes as messages too. */
export interface ByteHashEngine extends HashEngine {
  hmac(key: string | Uint8Array): (message: string | Uint8Array) => string;
}

/** An HMAC key, filled up with zeros to a block. */
function keyBlock(key: Uint8Array): Uint8Array {
  const block = new Uint8Array(64);
  block.set(key);
  return block;
}

/** The public calls of crypto-js, for where its block function or TextEncoder is missing (jsdom). */
function createPublicCallsHash(): ByteHashEngine {
  const { SHA256, enc } = CryptoJS;
  const parse = (data: string | Uint8Array) =>
    typeof data === 'string' ? enc.Utf8.parse(wellFormed(data)) : enc.Hex.parse(toHex(data));
  return {
    sha256: (data) => String(SHA256(parse(data))),
    hmac(key) {
      const given = parse(key);
      const block = keyBlock(hexToBytes(String(given.sigBytes > 64 ? SHA256(given) : given)));
      const pad = (byte: number) => parse(block.map((each) => each ^ byte));
      return (message) => String(SHA256(pad(0x5c).concat(SHA256(pad(0x36).concat(parse(message))))));
    },
  };
}

/** What the types of crypto-js do not tell of its hasher. */
interface BlockHasher {
  _hash: { words: ArrayLike<number> };
  _doProcessBlock(words: Int32Array, offset: number): void;
}

/**
 * crypto-js's SHA-256 block function on reused typed arrays: a quarter of the time of its public calls, which goes into
 * the objects and arrays that they make for every call. The HMAC key's blocks are hashed once per key.
 */
function createBlockHash(): ByteHashEngine {
  const hasher = CryptoJS.algo.SHA256.create() as unknown as BlockHasher;
  const INITIAL = Int32Array.from(hasher._hash.words);
  const state = new Int32Array(8);
  const words = new Int32Array(16);
  const buffer = new Uint8Array(8192);
  const room = buffer.subarray(0, 8064); // for a piece of the message; behind it, for the padding
  const view = new DataView(buffer.buffer);
  const digest = buffer.subarray(8128, 8160); // behind the padding
  const encoder = new TextEncoder();
  hasher._hash = { words: state };

  /** Hashes the blocks at the buffer's start. */
  function hashBlocks(end: number): void {
    for (let start = 0; start < end; start += 64) {
      for (let i = 0; i < 16; i++) words[i] = view.getInt32(start + i * 4);
      hasher._doProcessBlock(words, 0);
    }
  }

  /**
   * Fills the room with what it can hold of `data` from `at` on. Browsers copy all of the text that encodeInto is given: in
   * Chromium, all the rest of 5 MB each time took ten times as long as hashing it. A surrogate pair that is cut in two at
   * the slice's end does not matter, since its first half finds no room for its three bytes.
   */
  function fill(free: Uint8Array, data: string | Uint8Array, at: number): { read?: number; written?: number } {
    if (typeof data === 'string') return encoder.encodeInto(data.slice(at, at + free.length), free);
    const piece = data.subarray(at, at + free.length);
    free.set(piece);
    return { read: piece.length, written: piece.length };
  }

  /** Hashes `data` behind the `before` bytes that led to the state `from`. */
  function update(data: string | Uint8Array, from: Int32Array, before: number): Uint8Array {
    let filled = 0;
    let length = before;
    state.set(from);
    for (let at = 0; ;) {
      const { read = 0, written = 0 } = fill(filled === 0 ? room : room.subarray(filled), data, at);
      at += read;
      filled += written;
      length += written;
      if (at === data.length) break;
      const whole = filled & ~63;
      hashBlocks(whole);
      buffer.copyWithin(0, whole, filled);
      filled -= whole;
    }
    const end = (filled + 72) & ~63;
    buffer.fill(0, filled, end)[filled] = 0x80;
    view.setUint32(end - 8, length / 0x20000000);
    view.setUint32(end - 4, length << 3);
    hashBlocks(end);
    for (let i = 0; i < 8; i++) view.setInt32(8128 + i * 4, state[i]!);
    return digest;
  }

  return {
    sha256: (data) => toHex(update(data, INITIAL, 0)),
    hmac(key) {
      const given = typeof key === 'string' ? encoder.encode(key) : key;
      const block = keyBlock(given.length > 64 ? update(given, INITIAL, 0) : given);
      const [inner, outer] = [0x36, 0x5c].map((pad) => {
        state.set(INITIAL);
        buffer.set(block.map((byte) => byte ^ pad));
        hashBlocks(64);
        return state.slice();
      }) as [Int32Array, Int32Array];
      return (message) => toHex(update(update(message, inner, 64), outer, 64));
    },
  };
}

/** The block function is no public part of crypto-js: used only where it gives the figure of FIPS 180-4. */
function createCryptoJsHash(): ByteHashEngine {
  try {
    const engine = createBlockHash();
    if (engine.sha256('').startsWith('e3b0c44298fc1c14')) return engine;
  } catch {
    // the public calls are enough
  }
  return createPublicCallsHash();
}

/** The same, for the other rooms: with bytes as messages. */
export const byteHash: ByteHashEngine = /* @__PURE__ */ createCryptoJsHash();

/**
 * The default engine: crypto-js.
 * @example
 * const signature = calculateSignature(signingKey, stringToSign, cryptoJsHash);
 */
export const cryptoJsHash: HashEngine = byteHash;

/**
 * SHA-256, with crypto-js.
 * @param data Bytes, or text, which is hashed as UTF-8.
 * @returns 64 hex digits in lower case.
 * @throws SigV4Error `InvalidOption` for anything else.
 * @example
 * const payloadHash = sha256Hex('{"text":"Hello"}');
 */
export function sha256Hex(data: string | Uint8Array): string {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
    throw new SigV4Error('InvalidOption', 'data', 'text or bytes', data);
  }
  return cryptoJsHash.sha256(data);
}
