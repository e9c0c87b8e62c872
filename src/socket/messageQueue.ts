/** Messages that wait for a connection, in the order in which they came. */
import { invalidOption } from '../util/index.js';
import type { SocketData } from './signedSocketOptions.js';

/** The messages that wait. */
export class MessageQueue {
  #waiting: SocketData[] = [];

  /** @param max How many may wait. */
  constructor(readonly max: number) {}

  /** How many bytes wait; a text's length stands for its bytes. */
  get size(): number {
    return this.#waiting.reduce((sum, data) => sum + sizeOf(data), 0);
  }

  /**
   * Adds a message.
   * @throws SigV4Error `InvalidOption` where too many wait
   */
  add(data: SocketData): void {
    if (this.#waiting.length >= this.max) {
      throw invalidOption('maxQueued', 'room for another message', `${this.max} that wait`);
    }
    this.#waiting.push(copyOf(data));
  }

  /** Gives all of them, and keeps none. */
  takeAll(): SocketData[] {
    return this.#waiting.splice(0);
  }
}

/**
 * Refuses what a WebSocket cannot send, at the call: an object would go out as `[object Object]`, or fail once there is a connection.
 * @throws SigV4Error `InvalidOption`
 */
export function checkData(data: unknown): void {
  const known = Object(data) as object;
  if (typeof data === 'string' || 'byteLength' in known || 'size' in known) return;
  throw invalidOption('data', 'text, bytes or a Blob; JSON.stringify an object first', data);
}

function sizeOf(data: SocketData): number {
  if (typeof data === 'string') return data.length;
  return 'byteLength' in data ? data.byteLength : data.size;
}

/** Bytes as they are now: the app may use the buffer again while they wait. */
function copyOf(data: SocketData): SocketData {
  if (typeof data === 'string' || !('byteLength' in data)) return data;
  const bytes = ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
  return bytes.slice();
}
