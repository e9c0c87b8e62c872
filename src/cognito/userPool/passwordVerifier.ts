/** The challenge PASSWORD_VERIFIER, by which a user proves the password without sending it. */
import type { Fields } from './loginAnswer.js';
import type { Outcome, PoolUser } from './loginClient.js';
import { createSrpExchange, srpTimestamp } from './srp.js';

/** The user who proves to know a password. */
export interface PasswordOwner {
  /** The user pool's id, without the region. */
  readonly poolName: string;
  /** The pool's own name of the user. */
  readonly userId: string;
  readonly password: string;
}

/** Begins the exchange with the client's public value, `SRP_A`. */
export type SendPublicValue = (srpA: string) => Promise<Outcome<PoolUser>>;

/**
 * Proves the password by SRP.
 * @param send Begins the exchange.
 * @param respond Answers the challenge.
 * @param owner The user and the password, as they are known once the exchange has begun.
 * @returns The outcome; the pool's answer to `send` where that is another challenge.
 * @throws Error where the challenge lacks a parameter
 */
export async function provePassword(
  send: SendPublicValue,
  respond: (name: string, responses: Fields) => Promise<Outcome<PoolUser>>,
  owner: () => PasswordOwner,
): Promise<Outcome<PoolUser>> {
  const { clientPublic, prove } = createSrpExchange();
  const asked = await send(clientPublic);
  if (!('name' in asked) || asked.name !== 'PASSWORD_VERIFIER') return asked;
  const { SALT: salt, SRP_B: serverPublic, SECRET_BLOCK: secretBlock } = asked.parameters;
  if (!isHex(salt) || !isHex(serverPublic) || typeof secretBlock !== 'string') {
    throw new Error('the challenge PASSWORD_VERIFIER lacks SALT, SRP_B or SECRET_BLOCK');
  }
  const timestamp = srpTimestamp(new Date());
  return respond(asked.name, {
    PASSWORD_CLAIM_SIGNATURE: prove({ ...owner(), salt, serverPublic, secretBlock, timestamp }),
    PASSWORD_CLAIM_SECRET_BLOCK: secretBlock,
    TIMESTAMP: timestamp,
  });
}

const isHex = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]+$/i.test(value);
