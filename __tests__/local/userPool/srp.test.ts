import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import {
  beginExchange,
  createCredential,
  g,
  k,
  modPow,
  N,
  padBytes,
  sharedSecret,
  verifyPasswordClaim,
} from '../../../src/local/userPool/srp';

/** The parts of the client library's arithmetic that are compared with ours; it ships no types for them. */
interface BigInteger {
  toString(radix: number): string;
}
interface AuthenticationHelper {
  readonly N: BigInteger;
  readonly g: BigInteger;
  readonly k: BigInteger;
  padHex(value: BigInteger): string;
  getLargeAValue(callback: (error: unknown, value: BigInteger) => void): void;
  getPasswordAuthenticationKey(
    username: string,
    password: string,
    serverPublic: BigInteger,
    salt: BigInteger,
    callback: (error: unknown, key: Uint8Array) => void,
  ): void;
}
const { default: Helper } = jest.requireActual<{ default: new (poolName: string) => AuthenticationHelper }>(
  'amazon-cognito-identity-js/lib/AuthenticationHelper',
);
const { default: BigInteger } = jest.requireActual<{ default: new (text: string, radix: number) => BigInteger }>(
  'amazon-cognito-identity-js/lib/BigInteger',
);
const theirs = (value: bigint): BigInteger => new BigInteger(value.toString(16), 16);

const POOL = 'A1b2C3d4E';
const USER = '5f0c6b1e-7d0c-4f0e-9c55-0a1b2c3d4e5f';
const SECRET_BLOCK = Buffer.from('a secret block').toString('base64');
const TIMESTAMP = 'Sun Aug 30 12:36:00 UTC 2015';

/** What the client library would send to prove a password. */
function clientProof(helper: AuthenticationHelper, password: string, serverPublic: bigint, salt: bigint): string {
  let proof = '';
  helper.getPasswordAuthenticationKey(USER, password, theirs(serverPublic), theirs(salt), (_, key) => {
    proof = createHmac('sha256', key)
      .update(POOL + USER)
      .update(Buffer.from(SECRET_BLOCK, 'base64'))
      .update(TIMESTAMP)
      .digest('base64');
  });
  return proof;
}

function clientPublic(helper: AuthenticationHelper): string {
  let value = '';
  helper.getLargeAValue((_, publicValue) => {
    value = publicValue.toString(16);
  });
  return value;
}

const claim = { poolName: POOL, userId: USER, secretBlock: SECRET_BLOCK, timestamp: TIMESTAMP };

describe('arithmetic', () => {
  const helper = new Helper(POOL);
  const hex = (text: string): bigint => BigInt(`0x${text.replace(/\s/g, '')}`);

  // RFC 5054, appendix B: the 1024-bit group with SHA-1.
  const rfc = {
    N: hex(`EEAF0AB9 ADB38DD6 9C33F80A FA8FC5E8 60726187 75FF3C0B 9EA2314C 9C256576 D674DF74 96EA81D3 383B4813 D692C6E0
      E0D5D8E2 50B98BE4 8E495C1D 6089DAD1 5DC7D7B4 6154D6B6 CE8EF4AD 69B15D49 82559B29 7BCF1885 C529F566 660E57EC
      68EDBC3C 05726CC0 2FD4CBF4 976EAA9A FD5138FE 8376435B 9FC61D2F C0EB06E3`),
    x: hex('94B7555A ABE9127C C58CCF49 93DB6CF8 4D16C124'),
    v: hex(`7E273DE8 696FFC4F 4E337D05 B4B375BE B0DDE156 9E8FA00A 9886D812 9BADA1F1 822223CA 1A605B53 0E379BA4 729FDC59
      F105B478 7E5186F5 C671085A 1447B52A 48CF1970 B4FB6F84 00BBF4CE BFBB1681 52E08AB5 EA53D15C 1AFF87B2 B9DA6E04
      E058AD51 CC72BFC9 033B564E 26480D78 E955A5E2 9E7AB245 DB2BE315 E2099AFB`),
    b: hex('E487CB59 D31AC550 471E81F0 0F6928E0 1DDA08E9 74A004F4 9E61F5D1 05284D20'),
    A: hex(`61D5E490 F6F1B795 47B0704C 436F523D D0E560F0 C64115BB 72557EC4 4352E890 3211C046 92272D8B 2D1A5358 A2CF1B6E
      0BFCF99F 921530EC 8E393561 79EAE45E 42BA92AE ACED8251 71E1E8B9 AF6D9C03 E1327F44 BE087EF0 6530E69F 66615261
      EEF54073 CA11CF58 58F0EDFD FE15EFEA B349EF5D 76988A36 72FAC47B 0769447B`),
    u: hex('CE38B959 3487DA98 554ED47D 70A7AE5F 462EF019'),
    S: hex(`B0DC82BA BCF30674 AE450C02 87745E79 90A3381F 63B387AA F271A10D 233861E3 59B48220 F7C4693C 9AE12B0A 6F67809F
      0876E2D0 13800D6C 41BB59B6 D5979B5C 00A172B4 A2A5903A 0BDCAF8A 709585EB 2AFAFA8F 3499B200 210DCC1F 10EB3394
      3CD67FC8 8A2F39A4 BE5BEC4E C0A3212D C346D7E4 74B29EDE 8A469FFE CA686E5A`),
  };

  it('raises to powers as RFC 5054 does', () => {
    expect(modPow(2n, rfc.x, rfc.N)).toBe(rfc.v);
  });

  it('comes to the shared secret of RFC 5054', () => {
    const exchange = { clientPublic: rfc.A, serverSecret: rfc.b, verifier: rfc.v };
    expect(sharedSecret(exchange, rfc.u, rfc.N)).toBe(rfc.S);
  });

  it.each([
    ['an exponent of 0', 7n, 0n, 5n, 1n],
    ['a modulus of 1', 7n, 0n, 1n, 0n],
    ['a base above the modulus', 12n, 3n, 5n, 3n],
  ])('raises to powers: %s', (_, base, exponent, modulus, expected) => {
    expect(modPow(base, exponent, modulus)).toBe(expected);
  });

  it("has the client library's group and multiplier", () => {
    expect(N.toString(16)).toBe(helper.N.toString(16));
    expect(g.toString(16)).toBe(helper.g.toString(16));
    expect(k.toString(16)).toBe(helper.k.toString(16));
  });

  it('pads integers as the client library does', () => {
    const some = [0n, 1n, 0x7fn, 0x80n, 0xffn, 0x100n, 0x7fffn, 0x8000n, N, N - 1n];
    for (const value of some) expect(padBytes(value).toString('hex')).toBe(helper.padHex(theirs(value)).toLowerCase());
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: N }), (value) => {
        expect(padBytes(value).toString('hex')).toBe(helper.padHex(theirs(value)).toLowerCase());
      }),
    );
  });
});

