/** The messages of one connection, so many at a time that it cannot stop the others. */

/** How many messages of a connection are answered at the same time. */
export const MAX_RUNNING = 100;

/** A queue of messages, which holds their sender back. */
export interface MessageQueue {
  /** Takes a message. */
  readonly push: (text: string) => void;
  /** Forgets the messages that have not begun yet. */
  readonly clear: () => void;
}

/** How messages are answered, and how their sender is held back. */
export interface MessageQueueOptions {
  /** Answers one; never rejects. */
  readonly answer: (text: string) => Promise<void>;
  /** Stops reading from the client. What has been read already still comes. */
  readonly pause: () => void;
  /** Reads on. */
  readonly resume: () => void;
}

/**
 * Makes a queue. Messages begin in their order, {@link MAX_RUNNING} at most without an end; while more are waiting, nothing is read
 * from the client, so that what waits is what had been read at once, and no more.
 * @param options How messages are answered, and how their sender is held back.
 */
export function createMessageQueue({ answer, pause, resume }: MessageQueueOptions): MessageQueue {
  const waiting: string[] = [];
  let running = 0;

  function begin(text: string): void {
    running++;
    void answer(text).finally(() => {
      if (waiting.length === 0) running--;
      else setImmediate(beginNext); // at once, thousands of functions that are soon done would run before anything else
    });
  }

  /** In the place of one that has ended. */
  function beginNext(): void {
    running--;
    const next = waiting.shift();
    if (next === undefined) return;
    if (waiting.length === 0) resume();
    begin(next);
  }

  return {
    push(text) {
      if (running < MAX_RUNNING) {
        begin(text);
        return;
      }
      if (waiting.length === 0) pause();
      waiting.push(text);
    },
    clear() {
      if (waiting.length > 0) resume();
      waiting.length = 0;
    },
  };
}
