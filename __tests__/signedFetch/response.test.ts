/** What is read of a response that no one has asked for yet, and what becomes of one that no one reads. */
import { createSignedFetch } from '../../src/signedFetch/index';
import { readErrorText } from '../../src/signedFetch/response';
import { ANY_KEYS } from '../support/signedFetchHarness';

const QUICK = { baseDelay: 1, attempts: 3 };

test.each([500, 403])('a %d that does not end is read up to a limit', async (status) => {
  const part = new TextEncoder().encode('x'.repeat(10_000));
  let pulled = 0;
  const pull = (controller: ReadableStreamDefaultController): void => {
    if (++pulled > 100) controller.close();
    else controller.enqueue(part);
  };
  const headers = { 'content-type': 'application/json' };
  const endless = (): Response => new Response(new ReadableStream({ pull }), { status, headers });
  const send = createSignedFetch({ credentials: ANY_KEYS, fetch: () => Promise.resolve(endless()) });
  const response = await send('http://127.0.0.1/', { method: 'POST' });
  expect(pulled).toBeLessThan(20);
  await response.body!.cancel();
});

describe('a fetch whose bodies are no streams of the web', () => {
  const RESPONSES: [string, (end: () => void) => object][] = [
    ['of Node', (destroy) => ({ destroy })],
    ['of nothing', () => ({})],
  ];
  test.each(RESPONSES)('a stream %s', async (_, stream) => {
    let ended = 0;
    let sent = 0;
    const body = stream(() => ended++);
    const send = createSignedFetch({
      credentials: ANY_KEYS,
      retry: QUICK,
      fetch: () => {
        const response = new Response(null, { status: ++sent < 3 ? 503 : 200 });
        return Promise.resolve(Object.defineProperty(response, 'body', { value: body }));
      },
    });
    expect((await send('http://127.0.0.1/')).status).toBe(200);
    expect(ended).toBe('destroy' in body ? 2 : 0);
  });
});

describe('the text of an error answer', () => {
  const LIMIT = 65_536; // twenty times the longest refusal that AWS sends
  const inParts = (parts: Uint8Array[], headers: Record<string, string> = {}): Response => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'application/json', ...headers } });
  };
  const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(0x78);

  test.each([
    [LIMIT, LIMIT],
    [LIMIT + 1, 0],
  ])('of %d bytes, %d are read', async (length, read) => {
    expect(await readErrorText(inParts([bytes(length)]))).toHaveLength(read);
    expect(await readErrorText(inParts([bytes(length - 10), bytes(10)]))).toHaveLength(read);
    const stated = { 'content-length': String(length) };
    expect(await readErrorText(inParts([bytes(1)], stated))).toHaveLength(read && 1);
  });

  test('a letter that is cut in two, and one that is cut off', async () => {
    const [first, second] = new TextEncoder().encode('ü');
    expect(await readErrorText(inParts([Uint8Array.of(first!), Uint8Array.of(second!)]))).toBe('ü');
    expect(await readErrorText(inParts([Uint8Array.of(0x61, first!)]))).toBe('a\ufffd');
  });

  test.each([
    ['application/json', 'x'],
    ['application/problem+json', 'x'],
    ['application/x-amz-json-1.1', 'x'],
    ['text/xml', 'x'],
    ['text/plain; charset=utf-8', 'x'],
    ['text/event-stream', ''],
    ['text/html', ''],
    ['image/png', ''],
    ['', ''],
  ])('of the type %j', async (type, text) => {
    expect(await readErrorText(inParts([bytes(1)], { 'content-type': type }))).toBe(text);
  });

  test('is read once, and the app can still read it', async () => {
    const response = inParts([bytes(3)]);
    const first = readErrorText(response);
    expect(await response.text()).toBe('xxx');
    expect(readErrorText(response)).toBe(first);
    expect(await first).toBe('xxx');
  });

  test('that breaks off is none', async () => {
    const pull = (controller: ReadableStreamDefaultController): void => {
      controller.error(new Error('broke'));
    };
    const headers = { 'content-type': 'application/json' };
    const response = new Response(new ReadableStream({ pull }), { headers });
    expect(await readErrorText(response)).toBe('');
    await expect(response.text()).rejects.toThrow('broke');
  });
});
