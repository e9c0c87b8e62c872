import { createSrpExchange, srpTimestamp } from '../../../src/cognito/userPool/srp';
import { beginExchange, createCredential, N, verifyPasswordClaim } from '../../../src/local/userPool/srp';
import { createRandom } from '../../support/faultProxy';
import { libraryProof, libraryTimestamp } from '../../support/libraryProof';

const seed = Number(process.env.SRP_SEED ?? 1);
const random = createRandom(seed);
const hex = (digits: number) => Array.from({ length: digits }, () => random.below(16).toString(16)).join('');
const timestamp = 'Wed Nov 5 10:02:03 UTC 2026';

/** Passwords of which half go beyond ASCII. */
const password = (i: number) =>
  `P4${hex(12)}` + (i % 2 === 0 ? '' : String.fromCodePoint(0xe9, 0x4e00 + random.below(999), 0x1f600 + i));

test(`amazon-cognito-identity-js computes the same for the same random numbers (seed ${seed})`, async () => {
  for (let i = 0; i < 20; i++) {
    // Numbers of which some begin with zeros, or with a bit that reads as a sign.
    const [secret, salt, serverPublic] = [hex(64), hex(16 + 2 * (i % 9)), hex(766 + (i % 3))];
    const userId = i % 3 === 0 ? 'user@example.com' : `0${hex(8)}-é`;
    const secretBlock = Buffer.from(hex(200), 'hex').toString('base64');
    const claim = { poolName: 'AbCdEfGhI', userId, password: password(i), salt, serverPublic, secretBlock, timestamp };
    const exchange = createSrpExchange(secret);
    const theirs = await libraryProof(secret, claim);
    expect({ clientPublic: exchange.clientPublic, signature: exchange.prove(claim) }).toEqual(theirs);
  }
});

/** A login between our client and the local pool's half, with the password that the pool knows and the one that is typed. */
function isProven(known: string, typed: string): boolean {
  const [poolName, userId, secretBlock] = ['AbCdEfGhI', 'user', Buffer.from(hex(96), 'hex').toString('base64')];
  const credential = createCredential(poolName, userId, known);
  const { clientPublic, prove } = createSrpExchange();
  const exchange = beginExchange(credential, clientPublic)!;
  const [salt, serverPublic] = [credential.salt.toString(16), exchange.serverPublic.toString(16)];
  const signature = prove({ poolName, userId, password: typed, salt, serverPublic, secretBlock, timestamp });
  return verifyPasswordClaim(exchange, { poolName, userId, secretBlock, timestamp }, signature);
}

test('the right password is proven, and no other', () => {
  for (let i = 0; i < 20; i++) {
    const known = password(i);
    expect(isProven(known, known)).toBe(true);
    expect(isProven(known, `${known} `)).toBe(false);
  }
});

test('each exchange has random numbers of its own', () => {
  const values = Array.from({ length: 5 }, () => createSrpExchange().clientPublic);
  expect(new Set(values).size).toBe(5);
});

test.each([
  ['0', '0'],
  ['the prime', N.toString(16)],
  ['twice the prime', (N * BigInt(2)).toString(16)],
])('SRP_B = %s is refused: the proof would tell of the password', (_, serverPublic) => {
  const claim = { poolName: 'p', userId: 'u', password: 'x', salt: '1', serverPublic, secretBlock: '', timestamp };
  expect(() => createSrpExchange().prove(claim)).toThrow('SRP_B is not a valid public value');
});

test('without random numbers there is no exchange', () => {
  const { crypto } = globalThis;
  Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true, writable: true });
  try {
    expect(() => createSrpExchange()).toThrow(
      expect.objectContaining({
        code: 'MissingDependency',
        message:
          'crypto.getRandomValues is missing, without which no login is safe. ' +
          'In React Native, import react-native-get-random-values before anything else.',
      }) as Error,
    );
  } finally {
    Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true, writable: true });
  }
});

test.each(['atob', 'btoa'] as const)('without %s there is no exchange, and it is said why', (name) => {
  const present = globalThis[name];
  Object.assign(globalThis, { [name]: undefined });
  try {
    expect(() => createSrpExchange()).toThrow(
      expect.objectContaining({
        code: 'MissingDependency',
        message: expect.stringMatching(/^atob and btoa are missing, which React Native has from 0\.74 on/) as string,
      }) as Error,
    );
  } finally {
    Object.assign(globalThis, { [name]: present });
  }
});

test('the timestamp is written as amazon-cognito-identity-js writes it', () => {
  jest.useFakeTimers();
  try {
    for (const time of [
      '2026-11-05T10:02:03Z',
      '2024-02-29T23:59:59Z',
      '2026-01-31T00:00:00Z',
      '2027-12-09T09:09:09Z',
    ]) {
      jest.setSystemTime(new Date(time));
      expect(srpTimestamp(new Date())).toBe(libraryTimestamp());
    }
  } finally {
    jest.useRealTimers();
  }
});
