/** What is done to a body on its way: serialized once, encoded once, hashed and sent as it was when the call was made. */
import { createApig } from '../../src/apig/index';
import { createSignedFetch } from '../../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, rejection, startGateway, startServer } from '../support/signedFetchHarness';
import type { Echo } from '../support/signedFetchHarness';

afterAll(closeAll);

const NEEDLE = 'needle';
const SHORT = { note: NEEDLE };
const LONG = { note: NEEDLE + 'ä'.repeat(100_000) }; // digested by WebCrypto

/** How often the body is made into text and into bytes while `work` runs, by whomever. */
async function count(work: () => Promise<unknown>): Promise<{ serialized: number; encoded: number }> {
  const counts = { serialized: 0, encoded: 0 };
  const sees = (value: unknown): boolean =>
    typeof value === 'string' ? value.includes(NEEDLE) : Object(value) === SHORT || Object(value) === LONG;
  const spies: { mockRestore: () => void }[] = (['encode', 'encodeInto'] as const).map((name) => {
    const real: unknown = Reflect.get(TextEncoder.prototype, name);
    return jest.spyOn(TextEncoder.prototype, name).mockImplementation(function (this: unknown, ...args: unknown[]) {
      if (sees(args[0])) counts.encoded++;
      return Reflect.apply(real as () => never, this, args) as never;
    });
  });
  const { stringify } = JSON;
  spies.push(
    jest.spyOn(JSON, 'stringify').mockImplementation((...args: unknown[]) => {
      if (sees(args[0])) counts.serialized++;
      return stringify(...(args as [unknown]));
    }),
  );
  try {
    await work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return counts;
}

describe.each([
  ['a short body', SHORT],
  ['a long one', LONG],
])('%s', (_, body) => {
  test.each([
    ['one attempt', 1],
    ['three attempts', 3],
  ])('invokeApig: serialized once, encoded once, in %s', async (_name, attempts) => {
    const server = await startServer(...Array.from({ length: attempts - 1 }, () => answer(503)), answer(200));
    const { invokeApig } = createApig(
      { apiGateway: { REGION: 'us-east-1', URL: server.url } },
      { credentials: ANY_KEYS },
    );
    const counts = await count(() => invokeApig({ path: '/x', method: 'PUT', body, retry: { baseDelay: 1 } }));
    expect(server.seen.map((seen) => Buffer.from(seen.body).toString())).toEqual(
      Array(attempts).fill(JSON.stringify(body)),
    );
    expect(counts).toEqual({ serialized: 1, encoded: 1 });
  });

  test.each([
    ['one attempt', 1],
    ['three attempts', 3],
  ])('createSignedFetch: text is encoded once, in %s', async (_name, attempts) => {
    const server = await startServer(...Array.from({ length: attempts - 1 }, () => answer(503)), answer(200));
    const text = JSON.stringify(body);
    const send = createSignedFetch({ credentials: ANY_KEYS, retry: { baseDelay: 1 } });
    const counts = await count(() => send(server.url, { method: 'PUT', body: text }));
    expect(server.seen.map((seen) => Buffer.from(seen.body).toString())).toEqual(Array(attempts).fill(text));
    expect(counts).toEqual({ serialized: 0, encoded: 1 });
  });
});

test.each<[string, (bytes: Uint8Array<ArrayBuffer>) => BodyInit]>([
  ['bytes', (bytes) => bytes],
  ['an ArrayBuffer', ({ buffer }) => buffer],
])('%s are sent as they were when fetch was called', async (_, bodyOf) => {
  const { url, credentials } = await startGateway();
  const bytes = new Uint8Array([97, 98, 99]);
  const call = createSignedFetch({ credentials })(url + '/x', { method: 'POST', body: bodyOf(bytes) });
  bytes.fill(120);
  const response = await call;
  expect([response.status, ((await response.json()) as Echo).body]).toEqual([200, 'abc']);
});

test('a large body does not go through a Request', async () => {
  const given: unknown[] = [];
  const original = globalThis.Request;
  globalThis.Request = class extends original {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(input, init);
      given.push(init?.body);
    }
  };
  try {
    const fetch = (): Promise<Response> => Promise.resolve(new Response());
    const send = createSignedFetch({ credentials: ANY_KEYS, fetch });
    await send('http://127.0.0.1/', { method: 'POST', body: 'text' });
    await send('http://127.0.0.1/', { method: 'POST', body: new Uint8Array(3) });
  } finally {
    globalThis.Request = original;
  }
  expect(given).toEqual(['', new Uint8Array()]);
});

test('credentials that change in place, or come in a new object each time, sign what they are', async () => {
  const { url, credentials, store } = await startGateway();
  const changing = { ...credentials };
  const send = createSignedFetch({ credentials: () => changing });
  expect((await send(url)).status).toBe(200);
  const { accessKeyId, secretAccessKey } = changing;
  changing.secretAccessKey = 'another';
  expect((await send(url)).status).toBe(403);
  changing.secretAccessKey = secretAccessKey;
  expect((await send(url)).status).toBe(200);
  store.revoke(accessKeyId);
  expect((await send(url)).status).toBe(403);
});

