/**
 * The server's half of Web Authentication: reads what an authenticator has made, and checks it (Web Authentication Level 3, sections 7.1
 * and 7.2). Attestation statements are not asked for, and not looked at.
 *
 * @see https://www.w3.org/TR/webauthn-3/
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { isObject } from '../../util/index.js';
import { AwsJsonError } from '../http/index.js';
import { readCbor } from './cbor.js';
import type { CborValue } from './cbor.js';
import { invalidParameter } from './errors.js';
import type { PasskeySettings } from './state.js';
import type { StoredPasskey } from './stored.js';

/** The challenge and the relying party that a credential has to belong to. */
export interface Expected extends PasskeySettings {
  /** The challenge that was given out, in base64url. */
  readonly challenge: string;
}

/** A credential that has just been made, as the pool keeps it. */
export type NewPasskey = Pick<StoredPasskey, 'id' | 'publicKey' | 'counter' | 'attachment' | 'transports'>;

/** The algorithms that are offered: ES256 and RS256, by their numbers (RFC 9053, section 2.1; RFC 8812, section 2). */
export const ALGORITHMS = [-7, -257] as const;

/**
 * Checks a new credential (section 7.1).
 *
 * @param given `RegistrationResponseJSON`.
 * @param expected What it has to belong to.
 * @throws AwsJsonError
 */
export function readRegistration(given: unknown, expected: Expected): NewPasskey {
  const { response, authenticatorAttachment: attachment } = readCredential(given);
  checkClientData(response, 'webauthn.create', expected);
  const attestation = decode(() => readCbor(bytesOf(response, 'attestationObject')).value);
  const data = attestation instanceof Map ? attestation.get('authData') : undefined;
  const { credential, counter } = readAuthenticatorData(data, expected);
  if (credential === undefined) throw unsupported('The credential holds no public key.');
  const transports = Array.isArray(response.transports) ? response.transports.map(String) : [];
  return { ...credential, counter, transports, ...(typeof attachment === 'string' && { attachment }) };
}

/**
 * Checks that a login was signed with a credential (section 7.2).
 *
 * @param given `AuthenticationResponseJSON`.
 * @param passkeys Those of the user.
 * @param expected What it has to belong to.
 * @returns The credential, with its new counter; `undefined` where it is none of the user's, or the signature is not its own.
 * @throws AwsJsonError where it cannot be read, or belongs to another challenge or relying party
 */
export function checkAssertion(
  given: unknown,
  passkeys: readonly StoredPasskey[],
  expected: Expected,
): StoredPasskey | undefined {
  const { id, response } = readCredential(given);
  const clientData = checkClientData(response, 'webauthn.get', expected);
  const data = bytesOf(response, 'authenticatorData');
  const { counter } = readAuthenticatorData(data, expected);
  const passkey = passkeys.find((one) => one.id === id);
  if (passkey === undefined) return undefined;
  const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
  const key = createPublicKey({ key: passkey.publicKey, format: 'jwk' });
  if (!verify('sha256', signed, key, bytesOf(response, 'signature'))) return undefined;
  // A counter that does not go on: the key has been copied. Passkeys that are synced do not count at all.
  if ((counter !== 0 || passkey.counter !== 0) && counter <= passkey.counter) return undefined;
  return { ...passkey, counter };
}

type Fields = Readonly<Record<string, unknown>>;

function readCredential(given: unknown): { id: string; response: Fields; authenticatorAttachment?: unknown } {
  const { id, type, response, authenticatorAttachment } = Object(given) as Fields;
  if (typeof id !== 'string' || type !== 'public-key' || !isObject(response)) {
    throw invalidParameter('Credential must be a public key credential in JSON form');
  }
  return { id, response, authenticatorAttachment };
}

