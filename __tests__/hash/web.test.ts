import { createHash } from 'node:crypto';
import { nodeHash } from '../../src/hash/node';
import { digestBody, WEB_DIGEST_FROM } from '../../src/hash/web';

const hashOf = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('hex');
const bytes = (length: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length }, (_, i) => (i * 31) & 255);

afterEach(() => jest.restoreAllMocks());

describe.each<[string, (length: number) => string | Uint8Array]>([
  ['bytes', bytes],
  ['characters', (length) => 'é'.repeat(length)],
  ['bytes of shared memory', (length) => new Uint8Array(new SharedArrayBuffer(length)).fill(7)],
])('%s', (_, make) => {
  test.each([0, 1, 55, 64, WEB_DIGEST_FROM - 1, WEB_DIGEST_FROM, WEB_DIGEST_FROM + 1, 300_000])(
    '%d',
    async (length) => {
      const digest = jest.spyOn(globalThis.crypto.subtle, 'digest');
      expect(await digestBody(make(length))).toBe(hashOf(make(length)));
      expect(digest).toHaveBeenCalledTimes(length < WEB_DIGEST_FROM ? 0 : 1);
    },
  );
});

test('a part of a buffer', async () => {
  const part = bytes(100_000).subarray(7, 70_007);
  expect(await digestBody(part)).toBe(hashOf(part));
});

test('the engine that the app has chosen hashes all of them', async () => {
  const digest = jest.spyOn(globalThis.crypto.subtle, 'digest');
  for (const length of [0, 100_000]) expect(await digestBody(bytes(length), nodeHash)).toBe(hashOf(bytes(length)));
  const engine = { ...nodeHash, sha256: () => 'the other' };
  expect(await digestBody(bytes(100_000), engine)).toBe('the other');
  expect(digest).not.toHaveBeenCalled();
});

test.each([
  ['no crypto', undefined],
  ['a page on http:, which has no subtle', {}],
])('%s: large bodies are hashed as well', async (_, crypto) => {
  const original = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!;
  Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
  try {
    expect(await digestBody(bytes(100_000))).toBe(hashOf(bytes(100_000)));
  } finally {
    Object.defineProperty(globalThis, 'crypto', original);
  }
});