describe('a body that the platform cannot read is refused, and not sent as its name', () => {
  /** As a polyfill's, or another package's, looks to the platform. */
  const foreign = (kind: string): object =>
    Object.defineProperty({ append: () => undefined, type: 'text/csv' }, Symbol.toStringTag, { value: kind });
  const config = (URL: string) => ({ apiGateway: { REGION: 'us-east-1', URL } });

  test.each(['FormData', 'Blob', 'File', 'ReadableStream'])('invokeApig: a %s of another kind', async (kind) => {
    const server = await startServer(answer(200));
    const { invokeApig } = createApig(config(server.url), { credentials: ANY_KEYS });
    const error = await rejection(invokeApig({ path: '/x', method: 'POST', body: foreign(kind) }));
    expect(error).toMatchObject({ name: 'SigV4Error', code: 'InvalidBody', option: 'body' });
    expect((error as Error).message).toMatch(new RegExp(`^body: expected .*platform can read, got ${kind}$`));
    expect(server.seen).toHaveLength(0);
  });

  test('createSignedFetch: a stream of another kind', async () => {
    const server = await startServer(answer(200));
    const body = foreign('ReadableStream') as ReadableStream;
    const error = await rejection(createSignedFetch({ credentials: ANY_KEYS })(server.url, { method: 'POST', body }));
    expect(error).toMatchObject({ name: 'SigV4Error', code: 'InvalidBody', option: 'body' });
    expect(server.seen).toHaveLength(0);
  });

  test('the refusal names all that invokeApig takes, and no other function', async () => {
    const { invokeApig } = createApig(config('http://127.0.0.1:9'), { credentials: ANY_KEYS });
    for (const body of [new Map(), new String('hi'), () => 1]) {
      const { message } = (await rejection(invokeApig({ path: '/x', method: 'POST', body }))) as Error;
      expect(message).toMatch(/^body: expected text, .*form, Blob or stream.*, got (Map|String|Function)$/);
      expect(message).not.toContain('createSignedFetch');
    }
  });

  test('text that is a Blob is sent', async () => {
    const server = await startServer(answer(200));
    const { invokeApig } = createApig(config(server.url), { credentials: ANY_KEYS });
    await invokeApig({ path: '/x', method: 'POST', body: new Blob(['abc'], { type: 'text/plain;charset=UTF-8' }) });
    expect(Buffer.from(server.seen[0]!.body).toString()).toBe('abc');
  });

  const broken: [string, () => ReadableStream, string][] = [
    [
      'a locked stream',
      () => {
        const stream = new ReadableStream();
        stream.getReader();
        return stream;
      },
      'locked',
    ],
    [
      'a stream that fails',
      () =>
        new ReadableStream({
          pull(controller) {
            controller.error(Object.assign(new Error('disk failed, Bearer abcdefghijklmnopqrstuvwxyz'), { secret: 1 }));
          },
        }),
      'disk failed',
    ],
  ];
  test.each(broken)('%s: with its cause, and without secrets', async (_, streamOf, words) => {
    const server = await startServer(answer(200));
    const { invokeApig } = createApig(config(server.url), { credentials: ANY_KEYS });
    const signedFetch = createSignedFetch({ credentials: ANY_KEYS });
    const calls = [
      () => invokeApig({ path: '/x', method: 'POST', body: streamOf() }),
      () => signedFetch(server.url, { method: 'POST', body: streamOf() }),
    ];
    for (const call of calls) {
      const error = (await rejection(call())) as Error;
      expect(error).toMatchObject({ name: 'SigV4Error', code: 'InvalidBody', option: 'body' });
      expect((error.cause as Error).message).toContain(words);
      expect((error.cause as Error).message).not.toContain('abcdefgh');
      expect(error.cause).not.toHaveProperty('secret');
    }
    expect(server.seen).toHaveLength(0);
  });
});

test('a content type of the caller’s own is sent, whatever it says', async () => {
  const server = await startServer(answer(200));
  const { invokeApig } = createApig(
    { apiGateway: { REGION: 'us-east-1', URL: server.url } },
    { credentials: ANY_KEYS },
  );
  const types = ['unstated', 'application/json'];
  for (const type of types) {
    for (const body of [new Uint8Array(1), new Blob(['x'], { type: 'text/csv' }), { a: 1 }]) {
      await invokeApig({ path: '/x', method: 'POST', body, headers: { 'content-type': type } });
      expect(server.seen.pop()!.headers.get('content-type')).toBe(type);
    }
  }
});

test('the method is sent as it is signed', async () => {
  const { url, credentials } = await startGateway();
  const response = await createSignedFetch({ credentials })(url + '/x', { method: 'patch', body: 'x' });
  expect([response.status, ((await response.json()) as Echo).method]).toEqual([200, 'PATCH']);
});

test.each(['', '/'])('an empty path is the API itself, with a slash, below /dev%s', async (end) => {
  const server = await startServer(answer(200));
  const config = { apiGateway: { REGION: 'us-east-1', URL: `${server.url}/dev${end}` } };
  const { invokeApig } = createApig(config, { credentials: ANY_KEYS });
  await invokeApig({ path: '' });
  await invokeApig({ path: '?a=1' });
  expect(server.seen.map(({ path }) => path)).toEqual(['/dev/', '/dev/?a=1']);
});
