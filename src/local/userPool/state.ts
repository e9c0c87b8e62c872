/** What the operations of one local user pool share, and how they read a request. */
import { isMissing } from '../../sigv4/index.js';
import { isObject } from '../../util/index.js';
import type { Clock } from '../options/index.js';
import type { PoolStore } from './poolStore.js';
import type { Attribute, StoredUser } from './stored.js';
import type { SrpExchange } from './srp.js';
import type { Attempts } from './attempts.js';
import type { BoundedMap } from './boundedMap.js';
import type { CodeBook } from './codes.js';
import { invalidParameter } from './errors.js';
import type { CustomChallenge, FirstFactor, PasswordPolicy } from './types.js';
import type { Sessions } from './sessions.js';
import type { Simulation, Subject } from './subject.js';
import type { TokenIssuer } from './tokens.js';
import type { UsedTotpCodes } from './totp.js';
import type { UserPassword } from './userPassword.js';
import type { UserDirectory } from './users.js';

/** How passkeys are made and checked. */
export interface PasskeySettings {
  readonly relyingPartyId: string;
  readonly userVerification: 'required' | 'preferred';
}

/** A login that is under way. */
export interface Login {
  readonly clientId: string;
  /** The user's name in the answers of this login. */
  readonly userId: string;
}

/** A login that is under way, and its user. */
export interface LoginSubject extends Login {
  /** The user's `sub`; `undefined` for a user who does not exist, whose answers all count as wrong. */
  readonly sub: string | undefined;
  /** The password at the login's begin: a change of password ends the logins that are under way. */
  readonly password: UserPassword | undefined;
}

/** What a challenge asks. */
export type Question =
  | {
      readonly name:
        'NEW_PASSWORD_REQUIRED' | 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'SELECT_MFA_TYPE' | 'SELECT_CHALLENGE';
    }
  | { readonly name: 'EMAIL_OTP' | 'SMS_OTP'; readonly subject: Subject }
  | { readonly name: 'WEB_AUTHN'; readonly challenge: string }
  | { readonly name: 'MFA_SETUP'; readonly secret?: string; readonly verified?: boolean }
  | { readonly name: 'CUSTOM_CHALLENGE'; readonly attemptsLeft: number };

/** A challenge that waits for its answer under a `Session`. */
export type Challenge = LoginSubject & Question;

/** An SRP exchange that waits for its proof under a `SECRET_BLOCK`. */
export interface PendingProof extends LoginSubject {
  readonly subject: Subject;
  readonly custom: boolean;
  readonly exchange: SrpExchange;
}

/** One running pool. */
export interface Pool {
  readonly id: string;
  readonly now: Clock;
  readonly mfa: 'OFF' | 'OPTIONAL' | 'ON';
  readonly passwordPolicy: PasswordPolicy;
  readonly firstFactors: readonly FirstFactor[];
  readonly passkeys: PasskeySettings;
  /** The challenges of passkeys that are about to be registered, by the user's `sub`. */
  readonly registrations: BoundedMap<{ readonly challenge: string; readonly startedAt: number }>;
  readonly started: Date;
  readonly preventUserExistenceErrors: boolean;
  readonly simulation: Simulation;
  /** The custom challenge of a user; for `undefined`, the pool's. */
  readonly customChallengeOf: (user: StoredUser | undefined) => CustomChallenge | undefined;
  readonly store: PoolStore;
  readonly users: UserDirectory;
  readonly tokens: TokenIssuer;
  readonly codes: CodeBook;
  readonly challenges: Sessions<Challenge>;
  readonly proofs: Sessions<PendingProof>;
  readonly usedTotpCodes: UsedTotpCodes;
  /** The counts of wrong guesses, by what is guessed. */
  readonly attempts: Readonly<
    Record<'passwords' | 'secondFactors' | 'codes' | 'previousPasswords' | 'sending', Attempts>
  >;
}

/** The pool's id without its region. */
export const poolName = (pool: Pool): string => pool.id.slice(pool.id.indexOf('_') + 1);

/** The body of a request. */
export type Fields = Readonly<Record<string, unknown>>;

/** One of Cognito's operations. */
export type Operation = (pool: Pool, request: Fields) => object | Promise<object>;

/** Reads a text; `undefined` where it is missing or no text. */
export function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * Reads a text that must not be missing or empty.
 *
 * @throws AwsJsonError InvalidParameterException
 */
export function text(fields: Fields, name: string): string {
  const value = optionalText(fields, name);
  if (value === undefined || value === '') throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/**
 * Reads the name of a user who is to be created.
 *
 * @throws AwsJsonError InvalidParameterException
 */
export function newUsername(fields: Fields): string {
  const username = text(fields, 'Username');
  if (/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(username)) return username;
  throw invalidParameter(
    "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must satisfy regular " +
      'expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+, and have length less than or equal to 128',
  );
}

/** Reads a nested object; an empty one where it is missing. */
export function fieldsOf(fields: Fields, name: string): Fields {
  const value = fields[name];
  return isObject(value) ? value : {};
}

/**
 * Reads a list of `{ Name, Value }`; an empty one where it is missing.
 *
 * @throws AwsJsonError InvalidParameterException when an element has another shape
 */
export function attributeList(fields: Fields, name: string): Attribute[] {
  const value: unknown = fields[name] ?? [];
  const isList = Array.isArray(value) && value.every(isAttribute);
  if (!isList) throw invalidParameter(`${name} must be a list of { Name, Value }`);
  return value;
}

/**
 * The same where it must be there.
 *
 * @throws AwsJsonError InvalidParameterException
 */
export function requiredAttributeList(fields: Fields, name: string): Attribute[] {
  if (!isMissing(fields[name])) return attributeList(fields, name);
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw invalidParameter(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

/**
 * A list of texts that must be there.
 *
 * @throws AwsJsonError InvalidParameterException
 */
export function textList(fields: Fields, name: string): string[] {
  const value = fields[name];
  const isList = Array.isArray(value) && value.every((one): one is string => typeof one === 'string');
  if (!isList) throw invalidParameter(`${name} must be a list of texts`);
  return value;
}

function isAttribute(value: unknown): value is Attribute {
  const { Name, Value } = (value ?? {}) as Partial<Record<keyof Attribute, unknown>>;
  return typeof Name === 'string' && Name !== '' && typeof Value === 'string';
}
