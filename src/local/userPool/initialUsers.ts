/** The users who exist from the start. */
import type { Attribute, StoredUser } from './stored.js';
import { createTotpSecret } from './totp.js';
import type { LocalMfa, LocalUser } from './types.js';
import { aliasOf } from './users.js';
import type { UserDirectory } from './users.js';

const SETTINGS: Readonly<Record<LocalMfa, string>> = { SMS: 'SMS_MFA', TOTP: 'SOFTWARE_TOKEN_MFA', EMAIL: 'EMAIL_OTP' };

/** Puts a user of the options into the pool. */
export function addUser(directory: UserDirectory, user: LocalUser): StoredUser {
  const factors = factorsOf(user);
  const stored = directory.create({
    username: user.username,
    password: user.password,
    attributes: attributesOf(user, factors),
    status: statusOf(user),
    mayShareAddress: true,
  });
  return directory.update(stored, {
    UserMFASettingList: factors.map((factor) => SETTINGS[factor]),
    ...(factors.includes('TOTP')
      ? { SoftwareTokenMfaConfiguration: { Secret: user.totpSecret ?? createTotpSecret(), Verified: true } }
      : {}),
  });
}

/** The names of the pool's `custom:` attributes: those that were given, and those that the users have. */
export function customAttributesOf(given: readonly string[], users: readonly LocalUser[]): string[] {
  const names = users.flatMap((user) => Object.keys(user.attributes ?? {}));
  return [...new Set([...given, ...names.filter((name) => name.startsWith('custom:'))])];
}

function statusOf(user: LocalUser): StoredUser['UserStatus'] {
  if (user.mustChangePassword === true) return 'FORCE_CHANGE_PASSWORD';
  return user.unconfirmed === true ? 'UNCONFIRMED' : 'CONFIRMED';
}

function factorsOf(user: LocalUser): LocalMfa[] {
  const factors = new Set([user.mfa ?? []].flat());
  if (user.totpSecret !== undefined) factors.add('TOTP');
  return [...factors];
}

function attributesOf(user: LocalUser, factors: readonly LocalMfa[]): Attribute[] {
  const given = new Map(Object.entries(user.attributes ?? {}));
  if (factors.includes('SMS') && !given.has('phone_number')) given.set('phone_number', '+15555550100');
  const hasEmail = given.has('email') || aliasOf(user.username) === 'email';
  if (factors.includes('EMAIL') && !hasEmail) given.set('email', 'user@example.com');
  const verified = user.unconfirmed === true ? 'false' : 'true';
  for (const name of ['email', 'phone_number'] as const) {
    const isThere = given.has(name) || aliasOf(user.username) === name;
    if (isThere && !given.has(`${name}_verified`)) given.set(`${name}_verified`, verified);
  }
  return Array.from(given, ([Name, Value]) => ({ Name, Value }));
}
