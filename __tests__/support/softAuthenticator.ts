/** An authenticator in software, by the specification (Web Authentication Level 3, sections 6 and 7) and none of our code: keys of Node's. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';

/** What may be other than it should. */
export interface Deviation {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly flags?: number;
  readonly counter?: number;
  /** Signs with this key in place of the credential's own. */
  readonly key?: KeyObject;
  readonly id?: string;
}

const base64url = (bytes: Buffer): string => bytes.toString('base64url');
const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
const uint16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
const uint32 = (value: number): Buffer => Buffer.concat([uint16(value >>> 16), uint16(value & 65_535)]);

/** CBOR (RFC 8949, section 3) of the few values that are needed. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (kind: number, number: number): Buffer => {
    if (number < 24) return Buffer.from([(kind << 5) | number]);
    if (number < 256) return Buffer.from([(kind << 5) | 24, number]);
    return Buffer.concat([Buffer.from([(kind << 5) | 25]), uint16(number)]);
  };
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const parts = [...value].flatMap(([key, member]) => [cbor(key), cbor(member as number)]);
  return Buffer.concat([head(5, value.size), ...parts]);
}

/** Makes one, with a key of its own. */
export function softAuthenticator(origin = 'http://localhost:5173', kind: 'ec' | 'rsa' = 'ec') {
  const { publicKey, privateKey } =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const rawId = randomBytes(16);
  let counter = 0;

  function coseKey(): Buffer {
    const jwk: JsonWebKey = publicKey.export({ format: 'jwk' });
    const bytes = (name: 'x' | 'y' | 'n' | 'e') => Buffer.from(jwk[name]!, 'base64url');
    const entries: [number, unknown][] =
      kind === 'ec'
        ? [
            [1, 2],
            [3, -7],
            [-1, 1],
            [-2, bytes('x')],
            [-3, bytes('y')],
          ]
        : [
            [1, 3],
            [3, -257],
            [-1, bytes('n')],
            [-2, bytes('e')],
          ];
    return cbor(new Map(entries));
  }

  function clientData(type: string, challenge: string, given: Deviation): Buffer {
    const data = { type: given.type ?? type, challenge: given.challenge ?? challenge, origin: given.origin ?? origin };
    return Buffer.from(JSON.stringify({ ...data, crossOrigin: false }));
  }

  return {
    id: base64url(rawId),

    /** `navigator.credentials.create`. */
    create(options: { challenge: string; rp: { id: string } }, given: Deviation = {}) {
      const attested = Buffer.concat([Buffer.alloc(16), uint16(rawId.length), rawId, coseKey()]);
      const flags = Buffer.from([given.flags ?? 0x45]); // present, verified, with a credential
      const authData = Buffer.concat([
        sha256(given.rpId ?? options.rp.id),
        flags,
        uint32(given.counter ?? counter),
        attested,
      ]);
      const members: [string, unknown][] = [
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ];
      const response = {
        clientDataJSON: base64url(clientData('webauthn.create', options.challenge, given)),
        attestationObject: base64url(cbor(new Map(members))),
        transports: ['internal'],
      };
      const id = given.id ?? base64url(rawId);
      return {
        id,
        rawId: id,
        type: 'public-key',
        authenticatorAttachment: 'platform',
        clientExtensionResults: {},
        response,
      };
    },

    /** `navigator.credentials.get`. */
    get(options: { challenge: string; rpId: string }, given: Deviation = {}) {
      counter++;
      const data = clientData('webauthn.get', options.challenge, given);
      const flags = Buffer.from([given.flags ?? 0x05]);
      const authenticatorData = Buffer.concat([
        sha256(given.rpId ?? options.rpId),
        flags,
        uint32(given.counter ?? counter),
      ]);
      const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(data)]), given.key ?? privateKey);
      const id = given.id ?? base64url(rawId);
      const response = {
        clientDataJSON: base64url(data),
        authenticatorData: base64url(authenticatorData),
        signature: base64url(signature),
      };
      return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
    },
  };
}
