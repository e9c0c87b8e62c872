/** Answers that are read as they arrive: `responseType: 'stream'` and `'events'`. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createApig, isRequestError } from '../../src/apig/index';
import type { ApigRequest } from '../../src/apig/index';
import { openStream } from '../../src/apig/responseStream';
import { startDeadline } from '../../src/util';
import { holdTimers } from '../support/heldTimers';
import { closeServer, listenLocally } from '../support/localServer';
import { ANY_KEYS } from '../support/signedFetchHarness';
import { rejection, turns, until } from '../support/waiting';

let answer: (response: ServerResponse) => void;
let seen: IncomingMessage[] = [];
let ended = 0;
const server = createServer((request, response) => {
  seen.push(request);
  response.on('close', () => ended++);
  response.on('error', () => undefined);
  answer(response);
});
let invokeApig: ReturnType<typeof createApig>['invokeApig'];
beforeAll(async () => {
  const { url } = await listenLocally(server);
  ({ invokeApig } = createApig(
    { apiGateway: { REGION: 'eu-west-1', URL: `${url}/dev` } },
    { credentials: ANY_KEYS, retry: false },
  ));
});
beforeEach(() => {
  seen = [];
  ended = 0;
});
afterAll(() => closeServer(server));

const events = (options: Partial<ApigRequest> = {}) =>
  invokeApig({ path: '/events', ...options, responseType: 'events' });
const stream = (options: Partial<ApigRequest> = {}) =>
  invokeApig({ path: '/events', ...options, responseType: 'stream' });

/** Begins an answer of events, and gives what it is to be gone on with. */
function begin(): { response: ServerResponse } {
  const begun = {} as { response: ServerResponse };
  answer = (response) => {
    begun.response = response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.flushHeaders();
  };
  return begun;
}

test('events come as they are sent, each before the next is written', async () => {
  const begun = begin();
  const found = await events();
  expect(seen[0]!.headers.accept).toBe('text/event-stream');
  expect(seen[0]!.headers.authorization).toContain('AWS4-HMAC-SHA256');
  for (const data of ['1', '2', 'é']) {
    begun.response.write(`event: n\nid: ${data}\ndata: ${data}\n\n`);
    expect(await found.next()).toEqual({ done: false, value: { event: 'n', id: data, data, retry: undefined } });
  }
  begun.response.end();
  expect(await found.next()).toEqual({ done: true, value: undefined });
});

test("a call's own Accept goes before", async () => {
  begin();
  await (await events({ headers: { accept: 'application/vnd.example+events' } })).return();
  expect(seen[0]!.headers.accept).toBe('application/vnd.example+events');
});

test('a stream gives the bytes as they come', async () => {
  const begun = begin();
  const reader = (await stream()).getReader();
  expect(seen[0]!.headers.accept).toBe('application/json');
  for (const text of ['one', 'two']) {
    begun.response.write(text);
    expect(Buffer.from((await reader.read()).value!).toString()).toBe(text);
  }
  begun.response.end();
  expect((await reader.read()).done).toBe(true);
});

test('an answer without content is an empty stream, and no events', async () => {
  answer = (response) => response.writeHead(204).end();
  expect(await new Response(await stream()).text()).toBe('');
  expect(await (await events()).next()).toEqual({ done: true, value: undefined });
});

test('leaving the loop ends the connection, and so does cancelling the stream', async () => {
  const begun = begin();
  const found = await events();
  begun.response.write('data: 1\n\n');
  for await (const { data } of found) if (data === '1') break;
  await until(() => ended === 1);
  await (await stream()).cancel();
  await until(() => ended === 2);
  expect(ended).toBe(2);
});

