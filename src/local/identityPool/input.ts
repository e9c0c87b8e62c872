/** Reads the identity pool's inputs, and refuses what is malformed as AWS does: by name, limit and pattern. */
import { isObject } from '../../util/index.js';
import { AwsJsonError } from '../http/index.js';
import type { AwsJsonInput } from '../http/index.js';

/** The refusals of Cognito Identity that the local pool gives. */
export type IdentityPoolErrorCode =
  | 'NotAuthorizedException'
  | 'ResourceNotFoundException'
  | 'ExternalServiceException'
  | 'InvalidIdentityPoolConfigurationException'
  | 'ValidationException'
  | 'SerializationException';

/** The error that makes the pool answer with `code` and `message`. */
export function refuse(code: IdentityPoolErrorCode, message: string, cause?: unknown): AwsJsonError {
  return new AwsJsonError(code, message, cause === undefined ? {} : { cause });
}

/** One login of the request: a provider's name and the token that it issued. */
export type Login = readonly [provider: string, token: string];

const ID_PATTERN = '[\\w-]+:[0-9a-f-]+';
const ID = new RegExp(`^${ID_PATTERN}$`);
const MAX_ID_LENGTH = 55;
const MAX_LOGINS = 10;
const MAX_PROVIDER_LENGTH = 128;
const MAX_TOKEN_LENGTH = 50_000;

/**
 * The id of an identity or of a pool, checked against the limits in the API reference.
 *
 * @param input What the client sent.
 * @param name `IdentityId` or `IdentityPoolId`.
 * @throws {AwsJsonError} SerializationException or ValidationException
 */
export function readId(input: AwsJsonInput, name: 'IdentityId' | 'IdentityPoolId'): string {
  const value = input[name] ?? null;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  if (value === null) throw invalid(`Value null at '${member}'`, 'Member must not be null');
  const id = readString(value);
  const subject = `Value '${id}' at '${member}'`;
  if (id.length === 0) throw invalid(subject, 'Member must have length greater than or equal to 1');
  if (id.length > MAX_ID_LENGTH) {
    throw invalid(subject, `Member must have length less than or equal to ${MAX_ID_LENGTH}`);
  }
  if (!ID.test(id)) throw invalid(subject, `Member must satisfy regular expression pattern: ${ID_PATTERN}`);
  return id;
}

/**
 * The request's `Logins`; empty for a guest.
 *
 * @throws {AwsJsonError} SerializationException or ValidationException
 */
export function readLogins(input: AwsJsonInput): Login[] {
  const logins = input.Logins ?? {};
  if (!isObject(logins)) throw refuse('SerializationException', 'Expected Logins to be a map of strings.');
  const entries = Object.entries(logins).map(([provider, token]): Login => [provider, readString(token)]);
  if (entries.length > MAX_LOGINS) {
    throw invalid("Value at 'logins'", `Member must have length less than or equal to ${MAX_LOGINS}`);
  }
  for (const [provider, token] of entries) {
    checkLength('key', provider, MAX_PROVIDER_LENGTH);
    checkLength('value', token, MAX_TOKEN_LENGTH);
  }
  return entries;
}

/**
 * The role that a request chooses among those of its token.
 *
 * @returns The role's ARN and its name; `undefined` where none is chosen.
 * @throws {AwsJsonError} SerializationException or ValidationException
 */
export function readRole(input: AwsJsonInput): { arn: string; name: string } | undefined {
  if (input.CustomRoleArn === undefined || input.CustomRoleArn === null) return undefined;
  const arn = readString(input.CustomRoleArn);
  const subject = `Value '${arn}' at 'customRoleArn'`;
  if (arn.length < 20) throw invalid(subject, 'Member must have length greater than or equal to 20');
  if (arn.length > 2048) throw invalid(subject, 'Member must have length less than or equal to 2048');
  return { arn, name: arn.slice(arn.lastIndexOf('/') + 1) };
}

function checkLength(part: 'key' | 'value', text: string, max: number): void {
  if (text.length >= 1 && text.length <= max) return;
  throw invalid(
    "Value at 'logins'",
    `Map ${part} must satisfy constraint: ` +
      `[Member must have length less than or equal to ${max}, Member must have length greater than or equal to 1]`,
  );
}

function readString(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    throw refuse('SerializationException', 'NUMBER_VALUE can not be converted to a String');
  }
  if (typeof value === 'boolean') {
    throw refuse('SerializationException', `${value ? 'TRUE' : 'FALSE'}_VALUE can not be converted to a String`);
  }
  throw refuse('SerializationException', 'Start of structure or map found where not expected.');
}

function invalid(subject: string, constraint: string): AwsJsonError {
  return refuse(
    'ValidationException',
    `1 validation error detected: ${subject} failed to satisfy constraint: ${constraint}`,
  );
}