describe('an exchange with the client library', () => {
  const helper = new Helper(POOL);
  const srpA = clientPublic(helper);
  const salted = (password: string, salt?: bigint) => createCredential(POOL, USER, password, salt);

  it.each([
    ['an ordinary password', 'Passw0rd!'],
    ['spaces at both ends', '  Passw0rd!  '],
    ['a colon', 'a:b:c'],
    ['letters beyond ASCII', 'Grüße, Ελλάδα, Москва'],
    ['characters outside the BMP', '🔑🔐 pass 𝔴𝔬𝔯𝔡'],
    ['combining marks, not normalized', 'e\u0301'],
    ['a zero byte', 'a\u0000b'],
    ['99 characters', 'p'.repeat(99)],
  ])('proves %s', (_, password) => {
    const credential = salted(password);
    const exchange = beginExchange(credential, srpA)!;
    const proof = clientProof(helper, password, exchange.serverPublic, credential.salt);
    expect(verifyPasswordClaim(exchange, claim, proof)).toBe(true);
  });

  it.each([
    ['begins with a zero byte', 0x00ab_cdefn],
    ['begins with a zero nibble', 0x0abc_def0n],
    ['has its first bit set', 0xffff_0000_ffff_0000_ffff_0000_ffff_0000n],
    ['is one byte', 0x80n],
  ])('works with a salt that %s', (_, salt) => {
    const credential = salted('Passw0rd!', salt);
    const exchange = beginExchange(credential, srpA)!;
    const proof = clientProof(helper, 'Passw0rd!', exchange.serverPublic, salt);
    expect(verifyPasswordClaim(exchange, claim, proof)).toBe(true);
  });

  describe('refuses', () => {
    const credential = salted('Passw0rd!');
    const exchange = beginExchange(credential, srpA)!;
    const proof = clientProof(helper, 'Passw0rd!', exchange.serverPublic, credential.salt);
    const bytes = Buffer.from(proof, 'base64');
    const flipped = Buffer.from(bytes.map((byte, i) => (i === 31 ? byte ^ 1 : byte)));

    it.each([
      ['another password', claim, clientProof(helper, 'passw0rd!', exchange.serverPublic, credential.salt)],
      ['one flipped bit', claim, flipped.toString('base64')],
      ['a shortened proof', claim, bytes.subarray(0, 31).toString('base64')],
      ['an empty proof', claim, ''],
      ['another timestamp', { ...claim, timestamp: 'Sun Aug 30 12:36:01 UTC 2015' }, proof],
      ['another secret block', { ...claim, secretBlock: 'AAAA' }, proof],
      ['another user', { ...claim, userId: 'user' }, proof],
      ['another pool', { ...claim, poolName: 'other' }, proof],
    ])('%s', (_, claimed, given) => {
      expect(verifyPasswordClaim(exchange, claimed, given)).toBe(false);
    });

    it('the proof of another exchange', () => {
      expect(verifyPasswordClaim(beginExchange(credential, srpA)!, claim, proof)).toBe(false);
    });
  });
});

describe('the client’s public value', () => {
  const credential = createCredential(POOL, USER, 'Passw0rd!');

  it.each([
    ['0', '0'],
    ['N', N.toString(16)],
    ['2N', (2n * N).toString(16)],
    ['nothing', ''],
    ['no hex', 'xyz'],
    ['a negative number', '-1'],
    ['too many digits', '1'.repeat(771)],
  ])('is refused when it is %s', (_, srpA) => {
    expect(beginExchange(credential, srpA)).toBeUndefined();
  });

  it('is taken whatever its case and leading zeros', () => {
    expect(beginExchange(credential, '00aB')?.clientPublic).toBe(0xabn);
  });
});
