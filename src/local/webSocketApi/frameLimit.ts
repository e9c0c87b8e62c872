/** The limit of one frame, which the protocol's library does not know: it counts whole messages. */

/** API Gateway's quota for a frame, in bytes. */
export const MAX_FRAME = 32 * 1024;

/** Takes each chunk of a connection's bytes, and tells whether a frame that is larger than the limit has begun in it. */
export type FrameCheck = (chunk: Uint8Array) => boolean;

/**
 * Follows the frames in what a client sends (RFC 6455, section 5.2): of each only its length is read.
 * @param limit How many bytes a frame may hold.
 * @returns A function to call with each chunk, in order.
 */
export function createFrameCheck(limit: number): FrameCheck {
  /** The bytes of a frame's head that have come. */
  let head: number[] = [];
  /** How many bytes are left of the frame behind its head. */
  let rest = 0;
  return (chunk) => {
    let isLarge = false;
    let at = 0;
    while (at < chunk.length) {
      const skipped = Math.min(rest, chunk.length - at);
      rest -= skipped;
      at += skipped;
      if (at === chunk.length) break;
      head.push(chunk[at++]!);
      const length = readLength(head);
      if (length === undefined) continue;
      isLarge ||= length > limit;
      rest = length + (head[1]! & 0x80 ? 4 : 0);
      head = [];
    }
    return isLarge;
  };
}

/** The length of what a frame holds, as soon as its head tells it. */
function readLength(head: readonly number[]): number | undefined {
  if (head.length < 2) return undefined;
  const short = head[1]! & 0x7f;
  if (short < 126) return short;
  const size = short === 126 ? 2 : 8;
  if (head.length < 2 + size) return undefined;
  return head.slice(2).reduce((length, byte) => length * 256 + byte, 0);
}
