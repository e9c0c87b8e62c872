import { createHash, createHmac } from 'node:crypto';
import { calculateSignature, createStringToSign, deriveSigningKey, newClient, sha256Hex } from '../../src/sigv4';
import type { HashEngine } from '../../src/sigv4';
import { configOf, DATE } from '../support/sigV4Harness';

const nodeSha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');
const nodeHmac = (key: string | Uint8Array, message: string) => createHmac('sha256', key).update(message).digest('hex');

/** Bytes that differ at every place, with high bits set. */
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 167 + (i >> 8) * 31 + 13) & 255);
const around = (edge: number) => Array.from({ length: 21 }, (_, i) => edge - 10 + i);
const LENGTHS = [...Array(301).keys(), ...[8064, 8192, 16128, 24192].flatMap(around)];

describe('SHA-256, against node:crypto', () => {
  test('bytes and text of every length up to 300, and around the edges of the buffers', () => {
    for (const length of LENGTHS) {
      const bytes = bytesOf(length);
      const text = 'x'.repeat(length);
      expect([length, sha256Hex(bytes), sha256Hex(text)]).toEqual([length, nodeSha256(bytes), nodeSha256(text)]);
    }
  });

  test.each(['é', '€', '💡', '\ud83d', '\udca1', '\udca1\ud83d'])('%j across every edge', (character) => {
    for (const edge of [0, 56, 64, 128, 8064, 8192, 16128]) {
      for (let before = Math.max(0, edge - 5); before <= edge + 1; before++) {
        const text = 'x'.repeat(before) + character.repeat(3) + 'y';
        expect([before, sha256Hex(text)]).toEqual([before, nodeSha256(text)]);
      }
    }
    for (const count of [2016, 2688, 4032, 5376, 20_000]) {
      const wide = character.repeat(count); // fills the buffer to its last byte, or nearly
      expect([count, sha256Hex(wide)]).toEqual([count, nodeSha256(wide)]);
      expect([count, sha256Hex(`x${wide}y`)]).toEqual([count, nodeSha256(`x${wide}y`)]);
    }
  });

  test('a part of a larger buffer, at any offset', () => {
    const { buffer } = bytesOf(600);
    for (let offset = 0; offset < 130; offset++) {
      const part = new Uint8Array(buffer, offset, 200 - offset);
      expect([offset, sha256Hex(part)]).toEqual([offset, nodeSha256(part)]);
    }
  });

  test('a megabyte of text and of bytes', () => {
    const text = 'ein Text mit Umlauten äöü und 💡, '.repeat(30_000);
    expect(sha256Hex(text)).toBe(nodeSha256(text));
    expect(sha256Hex(bytesOf(1_048_583))).toBe(nodeSha256(bytesOf(1_048_583)));
  });

  test('a long message leaves nothing behind for the next', () => {
    for (const length of [12000, 3, 4096, 0, 63, 8000, 1, 64, 55]) {
      expect(sha256Hex('z'.repeat(length))).toBe(nodeSha256('z'.repeat(length)));
    }
  });

  test('bytes are not changed', () => {
    const bytes = bytesOf(100);
    sha256Hex(bytes);
    expect(bytes).toEqual(bytesOf(100));
  });
});

describe('HMAC-SHA-256, against node:crypto', () => {
  test('keys of 0 to 130 bytes', () => {
    for (let length = 0; length <= 130; length++) {
      const key = bytesOf(length);
      for (const message of ['', 'message', 'x'.repeat(64), 'é'.repeat(100)]) {
        expect([length, calculateSignature(key, message)]).toEqual([length, nodeHmac(key, message)]);
      }
    }
  });

  test('messages of every length', () => {
    for (const length of LENGTHS) {
      const message = 'm'.repeat(length);
      expect([length, calculateSignature(bytesOf(32), message)]).toEqual([length, nodeHmac(bytesOf(32), message)]);
    }
  });

  test('secrets of every length, with characters of several bytes', () => {
    for (let length = 1; length <= 130; length += 3) {
      const secretAccessKey = 'é'.repeat(length);
      const parts = ['20150830', 'eu-west-1', 'execute-api', 'aws4_request'];
      const expected = parts.reduce<string | Uint8Array>(
        (key, part) => Buffer.from(nodeHmac(key, part), 'hex'),
        'AWS4' + secretAccessKey,
      );
      const input = { secretAccessKey, date: '20150830', region: 'eu-west-1', service: 'execute-api' };
      expect(Buffer.from(deriveSigningKey(input)).equals(expected as Uint8Array)).toBe(true);
    }
  });
});

describe('an engine of your own', () => {
  const engine: HashEngine = { sha256: nodeSha256, hmac: (key) => (message) => nodeHmac(key, message) };
  const request = { method: 'POST', path: '/notes', body: { text: 'é💡' }, queryParams: { a: '\ud800' } };

  test('signs as the one of crypto-js does', () => {
    expect(newClient(configOf({ hash: engine })).signRequest(request)).toEqual(
      newClient(configOf()).signRequest(request),
    );
    const input = { amzDate: '20150830T123600Z', credentialScope: 'scope', canonicalRequest: 'é' };
    expect(createStringToSign(input, engine)).toBe(createStringToSign(input));
  });

  test('is the only one that is asked', () => {
    const asked: string[] = [];
    const spy: HashEngine = {
      sha256: (data) => (asked.push('sha256'), nodeSha256(data)),
      hmac: (key) => (asked.push('hmac'), (message) => nodeHmac(key, message)),
    };
    newClient(configOf({ hash: spy })).signRequest({ ...request, date: DATE });
    expect(asked.filter((name) => name === 'hmac').length).toBeGreaterThanOrEqual(5); // four for the key, one to sign
    expect(asked).toContain('sha256');
  });
});

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('published hashes', () => {
  // FIPS 180-4 (NIST's examples of SHA-256) and the empty message
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('SHA-256 of text, example %#', (message, expected) => {
    expect(sha256Hex(message)).toBe(expected);
    expect(sha256Hex(utf8(message))).toBe(expected);
  });

  // RFC 4231, cases 1, 2, 6 and 7
  test.each([
    [new Uint8Array(20).fill(0x0b), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [utf8('Jefe'), 'what do ya want for nothing?', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
    [
      new Uint8Array(131).fill(0xaa),
      'Test Using Larger Than Block-Size Key - Hash Key First',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
    [
      new Uint8Array(131).fill(0xaa),
      'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.',
      '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
    ],
  ])('HMAC-SHA-256 %#', (key, message, expected) => {
    expect(calculateSignature(key, message)).toBe(expected);
  });
});

it.each([undefined, null, 5, {}])('sha256Hex refuses %p', (data) => {
  expect(() => sha256Hex(data as never)).toThrow('data: expected text or bytes, got');
});