describe('what ends it', () => {
  test('the timeout counts until the headers', async () => {
    const started = jest.spyOn(globalThis, 'setTimeout');
    const stopped = jest.spyOn(globalThis, 'clearTimeout');
    begin();
    const found = await events({ timeout: 4321 });
    const timer: unknown = started.mock.results[started.mock.calls.findIndex(([, after]) => after === 4321)]!.value;
    expect(stopped).toHaveBeenCalledWith(timer);
    jest.restoreAllMocks();
    await found.return();
  });

  test('before the headers it is a Timeout', async () => {
    const timers = holdTimers(4322);
    answer = () => {
      timers.fire();
    };
    const error = await rejection(events({ timeout: 4322 }));
    timers.release();
    expect(error).toMatchObject({ name: 'RequestError', code: 'Timeout' });
  });

  test.each([undefined, 600_000])(
    'the signal, with its reason, whether somebody reads or not; timeout %s',
    async (timeout) => {
      begin();
      for (const open of [events, stream]) {
        const { signal, ...controller } = abortable();
        const found = await open({ signal, timeout });
        const reading = 'next' in found ? () => found.next() : () => reader.read();
        const reader = 'next' in found ? (undefined as never) : found.getReader();
        const pending = rejection(reading());
        controller.abort('the page was left');
        expect(await pending).toBe('the page was left');

        const unread = abortable();
        await open({ signal: unread.signal, timeout });
        unread.abort('nobody reads');
      }
      await until(() => ended === 4);
      expect(ended).toBe(4);
    },
  );

  test.each(['events', 'stream'] as const)('a connection that breaks is a NetworkError of ours: %s', async (kind) => {
    const begun = begin();
    const found = await (kind === 'events' ? events() : stream());
    begun.response.write('data: 1\n\n');
    await turns();
    begun.response.destroy();
    const error = await rejection(
      (async () => {
        for await (const _ of found as AsyncIterable<unknown>);
      })(),
    );
    expect(isRequestError(error)).toBe(true);
    expect(error).toMatchObject({
      code: 'NetworkError',
      message: 'GET /dev/events was answered, but the answer broke off.',
      method: 'GET',
      attempts: 1,
      cause: expect.anything() as unknown,
    });
  });
});

describe('what is no stream of events', () => {
  test.each(['application/json', 'text/event-streams'])('%s', async (type) => {
    answer = (response) => response.writeHead(200, { 'content-type': type }).write('{}');
    expect(await rejection(events())).toMatchObject({
      name: 'RequestError',
      code: 'InvalidResponse',
      message: `GET /dev/events answered 200 with ${type} where text/event-stream was expected.`,
    });
    await until(() => ended === 1); // the connection is not kept
  });

  test('an error answer is an ApigError, with its text', async () => {
    answer = (response) => response.writeHead(429, { 'content-type': 'application/json' }).end('{"message":"slow"}');
    for (const call of [events(), stream()]) {
      expect(await rejection(call)).toMatchObject({ name: 'ApigError', status: 429, message: '{"message":"slow"}' });
    }
  });

  test('the answer of a fetch without streams', async () => {
    const fetch = () => Promise.resolve({ ok: true, status: 200, headers: new Headers(), text: () => '' } as never);
    const config = { apiGateway: { REGION: 'eu-west-1', URL: 'https://api.example/dev' } };
    const apig = createApig(config, { credentials: ANY_KEYS, fetch });
    expect(await rejection(apig.invokeApig({ path: '/', responseType: 'stream' }))).toMatchObject({
      code: 'InvalidResponse',
      message: 'GET /dev/ was answered by a fetch without streams.',
    });
  });
});

/** A controller whose `abort` can be taken from it. */
function abortable() {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    abort: (reason: unknown) => {
      controller.abort(reason);
    },
  };
}

test('nothing of the answer is taken before it is asked for', async () => {
  let asked = 0;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    asked++;
    controller.enqueue(new Uint8Array(1));
  };
  const response = new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
  const deadline = startDeadline(undefined, undefined, () => undefined);
  const reader = openStream(response, { deadline, fail: (code) => new Error(code) as never }).getReader();
  await turns();
  expect(asked).toBe(0);
  await reader.read();
  await turns();
  expect(asked).toBe(1);
  await reader.cancel();
});
