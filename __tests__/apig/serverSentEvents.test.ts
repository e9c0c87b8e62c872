/** The parser of server-sent events: the standard's own examples, and another parser on generated streams. */
import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { createEventParser, readEvents } from '../../src/apig/serverSentEvents';
import type * as sources from '../../src/apig/serverSentEvents';
import { growthOf, loadCounting } from '../support/countedWork';

const parse = (...parts: string[]) => parts.flatMap(createEventParser());
const streamOf = (parts: Uint8Array[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const plain = { event: 'message', id: '', retry: undefined };

// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
describe("the standard's examples", () => {
  test.each([
    ['data: YHOO\ndata: +2\ndata: 10\n\n', [{ ...plain, data: 'YHOO\n+2\n10' }]],
    [
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n',
      [
        { ...plain, data: 'first event', id: '1' },
        { ...plain, data: 'second event', id: '' },
      ],
    ],
    [
      'data\n\ndata\ndata\n\ndata:\n',
      [
        { ...plain, data: '' },
        { ...plain, data: '\n' },
      ],
    ],
    [
      'data:test\n\ndata: test\n\n',
      [
        { ...plain, data: 'test' },
        { ...plain, data: 'test' },
      ],
    ],
    [
      'event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n',
      [
        { ...plain, event: 'add', data: '73857293' },
        { ...plain, event: 'remove', data: '2153' },
      ],
    ],
  ])('%j', (text, events) => {
    expect(parse(text)).toEqual(events);
    expect(parse(...Array.from(text))).toEqual(events);
  });
});

test('an id stays until another is stated, also by an event without data; one with a zero is ignored', () => {
  const text = 'id: 1\n\ndata: a\n\nid: 2\0\ndata: b\n\nid\ndata: c\n\n';
  expect(parse(text).map(({ id, data }) => id + data)).toEqual(['1a', '1b', 'c']);
});

test('the time to wait is digits alone, and stays', () => {
  const text = 'retry: 1000\n\ndata: a\n\nretry: 2s\ndata: b\n\nretry:\ndata: c\n\nretry: 5\ndata: d\n\n';
  expect(parse(text).map(({ retry }) => retry)).toEqual([1000, 1000, 1000, 5]);
});

/** What eventsource-parser makes of a text. It leaves out what an event does not state, and the ids of events without data. */
function byOther(text: string): object[] {
  const events: object[] = [];
  let id = '';
  const parser = createParser({
    onEvent(event) {
      id = event.id ?? id;
      events.push({ event: event.event ?? 'message', data: event.data, id });
    },
  });
  parser.feed(`${text}:`); // it waits for what follows a carriage return
  return events;
}

const ends = fc.constantFrom('\n', '\r', '\r\n');
const words = fc.string({ unit: fc.constantFrom('a', ' ', ':', 'é', '漢', '🙂', '\t', '0'), maxLength: 6 });
const field = fc.oneof(
  fc.tuple(fc.constantFrom('data', 'event', 'retry', 'other', ''), fc.constantFrom(':', ': ', ':  '), words),
  fc.constantFrom(['data', '', ''], ['event', '', '']),
);
/** An event: an id comes with data, since the other parser forgets the others. */
const block = fc.tuple(fc.array(fc.tuple(field, ends)), fc.option(words), ends, ends).map(([fields, id, one, two]) => {
  const lines = fields.map(([parts, end]) => parts.join('') + end).join('');
  return lines + (id === null ? '' : `id: ${id}${one}data: x${one}`) + two;
});
const streams = fc.array(block).map((blocks) => blocks.join(''));

test('it agrees with eventsource-parser, wherever the bytes are cut', async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(streams, fc.array(fc.nat(30)), fc.boolean(), async (text, cuts, hasMark) => {
      const expected = byOther(text);
      const bytes = new TextEncoder().encode((hasMark ? '\uFEFF' : '') + text);
      const parts: Uint8Array[] = [];
      let start = 0;
      for (const cut of cuts) {
        parts.push(bytes.subarray(start, start + cut));
        start += cut;
      }
      const events = await all(readEvents(streamOf([...parts, bytes.subarray(Math.min(start, bytes.length))])));
      seen += events.length;
      expect(events.map(({ event, data, id }) => ({ event, data, id }))).toEqual(expected);
    }),
    { numRuns: 500 },
  );
  expect(seen).toBeGreaterThan(500);
});

test('an event that the end of the stream leaves incomplete is dropped', async () => {
  expect(await all(readEvents(streamOf([new TextEncoder().encode('data: a\n\ndata: b\n')])))).toHaveLength(1);
});

test('ending the iteration cancels the stream', async () => {
  let isCancelled = false;
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      controller.enqueue(new TextEncoder().encode('data: a\n\n'));
    },
    cancel: () => {
      isCancelled = true;
    },
  });
  for await (const { data } of readEvents(stream)) if (data === 'a') break;
  expect(isCancelled).toBe(true);
});

describe('it takes linear time', () => {
  const { createEventParser: create } = loadCounting("export * from './src/apig/serverSentEvents'") as typeof sources;

  test.each<[string, (length: number) => string]>([
    ['a long line', (length) => 'data: ' + 'a'.repeat(length)],
    ['many lines of data', (length) => 'data: a\n'.repeat(length / 8)],
    ['carriage returns', (length) => '\r'.repeat(length)],
    ['colons', (length) => ':'.repeat(length)],
  ])('%s, whole and in single characters', async (_, textOf) => {
    const whole = (text: string) => create()(`${text}\n\n`);
    const single = (text: string) => Array.from(`${text}\n\n`).flatMap(create());
    for (const work of [whole, single]) expect(await growthOf(work, textOf)).toBeLessThan(24);
  });
});
