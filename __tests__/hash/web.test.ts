import { createHash } from 'node:crypto';
import { digestBody, WEB_DIGEST_FROM } from '../../src/hash/web';

const hashOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');
const bytes = (length: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length }, (_, i) => (i * 31) & 255);

test.each([0, 1, 55, 64, WEB_DIGEST_FROM - 1, WEB_DIGEST_FROM, WEB_DIGEST_FROM + 1, 300_000])(
  '%d bytes',
  async (length) => {
    const used: number[] = [];
    const sha256 = (data: string | Uint8Array): string => {
      used.push(data.length);
      return hashOf(data as Uint8Array);
    };
    expect(await digestBody(bytes(length), sha256)).toBe(hashOf(bytes(length)));
    expect(used).toEqual(length < WEB_DIGEST_FROM ? [length] : []);
  },
);

test('a part of a buffer', async () => {
  const part = bytes(100_000).subarray(7, 70_007);
  expect(await digestBody(part, () => 'not this one')).toBe(hashOf(part));
});

test.each([
  ['no crypto', undefined],
  ['a page on http:, which has no subtle', {}],
])('%s: the other engine hashes large bodies as well', async (_, crypto) => {
  const original = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!;
  Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
  try {
    expect(await digestBody(bytes(100_000), () => 'the other')).toBe('the other');
  } finally {
    Object.defineProperty(globalThis, 'crypto', original);
  }
});
