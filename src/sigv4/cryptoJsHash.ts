/** The default hash engine: SHA-256 and HMAC of crypto-js. */
import CryptoJS from 'crypto-js/core.js';
import 'crypto-js/sha256.js'; // adds SHA256 to CryptoJS
import { hexToBytes, toHex, wellFormed } from './encoding.js';
import { invalidOption } from './errors.js';
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

/** An engine on crypto-js's public calls, for platforms without its block function or without TextEncoder (jsdom). */
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

/** The members of crypto-js's hasher that its types leave out. */
interface BlockHasher {
  _hash: { words: ArrayLike<number> };
  _doProcessBlock(words: Int32Array, offset: number): void;
}

/**
 * An engine on crypto-js's SHA-256 block function and typed arrays that are reused. It takes a quarter of the time of the public
 * calls, which make new objects and arrays for every call. An HMAC key's blocks are hashed once per key.
 */
function createBlockHash(): ByteHashEngine {
  const hasher = CryptoJS.algo.SHA256.create() as unknown as BlockHasher;
  const INITIAL = Int32Array.from(hasher._hash.words);
  const state = new Int32Array(8);
  const words = new Int32Array(16);
  const buffer = new Uint8Array(8192);
  const room = buffer.subarray(0, 8064); // holds a piece of the message; the padding has the 64 bytes after it
  const view = new DataView(buffer.buffer);
  const digest = buffer.subarray(8128, 8160); // the 32 bytes after the padding
  const encoder = new TextEncoder();
  hasher._hash = { words: state };

  /** Hashes the blocks from the buffer's start up to byte `end`. */
  function hashBlocks(end: number): void {
    for (let start = 0; start < end; start += 64) {
      for (let i = 0; i < 16; i++) words[i] = view.getInt32(start + i * 4);
      hasher._doProcessBlock(words, 0);
    }
  }

  /** Hashes `data` as the continuation of `before` bytes that were hashed already and left the state `from`. */
  function update(data: string | Uint8Array, from: Int32Array, before: number): Uint8Array {
    let filled = 0;
    let length = before;
    state.set(from);
    for (let at = 0; ;) {
      const { read = 0, written = 0 } = fill(filled === 0 ? room : room.subarray(filled), data, at, encoder);
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

/**
 * Fills `free` with as much of `data`, from `at` on, as it can hold. Text is sliced first, since browsers copy all of the text that
 * encodeInto is given: in Chromium, handing it the rest of 5 MB each time took ten times as long as hashing. The slice may cut
 * a surrogate pair in two; that does no harm, since there is no room left for the three bytes of its first half.
 */
function fill(
  free: Uint8Array,
  data: string | Uint8Array,
  at: number,
  encoder: TextEncoder,
): { read?: number; written?: number } {
  if (typeof data === 'string') return encoder.encodeInto(data.slice(at, at + free.length), free);
  const piece = data.subarray(at, at + free.length);
  free.set(piece);
  return { read: piece.length, written: piece.length };
}

/** Picks the engine. The block function is no public part of crypto-js, so it is used only where it gives FIPS 180-4's example. */
function createCryptoJsHash(): ByteHashEngine {
  try {
    const engine = createBlockHash();
    if (engine.sha256('').startsWith('e3b0c44298fc1c14')) return engine;
  } catch {
    // Without the block function, the public calls do as well.
  }
  return createPublicCallsHash();
}

/** The default engine for the other rooms, which hash bytes as well as text. */
export const byteHash: ByteHashEngine = /* @__PURE__ */ createCryptoJsHash();

/**
 * The default hash engine, on crypto-js: to pass where a `hash` is asked for and another engine is the app's default.
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
    throw invalidOption('data', 'text or bytes', data);
  }
  return cryptoJsHash.sha256(data);
}
