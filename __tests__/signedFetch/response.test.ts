/** What is read of a response that no one has asked for yet, and what becomes of one that no one reads. */
import { createSignedFetch } from '../../src/signedFetch/index';
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
