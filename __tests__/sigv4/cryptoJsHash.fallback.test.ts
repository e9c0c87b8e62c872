import { createHash, createHmac } from 'node:crypto';
import type * as Signer from '../../src/sigv4';
import * as intact from '../../src/sigv4';
import { configOf } from '../support/sigV4Harness';

/** The parts of crypto-js that the signer's fast engine rests on. */
interface Core {
  SHA256: (data: unknown) => unknown;
  algo: { SHA256: { create(): Record<string, unknown> } };
}

/** The signer, loaded afresh after `damage` to a crypto-js of its own, and the number of public calls it made. */
function loadDamaged(damage: (core: Core) => void): { signer: typeof Signer; publicCalls: () => number } {
  let signer: typeof Signer | undefined;
  let calls = 0;
  jest.isolateModules(() => {
    const core: Core = jest.requireActual('crypto-js/core.js');
    const sha256: Core['SHA256'] = jest.requireActual('crypto-js/sha256.js');
    core.SHA256 = (data) => {
      calls++;
      return sha256(data);
    };
    damage(core);
    signer = jest.requireActual<typeof Signer>('../../src/sigv4');
  });
  return { signer: signer!, publicCalls: () => calls };
}

const texts = ['', 'abc', 'é€💡', 'a\ud83db', '\udca1', 'x'.repeat(55), 'x'.repeat(64), 'ä'.repeat(5000)];
const bytes = Uint8Array.from({ length: 300 }, (_, i) => i & 255);

function expectRight(signer: typeof Signer): void {
  for (const text of texts) {
    expect(signer.sha256Hex(text)).toBe(createHash('sha256').update(text).digest('hex'));
    for (const key of [0, 32, 64, 65, 131].map((length) => bytes.subarray(3, 3 + length))) {
      expect(signer.calculateSignature(key, text)).toBe(createHmac('sha256', key).update(text).digest('hex'));
    }
  }
  for (const length of [0, 1, 63, 64, 65, 300]) {
    const part = bytes.subarray(0, length);
    expect(signer.sha256Hex(part)).toBe(createHash('sha256').update(part).digest('hex'));
  }
  const request = { method: 'PUT', path: '/é', queryParams: { a: '💡' }, body: { text: 'ü' } };
  expect(signer.newClient(configOf()).signRequest(request)).toEqual(intact.newClient(configOf()).signRequest(request));
}

/** Lets every new SHA-256 object be changed before the signer gets it; crypto-js's own calls stay whole. */
const onCreate = (change: (hasher: Record<string, unknown>) => unknown) => (core: Core) => {
  const { SHA256 } = core.algo;
  const create = SHA256.create.bind(SHA256);
  SHA256.create = () => (change(create()) ?? {}) as Record<string, unknown>;
};

describe('without what the fast engine rests on, the public calls of crypto-js give the same hashes', () => {
  test.each<[string, (core: Core) => void]>([
    ['the block function is gone', onCreate((hasher) => Object.assign(hasher, { _doProcessBlock: undefined }))],
    ['the block function has another name', onCreate(() => ({ _hash: { words: new Array<number>(8).fill(0) } }))],
    [
      'the block function does nothing',
      onCreate((hasher) => Object.assign(hasher, { _doProcessBlock: () => undefined })),
    ],
    ['the state has another name', onCreate((hasher) => Object.assign(hasher, { _hash: undefined }))],
    [
      'the state is copied',
      onCreate((hasher) => {
        const own = hasher._hash;
        return Object.defineProperty(hasher, '_hash', { get: () => own, set: () => undefined });
      }),
    ],
    [
      'create throws',
      onCreate(() => {
        throw new Error('no create');
      }),
    ],
  ])('%s', (_name, damage) => {
    const { signer, publicCalls } = loadDamaged(damage);
    expectRight(signer);
    expect(publicCalls()).toBeGreaterThan(texts.length);
  });

  test('TextEncoder is missing, as in jsdom', () => {
    const { TextEncoder } = globalThis;
    try {
      Reflect.deleteProperty(globalThis, 'TextEncoder');
      const { signer, publicCalls } = loadDamaged(() => undefined);
      expect(signer.sha256Hex('é')).toBe(createHash('sha256').update('é').digest('hex'));
      expectRight(signer);
      expect(publicCalls()).toBeGreaterThan(texts.length);
    } finally {
      globalThis.TextEncoder = TextEncoder;
    }
  });

  test('with an intact crypto-js, they are not needed', () => {
    const { signer, publicCalls } = loadDamaged(() => undefined);
    expectRight(signer);
    expect(publicCalls()).toBe(0);
  });
});
