/** Bodies that are sent as the call states them: streams whose hash is stated, and forms whose boundary is not. */
import { createApig } from '../../src/apig/index';
import { createSignedFetch } from '../../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, rejection, startServer } from '../support/signedFetchHarness';
import type { Seen } from '../support/signedFetchHarness';

afterAll(closeAll);

const signing = { credentials: ANY_KEYS, region: 'us-east-1', service: 's3' };
const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };

const text = ({ body }: Seen): string => Buffer.from(body).toString();

/** A stream that tells how much of it was asked for. */
function countedStream(parts: number) {
  const asked = { parts: 0 };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (asked.parts === parts) controller.close();
        else controller.enqueue(new TextEncoder().encode(`part ${asked.parts++};`));
      },
    },
    { highWaterMark: 0 },
  );
  return { asked, stream };
}

const put = (body: ReadableStream, headers: Record<string, string>): RequestInit =>
  ({ method: 'PUT', body, headers, duplex: 'half' }) as RequestInit;

describe('a stream whose payload hash is stated', () => {
  test('arrives, in chunks', async () => {
    const server = await startServer(answer(200));
    const { stream } = countedStream(3);
    await createSignedFetch(signing)(server.url, put(stream, { ...unsigned, 'content-type': 'text/csv' }));
    const [seen] = server.seen;
    expect(text(seen!)).toBe('part 0;part 1;part 2;');
    expect(seen!.headers.get('transfer-encoding')).toBe('chunked');
    expect(seen!.headers.get('x-amz-content-sha256')).toBe('UNSIGNED-PAYLOAD');
    expect(seen!.headers.get('authorization')).toMatch(/SignedHeaders=[^,]*content-type;host;x-amz-content-sha256/);
  });

  test('is not read before it is sent', async () => {
    const { asked, stream } = countedStream(3);
    const fetchNothing = (): Promise<Response> => Promise.resolve(new Response());
    await createSignedFetch({ ...signing, fetch: fetchNothing })('https://example.com/', put(stream, unsigned));
    expect(asked.parts).toBe(0);
    await createSignedFetch({ ...signing, fetch: fetchNothing })('https://example.com/', put(stream, {}));
    expect(asked.parts).toBe(3); // without a stated hash
  });

  test('whatever the hash', async () => {
    const { asked, stream } = countedStream(3);
    const headers = { 'x-amz-content-sha256': 'a'.repeat(64) };
    const fetchNothing = (): Promise<Response> => Promise.resolve(new Response());
    await createSignedFetch({ ...signing, fetch: fetchNothing })('https://example.com/', put(stream, headers));
    expect(asked.parts).toBe(0);
  });

  test('is sent once: neither again after a failure, nor to where a redirect leads', async () => {
    const failing = await startServer(answer(503));
    const send = createSignedFetch({ ...signing, retry: { baseDelay: 1 } });
    expect((await send(failing.url, put(countedStream(1).stream, unsigned))).status).toBe(503);
    expect(failing.seen).toHaveLength(1);
    const moving = await startServer(answer(307, { location: '/there' }));
    expect(await rejection(send(moving.url, put(countedStream(1).stream, unsigned)))).toMatchObject({
      code: 'InvalidResponse',
      message: expect.stringContaining('a stream can be sent only once') as string,
    });
    expect(moving.seen).toHaveLength(1);
  });

  test('goes through invokeApig as well', async () => {
    const server = await startServer(answer(200, {}, '{}'));
    const apiGateway = { REGION: 'us-east-1', URL: server.url };
    const { invokeApig } = createApig({ apiGateway }, { credentials: ANY_KEYS });
    await invokeApig({ path: '/', method: 'PUT', body: countedStream(2).stream, headers: unsigned });
    expect(text(server.seen[0]!)).toBe('part 0;part 1;');
    expect(server.seen[0]!.headers.get('transfer-encoding')).toBe('chunked'); // bytes that were read have a length
  });
});

describe('multipart/form-data that was stated without its boundary', () => {
  const form = (): FormData => {
    const data = new FormData();
    data.append('name', 'value');
    return data;
  };
  const headers = { 'Content-Type': 'multipart/form-data' };

  test('gets that of the FormData', async () => {
    const server = await startServer(answer(200), answer(200, {}, '{}'));
    await createSignedFetch(signing)(server.url, { method: 'POST', body: form(), headers });
    const { invokeApig } = createApig(
      { apiGateway: { REGION: 'us-east-1', URL: server.url } },
      { credentials: ANY_KEYS },
    );
    await invokeApig({ path: '/', method: 'POST', body: form(), headers });
    for (const seen of server.seen) {
      const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(seen.headers.get('content-type')!)![1]!;
      expect(text(seen)).toContain(`--${boundary}\r\n`);
    }
    expect(server.seen).toHaveLength(2);
  });

  test('is refused for a body of another kind, and no one is asked for credentials', async () => {
    const credentials = jest.fn(() => ANY_KEYS);
    const error = { code: 'InvalidHeader', message: expect.stringMatching(/^headers\['content-type'\]: /) as string };
    const signedFetch = createSignedFetch({ ...signing, credentials });
    expect(await rejection(signedFetch('https://example.com/', { method: 'POST', body: 'a', headers }))).toMatchObject(
      error,
    );
    const { invokeApig } = createApig(
      { apiGateway: { REGION: 'us-east-1', URL: 'https://example.com' } },
      { credentials },
    );
    expect(await rejection(invokeApig({ path: '/', method: 'POST', body: { a: 1 }, headers }))).toMatchObject(error);
    expect(credentials).not.toHaveBeenCalled();
  });
});

test('S3: a raw + in a URL stays the space that it is to S3', async () => {
  const server = await startServer(answer(200));
  await createSignedFetch(signing)(`${server.url}/a+b%2Bc`);
  expect(server.seen[0]!.path).toMatch(/\/a%20b%2Bc$/);
});