function checkClientData(response: Fields, type: string, { challenge, relyingPartyId }: Expected): Buffer {
  const bytes = bytesOf(response, 'clientDataJSON');
  const data = decode(() => JSON.parse(bytes.toString('utf8')) as unknown);
  const { type: came, challenge: answered, origin, crossOrigin } = Object(data) as Fields;
  if (came !== type || answered !== challenge) {
    throw new AwsJsonError('WebAuthnChallengeNotFoundException', 'The credential answers another challenge.');
  }
  const host = hostOf(origin);
  const isAllowed = host === relyingPartyId || host.endsWith(`.${relyingPartyId}`);
  if (isAllowed && crossOrigin !== true) return bytes;
  throw new AwsJsonError('WebAuthnOriginNotAllowedException', `The origin is none of ${relyingPartyId}.`);
}

/** The host of a secure origin, written as browsers write it: https, or on this machine http. Otherwise empty. */
function hostOf(origin: unknown): string {
  if (typeof origin !== 'string' || !URL.canParse(origin)) return '';
  const { protocol, hostname, origin: written } = new URL(origin);
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  return written === origin && (protocol === 'https:' || (protocol === 'http:' && isLocal)) ? hostname : '';
}

/** Reads the authenticator data (section 6.1). */
function readAuthenticatorData(
  data: unknown,
  { relyingPartyId, userVerification }: Expected,
): { counter: number; credential?: { id: string; publicKey: JsonWebKey } } {
  if (!Buffer.isBuffer(data) || data.length < 37) throw invalidParameter('Credential: authenticatorData is too short');
  if (!data.subarray(0, 32).equals(createHash('sha256').update(relyingPartyId).digest())) {
    throw new AwsJsonError('WebAuthnRelyingPartyMismatchException', `The relying party is not ${relyingPartyId}.`);
  }
  const flags = data[32]!;
  const has = (bit: number): boolean => (flags & bit) !== 0;
  const [isPresent, isVerified, hasCredential] = [has(0x01), has(0x04), has(0x40)];
  const [canBeBackedUp, isBackedUp] = [has(0x08), has(0x10)];
  if (!isPresent || (userVerification === 'required' && !isVerified)) {
    throw unsupported('The authenticator has not verified the user.');
  }
  if (isBackedUp && !canBeBackedUp) throw unsupported('The credential is backed up, which it says it cannot be.');
  const counter = data.readUInt32BE(33);
  if (!hasCredential) return { counter };
  const end = 55 + decode(() => data.readUInt16BE(53)); // behind the authenticator's model and the length
  const id = data.subarray(55, end);
  if (id.length === 0 || id.length > 1023) throw invalidParameter('Credential: its id has no length that there is');
  const publicKey = readKey(decode(() => readCbor(data.subarray(end)).value));
  return { counter, credential: { id: id.toString('base64url'), publicKey } };
}

/** A public key (RFC 9052, section 7) in the form that Node takes. */
function readKey(cose: CborValue): JsonWebKey {
  const text = (label: number): string => {
    const value = cose instanceof Map ? cose.get(label) : undefined;
    return Buffer.isBuffer(value) ? value.toString('base64url') : '';
  };
  const algorithm = cose instanceof Map ? cose.get(3) : undefined;
  if (algorithm !== -7 && algorithm !== -257) throw unsupported('The algorithm of the key is neither ES256 nor RS256.');
  const key: JsonWebKey =
    algorithm === -7 ? { kty: 'EC', crv: 'P-256', x: text(-2), y: text(-3) } : { kty: 'RSA', n: text(-1), e: text(-2) };
  try {
    createPublicKey({ key, format: 'jwk' });
  } catch {
    throw unsupported('The public key is none.'); // such as no point of the curve
  }
  return key;
}

function bytesOf(response: Fields, name: string): Buffer {
  const value = response[name];
  if (typeof value === 'string' && /^[\w-]+=*$/.test(value)) return Buffer.from(value, 'base64url');
  throw invalidParameter(`Credential: ${name} must be base64url`);
}

/** What cannot be read is the client's fault. */
function decode<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw invalidParameter('Credential cannot be read');
  }
}

const unsupported = (message: string): AwsJsonError =>
  new AwsJsonError('WebAuthnCredentialNotSupportedException', message);
