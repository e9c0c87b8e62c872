import { newClient, sha256Hex } from '../../src/sigv4';
import { nodeHash } from '../../src/hash/node';

test.each([
  // FIPS 180-4's examples
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
])('sha256 of %p, as text and as bytes', (text, expected) => {
  expect(nodeHash.sha256(text)).toBe(expected);
  expect(nodeHash.sha256(new TextEncoder().encode(text))).toBe(expected);
});

test.each([
  // RFC 4231, test cases 1, 2 and 6 (a key longer than a block)
  [new Uint8Array(20).fill(0x0b), 'Hi There', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  ['Jefe', 'what do ya want for nothing?', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
  [
    new Uint8Array(131).fill(0xaa),
    'Test Using Larger Than Block-Size Key - Hash Key First',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
])('hmac', (key, message, expected) => {
  const sign = nodeHash.hmac(key);
  expect(sign(message)).toBe(expected);
  expect(sign(message)).toBe(expected); // a key serves more than once
});

test('signs as crypto-js does', () => {
  const config = {
    accessKey: 'AKIDEXAMPLE',
    secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    endpoint: 'https://abc.execute-api.eu-west-1.amazonaws.com/dev',
  };
  for (const body of ['grüße ☃', { a: [1] }, new Uint8Array([0, 255])]) {
    const request = { method: 'PUT', path: '/a b', body, date: 1_440_938_160_000 };
    const [ours, theirs] = [newClient({ ...config, hash: nodeHash }), newClient(config)];
    expect(ours.signRequest(request)).toEqual(theirs.signRequest(request));
  }
  expect(nodeHash.sha256('grüße ☃')).toBe(sha256Hex('grüße ☃'));
});
