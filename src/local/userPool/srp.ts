/**
 * The server's half of Cognito's SRP-6a exchange: RFC 5054's 3072-bit group, SHA-256, and a 16-byte key derived with
 * HKDF. Plain arithmetic, no state: who may log in and how often a challenge may be answered is decided elsewhere.
 *
 * Names follow RFC 5054: `A` and `B` are the public values, `a` and `b` the secret exponents, `v` the password verifier,
 * `u` the scrambling value, `S` the shared secret.
 */
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { equalInConstantTime } from '../../util/index.js';

/** The prime of the 3072-bit group (RFC 5054, appendix A; RFC 3526, group 15). */
export const N = BigInt(
  '0x' +
    'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD' +
    'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED' +
    'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F' +
    '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B' +
    'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510' +
    '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7' +
    'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C' +
    'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF',
);

/** The generator. Cognito uses 2, where RFC 5054 gives 5 for this size. */
export const g = BigInt(2);

/** The multiplier `k = H(N | g)`. */
export const k = hashToInteger(padBytes(N), padBytes(g));

/** What a server keeps in place of a password. */
export interface SrpCredential {
  /** The random salt. It is public: everybody who wants to log in gets it. */
  readonly salt: bigint;
  /** `v = g^x mod N`. */
  readonly verifier: bigint;
}

/** One login under way. */
export interface SrpExchange {
  readonly clientPublic: bigint;
  readonly serverPublic: bigint;
  readonly serverSecret: bigint;
  readonly verifier: bigint;
}

/** The values that a client's proof covers. */
export interface PasswordClaim {
  /** The pool's id without its region: `abc` of `us-east-1_abc`. */
  readonly poolName: string;
  /** The name that was sent as `USER_ID_FOR_SRP`. */
  readonly userId: string;
  /** `PASSWORD_CLAIM_SECRET_BLOCK`, in base64 as it went over the wire. */
  readonly secretBlock: string;
  /** `TIMESTAMP` as sent: `Sun Aug 30 12:36:00 UTC 2015`. */
  readonly timestamp: string;
}

/**
 * Computes `base^exponent mod modulus` by squaring and multiplying.
 *
 * @param base any non-negative integer
 * @param exponent a non-negative integer; its bits decide how long this takes
 * @param modulus a positive integer
 */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const reduced = base % modulus;
  let result = BigInt(1);
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * reduced) % modulus;
  }
  return result % modulus;
}

/**
 * The bytes of a non-negative integer as Java's `BigInteger.toByteArray` gives them, which is what Cognito hashes: as few as possible,
 * with a zero byte in front where the first bit is set, since that would be read as a sign.
 */
export function padBytes(value: bigint): Buffer {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
}

/**
 * Makes the salt and verifier of a password (RFC 5054, section 2.4, with Cognito's `x`).
 *
 * @param poolName the pool's id without its region
 * @param userId the name sent as `USER_ID_FOR_SRP`
 * @param password the password, hashed as UTF-8
 * @param salt default: 16 random bytes
 */
export function createCredential(
  poolName: string,
  userId: string,
  password: string,
  salt: bigint = randomInteger(16),
): SrpCredential {
  const identity = sha256(Buffer.from(`${poolName}${userId}:${password}`, 'utf8'));
  return { salt, verifier: modPow(g, hashToInteger(padBytes(salt), identity), N) };
}

/**
 * Answers a client's first message with `B = k·v + g^b mod N`.
 *
 * @param credential what is kept of the user's password
 * @param srpA the client's public value in hex
 * @param serverSecret `b`; default: 256 random bits, as RFC 5054, section 2.5.4 asks for
 * @returns the exchange, to be kept until the proof comes; `undefined` when `srpA` is not hex, too long, or a multiple of N,
 * which would make the shared secret known without a password
 */
export function beginExchange(
  credential: SrpCredential,
  srpA: string,
  serverSecret: bigint = randomInteger(32),
): SrpExchange | undefined {
  if (!/^[0-9a-f]{1,770}$/i.test(srpA)) return undefined;
  const clientPublic = BigInt(`0x${srpA}`);
  if (clientPublic % N === BigInt(0)) return undefined;
  const serverPublic = (k * credential.verifier + modPow(g, serverSecret, N)) % N;
  return { clientPublic, serverPublic, serverSecret, verifier: credential.verifier };
}

/**
 * The server's shared secret, `S = (A · v^u)^b mod modulus` (RFC 5054, section 2.6).
 *
 * @param exchange the exchange
 * @param u the scrambling value
 * @param modulus default: {@link N}
 */
export function sharedSecret(exchange: Omit<SrpExchange, 'serverPublic'>, u: bigint, modulus: bigint = N): bigint {
  const base = (exchange.clientPublic * modPow(exchange.verifier, u, modulus)) % modulus;
  return modPow(base, exchange.serverSecret, modulus);
}

/**
 * Checks a client's proof that it knows the password, in constant time.
 *
 * @param exchange what {@link beginExchange} gave
 * @param claim what the proof covers
 * @param signature `PASSWORD_CLAIM_SIGNATURE`, in base64
 */
export function verifyPasswordClaim(exchange: SrpExchange, claim: PasswordClaim, signature: string): boolean {
  const u = hashToInteger(padBytes(exchange.clientPublic), padBytes(exchange.serverPublic));
  if (u === BigInt(0)) return false;
  const secret = padBytes(sharedSecret(exchange, u));
  const key = Buffer.from(hkdfSync('sha256', secret, padBytes(u), 'Caldera Derived Key', 16));
  const expected = createHmac('sha256', key)
    .update(claim.poolName, 'utf8')
    .update(claim.userId, 'utf8')
    .update(Buffer.from(claim.secretBlock, 'base64'))
    .update(claim.timestamp, 'utf8')
    .digest();
  return equalInConstantTime(Buffer.from(signature, 'base64'), expected);
}

function sha256(...parts: Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

function hashToInteger(...parts: Buffer[]): bigint {
  return BigInt(`0x${sha256(...parts).toString('hex')}`);
}

function randomInteger(bytes: number): bigint {
  return BigInt(`0x${randomBytes(bytes).toString('hex')}`);
}
