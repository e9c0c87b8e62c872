/** Server-sent events, parsed as the HTML standard says. */

/** An event that a server has sent. */
export interface ServerSentEvent {
  /** The event's type. Default `message`. */
  readonly event: string;
  /** The event's data; the lines of several `data` fields are joined by line feeds. */
  readonly data: string;
  /** The id that the server stated last, in this event or before; empty where there is none yet. */
  readonly id: string;
  /** How long to wait before connecting again, in milliseconds, as stated last; `undefined` where it is not. */
  readonly retry: number | undefined;
}

/**
 * Makes a parser of one stream. It looks at each character once, however the stream is cut up.
 * @returns A function that takes the next part of the stream's text, without the byte order mark, and gives the events that it completes.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function createEventParser(): (text: string) => ServerSentEvent[] {
  /** The parts of the line that has not ended yet. */
  let line: string[] = [];
  let hasEndedInReturn = false;
  let event = '';
  let data: string[] = [];
  let id = '';
  let retry: number | undefined;

  function readField(text: string): void {
    const colon = text.indexOf(':');
    const name = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') event = value;
    else if (name === 'data') data.push(value);
    else if (name === 'id' && !value.includes('\0')) id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) retry = Number(value);
  }

  /** Completes an event at an empty line. An event without data is dropped. */
  function complete(): ServerSentEvent[] {
    const completed = data.length > 0 ? [{ event: event || 'message', data: data.join('\n'), id, retry }] : [];
    event = '';
    data = [];
    return completed;
  }

  return (text) => {
    const events: ServerSentEvent[] = [];
    // The two characters of a line's end may come in two parts.
    let start = hasEndedInReturn && text.startsWith('\n') ? 1 : 0;
    if (text !== '') hasEndedInReturn = text.endsWith('\r');
    const ends = /\r\n|\r|\n/g;
    ends.lastIndex = start;
    for (let end = ends.exec(text); end; end = ends.exec(text)) {
      const whole = [...line, text.slice(start, end.index)].join('');
      line = [];
      start = ends.lastIndex;
      if (whole === '') events.push(...complete());
      else readField(whole);
    }
    line.push(text.slice(start));
    return events;
  };
}

/**
 * Reads the events of a stream. An event that is incomplete at the stream's end is dropped, as the standard wants it. Ending the
 * iteration ends the connection.
 * @param stream UTF-8, as all event streams are.
 */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder(); // it removes the byte order mark
  const parse = createEventParser();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* parse(decoder.decode(value, { stream: true }));
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
