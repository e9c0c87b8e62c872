/** What the operations of one local user pool share, and how they read a request. */
import { isObject } from '../../util/index.js';
import type { Clock } from '../options/index.js';
import type { CognitoLocal } from './cognitoLocal.js';
import type { Attribute, StoredUser } from './storedUser.js';
import type { SrpCredential, SrpExchange } from './srp.js';
import type { CodeBook } from './codes.js';
import { AwsJsonError } from '../http/index.js';
import { invalidParameter } from './errors.js';
import type { AuthFlow, CustomChallenge } from './types.js';
import type { Sessions } from './sessions.js';
import type { TokenIssuer } from './tokens.js';
import type { UserDirectory } from './users.js';

/** A challenge that waits for its answer under a `Session`. */
export type Challenge = { readonly username: string; readonly clientId: string } & (
  | { readonly name: 'NEW_PASSWORD_REQUIRED' | 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'SELECT_MFA_TYPE' }
  | { readonly name: 'MFA_SETUP'; readonly secret?: string; readonly verified?: boolean }
  | { readonly name: 'CUSTOM_CHALLENGE'; readonly attemptsLeft: number }
);

/** An SRP exchange that waits for its proof under a `SECRET_BLOCK`. */
export interface PendingProof {
  /** `undefined` for a user who does not exist: no proof is right then. */
  readonly username: string | undefined;
  readonly userId: string;
  readonly clientId: string;
  readonly custom: boolean;
  readonly exchange: SrpExchange;
}

/** One running pool. */
export interface Pool {
  readonly id: string;
  readonly now: Clock;
  readonly mfa: 'OFF' | 'OPTIONAL' | 'ON';
  readonly authFlows: readonly AuthFlow[];
  readonly preventUserExistenceErrors: boolean;
  /** Random; makes the salts of users who do not exist. */
  readonly decoySeed: string;
  readonly customChallengeOf: (user: StoredUser) => CustomChallenge | undefined;
  readonly cognito: CognitoLocal;
  readonly users: UserDirectory;
  readonly tokens: TokenIssuer;
  readonly codes: CodeBook;
  readonly challenges: Sessions<Challenge>;
  readonly proofs: Sessions<PendingProof>;
  /** Salt and verifier of each user's present password: the costly part of a login's first answer. */
  readonly credentials: Map<string, { readonly password: string; readonly credential: SrpCredential }>;
}

/** The body of a request. */
export type Fields = Readonly<Record<string, unknown>>;

/** One of Cognito's operations. */
export type Operation = (pool: Pool, request: Fields) => Promise<object>;

/** A text, or `undefined` when it is missing or of another kind. */
export function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * A text that must be there and not empty.
 *
 * @throws AwsJsonError InvalidParameterException
 */
export function text(fields: Fields, name: string): string {
  const value = optionalText(fields, name);
  if (value === undefined || value === '') throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/** A nested object; empty when it is missing. */
export function fieldsOf(fields: Fields, name: string): Fields {
  const value = fields[name];
  return isObject(value) ? value : {};
}

/**
 * A list of `{ Name, Value }`; empty when it is missing.
 *
 * @throws AwsJsonError InvalidParameterException when an element has another shape
 */
export function attributeList(fields: Fields, name: string): Attribute[] {
  const value: unknown = fields[name] ?? [];
  const isList = Array.isArray(value) && value.every(isAttribute);
  if (!isList) throw invalidParameter(`${name} must be a list of { Name, Value }`);
  return value;
}

function isAttribute(value: unknown): value is Attribute {
  const { Name, Value } = (value ?? {}) as Partial<Record<keyof Attribute, unknown>>;
  return typeof Name === 'string' && Name !== '' && typeof Value === 'string';
}

/**
 * The request's app client.
 *
 * @throws AwsJsonError ResourceNotFoundException
 */
export async function clientOf(pool: Pool, request: Fields): Promise<string> {
  const clientId = text(request, 'ClientId');
  if (await pool.cognito.hasClient(clientId)) return clientId;
  throw new AwsJsonError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
}
