/** JSON Web Tokens of a pool, signed with RS256 (RFC 7515) by a key of its own. */
import { createPrivateKey, createPublicKey, generateKeyPair, randomBytes, sign, verify } from 'node:crypto';
import type { JsonWebKey, KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { JsonWebKeySet } from '../http/index.js';

/** A new RSA key of 2048 bits. */
export async function createSigningKey(): Promise<KeyObject> {
  return (await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })).privateKey;
}

/** A signing key, as it is kept over a restart. */
export interface KeptKey {
  readonly key: JsonWebKey;
  readonly keyId: string;
}

/** Signs claims, and reads what it has signed. */
export class JwtSigner {
  readonly #key: KeyObject;
  readonly #publicKey: KeyObject;
  readonly #keyId: string;

  /**
   * @param key From {@link createSigningKey}.
   * @param keyId Its name. Default: a random one.
   */
  constructor(key: KeyObject, keyId = randomBytes(32).toString('base64')) {
    this.#key = key;
    this.#publicKey = createPublicKey(key);
    this.#keyId = keyId;
  }

  /** A signer with the key of one that was kept. */
  static restore({ key, keyId }: KeptKey): JwtSigner {
    return new JwtSigner(createPrivateKey({ key, format: 'jwk' }), keyId);
  }

  /** The private key, to be kept. */
  kept(): KeptKey {
    return { key: this.#key.export({ format: 'jwk' }), keyId: this.#keyId };
  }

  /** The public key, as `/.well-known/jwks.json` serves it. */
  jwks(): JsonWebKeySet {
    const key = this.#publicKey.export({ format: 'jwk' });
    return { keys: [{ ...key, kty: 'RSA', alg: 'RS256', use: 'sig', kid: this.#keyId }] };
  }

  /** A token with these claims. */
  sign(claims: object): string {
    const input = `${base64url({ kid: this.#keyId, alg: 'RS256' })}.${base64url(claims)}`;
    return `${input}.${sign('RSA-SHA256', Buffer.from(input), this.#key).toString('base64url')}`;
  }

  /** The claims of a token that was signed here; `undefined` for all others. */
  read(token: string): unknown {
    const [head, body, signature, more] = token.split('.');
    if (head === undefined || body === undefined || signature === undefined || more !== undefined) return undefined;
    const input = Buffer.from(`${head}.${body}`);
    const bytes = Buffer.from(signature, 'base64url');
    // Node's decoder ignores characters that are not base64url, and unused bits: one token would have many spellings.
    if (bytes.toString('base64url') !== signature) return undefined;
    if (!verify('RSA-SHA256', input, this.#publicKey, bytes)) return undefined;
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as unknown;
  }
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
