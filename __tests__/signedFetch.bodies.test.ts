/** What is done to a body on its way: serialized once, encoded once, hashed and sent as it was when the call was made. */
import { createApig } from '../src/invokeApig/lite';
import { createSignedFetch } from '../src/signedFetch';
import { answer, ANY_KEYS, closeAll, startGateway, startServer } from './signedFetchHarness';
import type { Echo } from './signedFetchHarness';

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
