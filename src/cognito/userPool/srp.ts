/**
 * The client's half of Cognito's SRP-6a exchange (RFC 5054): neither the password leaves the device, nor anything by which passwords
 * could be tried out. Names are those of RFC 5054: `A` and `B` are the public values, `a` the client's secret exponent, `x` the
 * password's hash, `u` the scrambling value, `S` the shared secret. BigInt literals and `**` are not used, since ES2019 lacks them.
 */
import { AuthError } from '../../errors.js';
import { byteHash, hexToBytes, sha256Hex, toHex, utf8Bytes } from '../../sigv4/index.js';

/** The prime of the group of 3072 bits (RFC 5054, appendix A). */
const PRIME =
  'FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD' +
  'EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED' +
  'EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F' +
  '83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B' +
  'E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510' +
  '15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7' +
  'ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C' +
  'BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF';

/** The values that a proof is made of, most of them from the server's challenge. */
export interface PasswordClaim {
  /** The pool's id without its region: `AbCdEfGhI` of `eu-west-1_AbCdEfGhI`. */
  readonly poolName: string;
  /** The pool's own name of the user, `USER_ID_FOR_SRP`. */
  readonly userId: string;
  readonly password: string;
  /** `SALT`, in hex. */
  readonly salt: string;
  /** `SRP_B`, in hex. */
  readonly serverPublic: string;
  /** `SECRET_BLOCK`, in base64. */
  readonly secretBlock: string;
  /** When the proof is made, as `srpTimestamp` writes it. */
  readonly timestamp: string;
}

/** One login's exchange. */
export interface SrpExchange {
  /** `SRP_A`, in hex. */
  readonly clientPublic: string;
  /**
   * The proof that the client knows the password.
   * @returns `PASSWORD_CLAIM_SIGNATURE`, in base64.
   * @throws Error for public values with which no exchange is safe
   */
  readonly prove: (claim: PasswordClaim) => string;
}

/**
 * Begins an exchange.
 * @param secret `a`, in hex. Default: 256 random bits (RFC 5054, section 2.5.4).
 * @throws AuthError `MissingDependency` where the platform has no random numbers, or no base64
 */
export function createSrpExchange(secret: string = randomHex(32)): SrpExchange {
  checkBase64();
  const [prime, a] = [BigInt(`0x${PRIME}`), BigInt(`0x${secret}`)];
  const clientPublic = powerOfTwo(a, prime);

  function prove(claim: PasswordClaim): string {
    const { poolName, userId, password, salt, secretBlock, timestamp } = claim;
    const serverPublic = BigInt(`0x${claim.serverPublic}`);
    const u = hashOf(padHex(clientPublic), padHex(serverPublic));
    if (serverPublic % prime === BigInt(0) || u === BigInt(0)) throw new Error('SRP_B is not a valid public value');
    const k = hashOf(padHex(prime), padHex(BigInt(2)));
    const x = hashOf(padHex(BigInt(`0x${salt}`)), sha256Hex(`${poolName}${userId}:${password}`));
    const hidden = (k * powerOfTwo(x, prime)) % prime;
    const shared = power((serverPublic + prime - hidden) % prime, a + u * x, prime);
    const message = toHex(utf8Bytes(poolName + userId)) + base64ToHex(secretBlock) + toHex(utf8Bytes(timestamp));
    return hexToBase64(hmac(deriveKey(padHex(shared), padHex(u)), message));
  }

  return { clientPublic: clientPublic.toString(16), prove };
}

/**
 * The time as a proof states it: `Wed Nov 5 10:02:03 UTC 2026`, with no zero before the day.
 * @param date The time.
 */
export function srpTimestamp(date: Date): string {
  const [weekday, day, month, year, time] = date.toUTCString().split(/,? /) as [string, string, string, string, string];
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
}

/** `2^exponent mod modulus`, four bits of the exponent at a time: to multiply by 2 is to shift. */
function powerOfTwo(exponent: bigint, modulus: bigint): bigint {
  let result = BigInt(1);
  for (const digit of exponent.toString(16)) {
    for (let bit = 0; bit < 3; bit++) result = (result * result) % modulus;
    result = ((result * result) << BigInt(`0x${digit}`)) % modulus;
  }
  return result;
}

/** `base^exponent mod modulus`, four bits of the exponent at a time. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const powers = [BigInt(1)];
  while (powers.length < 16) powers.push((powers[powers.length - 1]! * base) % modulus);
  let result = BigInt(1);
  for (const digit of exponent.toString(16)) {
    for (let bit = 0; bit < 4; bit++) result = (result * result) % modulus;
    if (digit !== '0') result = (result * powers[parseInt(digit, 16)]!) % modulus;
  }
  return result;
}

/** HKDF (RFC 5869) as Cognito uses it: the first 16 bytes of the first block. */
function deriveKey(secret: string, salt: string): string {
  return hmac(hmac(salt, secret), toHex(utf8Bytes('Caldera Derived Key\u0001'))).slice(0, 32);
}

/**
 * A number as Java's `BigInteger.toByteArray` gives it, in hex, which is what Cognito hashes: whole bytes, with a zero byte in front
 * where the first bit is set, since that would be read as a sign.
 */
function padHex(value: bigint): string {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return /^[89a-f]/.test(even) ? `00${even}` : even;
}

const hashOf = (...parts: readonly string[]): bigint => BigInt(`0x${sha256Hex(hexToBytes(parts.join('')))}`);

const hmac = (key: string, message: string): string => byteHash.hmac(hexToBytes(key))(hexToBytes(message));

const base64ToHex = (base64: string): string => toHex(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));

const hexToBase64 = (hex: string): string => btoa(String.fromCharCode(...hexToBytes(hex)));

function checkBase64(): void {
  if (typeof atob === 'function' && typeof btoa === 'function') return;
  throw new AuthError(
    'MissingDependency',
    'atob and btoa are missing, which React Native has from 0.74 on. Before that, set both before anything else, such as those of base-64.',
  );
}

function randomHex(bytes: number): string {
  const { crypto } = globalThis as { crypto?: Partial<Crypto> };
  if (typeof crypto?.getRandomValues === 'function') return toHex(crypto.getRandomValues(new Uint8Array(bytes)));
  throw new AuthError(
    'MissingDependency',
    'crypto.getRandomValues is missing, without which no login is safe. ' +
      'In React Native, import react-native-get-random-values before anything else.',
  );
}
